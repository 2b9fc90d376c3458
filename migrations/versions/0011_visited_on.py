"""visited_on

Revision 0011, after 0010
"""

import sqlalchemy as sa
from alembic import op

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('account', sa.Column('visited_on', sa.Date(), nullable=True))


def downgrade() -> None:
    # No copy of the table: what belongs to an account would go with the old one.
    op.drop_column('account', 'visited_on')
