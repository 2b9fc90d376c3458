"""how long a point of the agenda may take

Revision 0010, after 0009
"""

import sqlalchemy as sa
from alembic import op

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('agenda_item') as batch:
        batch.add_column(sa.Column('duration_min', sa.Integer(), nullable=True))
        batch.create_check_constraint(op.f('ck_agenda_item_duration_min'), 'duration_min >= 1')


def downgrade() -> None:
    with op.batch_alter_table('agenda_item') as batch:
        batch.drop_constraint(op.f('ck_agenda_item_duration_min'), type_='check')
        batch.drop_column('duration_min')
