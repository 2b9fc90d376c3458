"""drafts

Revision 0005, after 0004
"""

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('federated_identity',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('issuer', sa.String(length=255), nullable=False),
    sa.Column('subject', sa.String(length=255), nullable=False),
    sa.Column('linked_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_federated_identity_account_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_federated_identity')),
    sa.UniqueConstraint('account_id', 'issuer', name=op.f('uq_federated_identity_account_id_issuer')),
    sa.UniqueConstraint('issuer', 'subject', name=op.f('uq_federated_identity_issuer_subject'))
    )
    op.create_table('form_draft',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('path', sa.String(length=500), nullable=False),
    sa.Column('title', sa.String(length=300), nullable=False),
    sa.Column('fields', sa.JSON(), nullable=False),
    sa.Column('saved_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_form_draft_account_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_form_draft')),
    sa.UniqueConstraint('account_id', 'path', name=op.f('uq_form_draft_account_id_path'))
    )
    op.create_index(op.f('ix_form_draft_saved_at'), 'form_draft', ['saved_at'], unique=False)
    op.create_index('ix_journal_line_parent_id_id', 'journal_line', ['parent_id', 'id'], unique=False)
    for name in ('audience', 'result', 'cost', 'conditions'):
        op.add_column('sharing', sa.Column(name, sa.Text(), nullable=True))
    op.add_column('sharing', sa.Column('contact', sa.String(length=300), nullable=True))
    op.add_column('role_grant', sa.Column('issuer', sa.String(length=255), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('role_grant') as batch_op:
        batch_op.drop_column('issuer')
    with op.batch_alter_table('sharing') as batch_op:
        for name in ('contact', 'conditions', 'cost', 'result', 'audience'):
            batch_op.drop_column(name)
    op.drop_index('ix_journal_line_parent_id_id', table_name='journal_line')
    op.drop_table('form_draft')
    op.drop_table('federated_identity')
