"""documents

Revision 0009, after 0008
"""

import sqlalchemy as sa
from alembic import op

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('round_document',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('cooperation', sa.String(length=40), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_cooperation', sa.String(length=300), nullable=False),
    sa.Column('by_insurer', sa.String(length=300), nullable=False),
    sa.Column('previous_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['previous_id'], ['round_document.id'], name=op.f('fk_round_document_previous_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_round_document')),
    sa.UniqueConstraint('cooperation', 'number', 'version', name=op.f('uq_round_document_cooperation_number_version'))
    )
    op.create_table('round_agreement',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('cooperation', sa.String(length=40), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('party', sa.String(length=20), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('name', sa.String(length=300), nullable=False),
    sa.Column('agreed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_round_agreement_account_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_round_agreement'))
    )
    op.create_index('ix_round_agreement_round', 'round_agreement', ['cooperation', 'number', 'version'], unique=False)


def downgrade() -> None:
    op.drop_index('ix_round_agreement_round', table_name='round_agreement')
    op.drop_table('round_agreement')
    op.drop_table('round_document')
