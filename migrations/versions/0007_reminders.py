"""reminders

Revision 0007, after 0006
"""

import sqlalchemy as sa
from alembic import op

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('reminder_sent',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('subject', sa.String(length=300), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_reminder_sent_account_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reminder_sent')),
    sa.UniqueConstraint('account_id', 'kind', 'subject', 'day', name=op.f('uq_reminder_sent_account_id_kind_subject_day'))
    )
    op.create_index(op.f('ix_reminder_sent_day'), 'reminder_sent', ['day'], unique=False)
    op.create_table('reminder_choice',
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('topic', sa.String(length=20), nullable=False),
    sa.Column('way', sa.String(length=20), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_reminder_choice_account_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('account_id', 'topic', name=op.f('pk_reminder_choice'))
    )
    op.create_table('calendar_address',
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_calendar_address_account_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('account_id', name=op.f('pk_calendar_address')),
    sa.UniqueConstraint('hash', name=op.f('uq_calendar_address_hash'))
    )


def downgrade() -> None:
    op.drop_table('calendar_address')
    op.drop_table('reminder_choice')
    op.drop_index(op.f('ix_reminder_sent_day'), table_name='reminder_sent')
    op.drop_table('reminder_sent')
