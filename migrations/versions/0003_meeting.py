"""meeting

Revision 0003, after 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ROUND = sa.table("round", sa.column("id"), sa.column("held_on"))
SCORE = sa.table("score", sa.column("id"), sa.column("parent_id"))
ACTION = sa.table("action", sa.column("id"), sa.column("parent_id"))
EVIDENCE = sa.table("evidence", sa.column("id"))
LINK = sa.table("evidence_link", sa.column("evidence_id"), sa.column("parent_place"), sa.column("parent_id"))
NEW = ("opinion", "cooperation_action", "waiver_signer", "invitee", "agenda_item", "remark")


def upgrade() -> None:
    op.add_column("evidence", sa.Column("valid_until", sa.Date(), nullable=True))
    op.add_column("evidence", sa.Column("replaces", sa.String(length=300), nullable=True))
    with op.batch_alter_table("round", schema=None) as batch_op:
        batch_op.add_column(sa.Column("invited_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("planned_on", sa.Date(), nullable=True))
        batch_op.alter_column("held_on", existing_type=sa.Date(), nullable=True)

    op.create_table(
        "opinion",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("key_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("parent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("cooperation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("rule", sa.String(length=300), nullable=False),
        sa.Column("subject", sa.String(length=300), nullable=False),
        sa.Column("party", sa.String(length=40), nullable=False),
        sa.Column("insurer", sa.String(length=40), nullable=True),
        sa.Column("stated_on", sa.Date(), nullable=False),
        sa.Column("agrees", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("resolve_by", sa.Date(), nullable=True),
        sa.CheckConstraint("\"party\" IN ('cooperation', 'insurer')", name=op.f("ck_opinion_party")),
        sa.CheckConstraint(
            '"resolve_by" IS NULL OR "resolve_by" >= "stated_on"', name=op.f("ck_opinion_resolve_by_after_stated_on")
        ),
        sa.ForeignKeyConstraint(["cooperation_id"], ["cooperation.id"], name=op.f("fk_opinion_cooperation_id")),
        sa.ForeignKeyConstraint(["parent_id"], ["cooperation.id"], name=op.f("fk_opinion_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opinion")),
        sa.UniqueConstraint("parent_id", "key_hash", name=op.f("uq_opinion_parent_id_key_hash")),
    )
    with op.batch_alter_table("opinion", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_opinion_cooperation_id"), ["cooperation_id"], unique=False)

    op.create_table(
        "cooperation_action",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("key_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("parent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("cooperation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=False),
        sa.Column("party", sa.String(length=40), nullable=True),
        sa.Column("owner", sa.String(length=300), nullable=False),
        sa.Column("owner_email", sa.String(length=300), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("origin", sa.String(length=300), nullable=True),
        sa.CheckConstraint("\"party\" IN ('cooperation', 'insurer')", name=op.f("ck_cooperation_action_party")),
        sa.ForeignKeyConstraint(
            ["cooperation_id"], ["cooperation.id"], name=op.f("fk_cooperation_action_cooperation_id")
        ),
        sa.ForeignKeyConstraint(["parent_id"], ["cooperation.id"], name=op.f("fk_cooperation_action_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cooperation_action")),
        sa.UniqueConstraint("parent_id", "key_hash", name=op.f("uq_cooperation_action_parent_id_key_hash")),
    )
    with op.batch_alter_table("cooperation_action", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cooperation_action_cooperation_id"), ["cooperation_id"], unique=False)

    op.create_table(
        "waiver_signer",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("key_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("parent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("cooperation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("party", sa.String(length=40), nullable=False),
        sa.Column("person", sa.String(length=300), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.CheckConstraint("\"party\" IN ('cooperation', 'insurer')", name=op.f("ck_waiver_signer_party")),
        sa.ForeignKeyConstraint(["cooperation_id"], ["cooperation.id"], name=op.f("fk_waiver_signer_cooperation_id")),
        sa.ForeignKeyConstraint(["parent_id"], ["waiver.id"], name=op.f("fk_waiver_signer_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiver_signer")),
        sa.UniqueConstraint("parent_id", "key_hash", name=op.f("uq_waiver_signer_parent_id_key_hash")),
    )
    with op.batch_alter_table("waiver_signer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_waiver_signer_cooperation_id"), ["cooperation_id"], unique=False)

    op.create_table(
        "invitee",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("key_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("parent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("cooperation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person", sa.String(length=300), nullable=False),
        sa.Column("party", sa.String(length=40), nullable=True),
        sa.Column("attended", sa.Boolean(), nullable=True),
        sa.CheckConstraint("\"party\" IN ('cooperation', 'insurer')", name=op.f("ck_invitee_party")),
        sa.ForeignKeyConstraint(["cooperation_id"], ["cooperation.id"], name=op.f("fk_invitee_cooperation_id")),
        sa.ForeignKeyConstraint(["parent_id"], ["round.id"], name=op.f("fk_invitee_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitee")),
        sa.UniqueConstraint("parent_id", "key_hash", name=op.f("uq_invitee_parent_id_key_hash")),
    )
    with op.batch_alter_table("invitee", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_invitee_cooperation_id"), ["cooperation_id"], unique=False)

    op.create_table(
        "agenda_item",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("key_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("parent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("cooperation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("origin", sa.String(length=300), nullable=True),
        sa.Column("carried_from", sa.Integer(), nullable=True),
        sa.Column("minutes", sa.Text(), nullable=True),
        sa.Column("closed", sa.Boolean(), nullable=True),
        sa.CheckConstraint('"carried_from" >= 0', name=op.f("ck_agenda_item_carried_from")),
        sa.CheckConstraint('"position" >= 0', name=op.f("ck_agenda_item_position")),
        sa.ForeignKeyConstraint(["cooperation_id"], ["cooperation.id"], name=op.f("fk_agenda_item_cooperation_id")),
        sa.ForeignKeyConstraint(["parent_id"], ["round.id"], name=op.f("fk_agenda_item_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_item")),
        sa.UniqueConstraint("parent_id", "key_hash", name=op.f("uq_agenda_item_parent_id_key_hash")),
    )
    with op.batch_alter_table("agenda_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agenda_item_cooperation_id"), ["cooperation_id"], unique=False)

    op.create_table(
        "remark",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("key_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("parent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("cooperation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("stated_on", sa.Date(), nullable=False),
        sa.Column("person", sa.String(length=300), nullable=False),
        sa.Column("party", sa.String(length=40), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.CheckConstraint("\"party\" IN ('cooperation', 'insurer')", name=op.f("ck_remark_party")),
        sa.ForeignKeyConstraint(["cooperation_id"], ["cooperation.id"], name=op.f("fk_remark_cooperation_id")),
        sa.ForeignKeyConstraint(["parent_id"], ["round.id"], name=op.f("fk_remark_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remark")),
        sa.UniqueConstraint("parent_id", "key_hash", name=op.f("uq_remark_parent_id_key_hash")),
    )
    with op.batch_alter_table("remark", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_remark_cooperation_id"), ["cooperation_id"], unique=False)


def downgrade() -> None:
    for table in reversed(NEW):
        op.drop_table(table)
    _forget_planned_rounds()
    with op.batch_alter_table("round", schema=None) as batch_op:
        batch_op.alter_column("held_on", existing_type=sa.Date(), nullable=False)
        batch_op.drop_column("planned_on")
        batch_op.drop_column("invited_on")
    op.drop_column("evidence", "replaces")
    op.drop_column("evidence", "valid_until")


def _forget_planned_rounds() -> None:
    """Before this step a round was held: what is only planned has no place there. The journal still tells of it."""
    planned = sa.select(ROUND.c.id).where(ROUND.c.held_on.is_(None))
    scores = sa.select(SCORE.c.id).where(SCORE.c.parent_id.in_(planned))
    for place, gone in (("score", scores), ("round", planned)):
        op.execute(sa.delete(LINK).where(LINK.c.parent_place == place, LINK.c.parent_id.in_(gone)))
    for table in (SCORE, ACTION):
        op.execute(sa.delete(table).where(table.c.parent_id.in_(planned)))
    op.execute(sa.delete(ROUND).where(ROUND.c.held_on.is_(None)))
    op.execute(sa.delete(EVIDENCE).where(EVIDENCE.c.id.not_in(sa.select(LINK.c.evidence_id))))
