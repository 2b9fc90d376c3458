"""evidence

Revision 0006, after 0005
"""

import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('stored_file',
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('media_type', sa.String(length=100), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('stored_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by', sa.String(length=300), nullable=False),
    sa.PrimaryKeyConstraint('sha256', name=op.f('pk_stored_file'))
    )
    op.create_table('evidence_view',
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('first_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('last_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('count', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_evidence_view_account_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['sha256'], ['stored_file.sha256'], name=op.f('fk_evidence_view_sha256')),
    sa.PrimaryKeyConstraint('account_id', 'sha256', name=op.f('pk_evidence_view'))
    )
    op.create_index(op.f('ix_evidence_view_sha256'), 'evidence_view', ['sha256'], unique=False)
    # A cooperation and its files are found by what a record says of them.
    op.create_index('ix_evidence_sha256', 'evidence', ['sha256'], unique=False)


def downgrade() -> None:
    op.drop_index('ix_evidence_sha256', table_name='evidence')
    op.drop_index(op.f('ix_evidence_view_sha256'), table_name='evidence_view')
    op.drop_table('evidence_view')
    op.drop_table('stored_file')
