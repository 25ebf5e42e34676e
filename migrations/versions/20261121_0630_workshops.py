"""workshops: places and who waits, the door, approved minutes, agreements, how a workshop voted

Revision ID: 0630
Revises: 0620
"""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0630"
down_revision = "0620"
branch_labels = None
depends_on = None

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
STATES = sa.Enum("confirmed", "waiting", "cancelled", name="registrationstate", native_enum=False, length=40)
SOURCES = sa.Enum("door", "counted", name="attendancesource", native_enum=False, length=40)
NEEDS = sa.Enum("wheelchair", "sign-language", "quechua", "childcare", "other", name="accessneed", native_enum=False, length=40)
SIDES = sa.Enum("government", "non-government", name="side", native_enum=False, length=40)
TEXTS = ("sector", "sex", "age", "language")


def upgrade() -> None:
    _new_tables()
    with op.batch_alter_table("activity") as batch:
        batch.add_column(sa.Column("attendance_from", SOURCES, nullable=False, server_default="door"))
    op.execute("UPDATE activity SET attendance_from = 'counted' WHERE id IN (SELECT activity_id FROM attendance)")
    with op.batch_alter_table("activity") as batch:
        batch.alter_column("attendance_from", server_default=None, existing_type=SOURCES, existing_nullable=False)
    _registrations()


def _new_tables() -> None:
    op.create_table(
        "activity_minutes_approval",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("minutes_id", sa.Integer(), nullable=False),
        sa.Column("side", SIDES, nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("approved_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["minutes_id"], ["activity_minutes.id"], name=op.f("fk_activity_minutes_approval_minutes_id_activity_minutes")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_activity_minutes_approval_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity_minutes_approval")),
        sa.UniqueConstraint("minutes_id", "side", name="uq_activity_minutes_approval_side"),
    )
    op.create_table(
        "activity_agreement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name=op.f("fk_activity_agreement_activity_id_activity")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["person.id"], name=op.f("fk_activity_agreement_recorded_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity_agreement")),
        sa.UniqueConstraint("activity_id", "number", name="uq_activity_agreement_number"),
    )
    op.create_table(
        "registration_need",
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("need", NEEDS, nullable=False),
        sa.ForeignKeyConstraint(["registration_id"], ["registration.id"], name=op.f("fk_registration_need_registration_id_registration")),
        sa.PrimaryKeyConstraint("registration_id", "need", name=op.f("pk_registration_need")),
    )
    op.create_table(
        "check_in",
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("checked_by_id", sa.Integer(), nullable=False),
        sa.Column("keeps_data", sa.Boolean(), nullable=False),
        sa.Column("shows_image", sa.Boolean(), nullable=False),
        sa.Column("consent_text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["checked_by_id"], ["person.id"], name=op.f("fk_check_in_checked_by_id_person")),
        sa.ForeignKeyConstraint(["registration_id"], ["registration.id"], name=op.f("fk_check_in_registration_id_registration")),
        sa.PrimaryKeyConstraint("registration_id", name=op.f("pk_check_in")),
    )
    op.create_table(
        "workshop_ballot",
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("voters", sa.Integer(), nullable=False),
        sa.Column("votes_each", sa.Integer(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("voters > 0 AND votes_each > 0", name=op.f("ck_workshop_ballot_somebody_voted")),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name=op.f("fk_workshop_ballot_activity_id_activity")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["person.id"], name=op.f("fk_workshop_ballot_recorded_by_id_person")),
        sa.PrimaryKeyConstraint("activity_id", name=op.f("pk_workshop_ballot")),
    )


def _registrations() -> None:
    """Whoever registered before has a place, and gets a code."""
    with op.batch_alter_table("registration") as batch:
        batch.add_column(sa.Column("code", sa.String(), nullable=True))
        batch.add_column(sa.Column("state", STATES, nullable=False, server_default="confirmed"))
        for name in TEXTS:
            batch.add_column(sa.Column(name, sa.String(), nullable=False, server_default=""))
        batch.add_column(sa.Column("is_walk_in", sa.Boolean(), nullable=False, server_default=sa.false()))
        for name in ("confirmed_at", "cancelled_at", "reminded_for"):
            batch.add_column(sa.Column(name, sa.DateTime(), nullable=True))
        batch.add_column(sa.Column("reminded_days", sa.Integer(), nullable=False, server_default="0"))
    rows = sa.table("registration", sa.column("id"), sa.column("code"), sa.column("confirmed_at"), sa.column("created_at"))
    connection, used = op.get_bind(), set()
    for (id_,) in connection.execute(sa.select(rows.c.id)).all():
        code = ""
        while not code or code in used:
            code = "".join(secrets.choice(LETTERS) for _ in range(8))
        used.add(code)
        connection.execute(rows.update().where(rows.c.id == id_).values(code=code, confirmed_at=rows.c.created_at))
    with op.batch_alter_table("registration") as batch:
        batch.alter_column("code", nullable=False, existing_type=sa.String())
        batch.alter_column("state", server_default=None, existing_type=STATES, existing_nullable=False)
        for name in TEXTS:
            batch.alter_column(name, server_default=None, existing_type=sa.String(), existing_nullable=False)
        batch.alter_column("is_walk_in", server_default=None, existing_type=sa.Boolean(), existing_nullable=False)
        batch.alter_column("reminded_days", server_default=None, existing_type=sa.Integer(), existing_nullable=False)
        batch.create_unique_constraint("uq_registration_code", ["code"])
        batch.create_index("ix_registration_queue", ["opportunity_id", "state", "created_at", "id"], unique=False)


def downgrade() -> None:
    op.drop_table("workshop_ballot")
    op.drop_table("check_in")
    op.drop_table("registration_need")
    op.drop_table("activity_agreement")
    op.drop_table("activity_minutes_approval")
    with op.batch_alter_table("registration") as batch:
        batch.drop_index("ix_registration_queue")
        batch.drop_constraint("uq_registration_code", type_="unique")
        for name in ("code", "state", *TEXTS, "is_walk_in", "confirmed_at", "cancelled_at", "reminded_for", "reminded_days"):
            batch.drop_column(name)
    with op.batch_alter_table("activity") as batch:
        batch.drop_column("attendance_from")
