"""signed checkpoints of the register, where they are anchored, and each recomputation

The database itself refuses to change what a checkpoint says, or to delete one.

Revision ID: 0014
Revises: 0013
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

REFUSAL = "a signed checkpoint never changes"
CHANGED = "OLD.size <> NEW.size OR OLD.hash <> NEW.hash OR (OLD.note <> '' AND OLD.note <> NEW.note)"


def upgrade() -> None:
    op.create_table(
        "signing_key",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("vkey", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signing_key")),
        sa.UniqueConstraint("vkey", name=op.f("uq_signing_key_vkey")),
    )
    op.create_table(
        "checkpoint",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("signed_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checkpoint")),
        sa.UniqueConstraint("size", name=op.f("uq_checkpoint_size")),
    )
    op.create_table(
        "anchor",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("checkpoint_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Enum("time-stamp", "mail", name="anchorkind", native_enum=False, length=40), nullable=False),
        sa.Column("state", sa.Enum("waiting", "done", name="anchorstate", native_enum=False, length=40), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=True),
        sa.Column("token", sa.LargeBinary(), nullable=True),
        sa.Column("error", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_attempt_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["checkpoint_id"], ["checkpoint.id"], name=op.f("fk_anchor_checkpoint_id_checkpoint")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_anchor")),
        sa.UniqueConstraint("checkpoint_id", "kind", name="uq_anchor_kind"),
    )
    op.create_table(
        "register_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("first_bad", sa.Integer(), nullable=True),
        sa.Column("milliseconds", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_check")),
    )
    with op.batch_alter_table("register_check", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_register_check_at"), ["at"], unique=False)
    _triggers()


def _triggers() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"CREATE TRIGGER checkpoint_no_change BEFORE UPDATE ON checkpoint WHEN {CHANGED} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END")
        op.execute(f"CREATE TRIGGER checkpoint_no_delete BEFORE DELETE ON checkpoint BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END")
        return
    op.execute(
        "CREATE FUNCTION checkpoint_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'restrict_violation'; END $$"
    )
    op.execute(
        f"CREATE TRIGGER checkpoint_no_change BEFORE UPDATE ON checkpoint FOR EACH ROW WHEN ({CHANGED}) EXECUTE FUNCTION checkpoint_refuse()"
    )
    op.execute("CREATE TRIGGER checkpoint_no_delete BEFORE DELETE ON checkpoint FOR EACH ROW EXECUTE FUNCTION checkpoint_refuse()")


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER checkpoint_no_change")
        op.execute("DROP TRIGGER checkpoint_no_delete")
    else:
        op.execute("DROP TRIGGER checkpoint_no_change ON checkpoint")
        op.execute("DROP TRIGGER checkpoint_no_delete ON checkpoint")
        op.execute("DROP FUNCTION checkpoint_refuse()")
    op.drop_table("register_check")
    op.drop_table("anchor")
    op.drop_table("checkpoint")
    op.drop_table("signing_key")
