"""calls to who registered with a telephone only

Revision ID: 1120
Revises: 1070
"""

import sqlalchemy as sa
from alembic import op

revision = "1120"
down_revision = "1090"
branch_labels = None
depends_on = None


def upgrade() -> None:
    calls = op.create_table(
        "registration_call",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("called_by_id", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.Enum("told", "no-answer", "not-coming", name="calloutcome", native_enum=False, length=40), nullable=False),
        sa.Column("starts_at", sa.DateTime(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column(
            "state", sa.Enum("confirmed", "waiting", "cancelled", name="registrationstate", native_enum=False, length=40), nullable=False
        ),
        sa.Column("is_off", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["called_by_id"], ["person.id"], name=op.f("fk_registration_call_called_by_id_person")),
        sa.ForeignKeyConstraint(["registration_id"], ["registration.id"], name=op.f("fk_registration_call_registration_id_registration")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration_call")),
    )
    with op.batch_alter_table("registration_call", schema=None) as batch_op:
        batch_op.create_index("ix_registration_call_registration", ["registration_id", "id"], unique=False)
    _note_what_is_known(calls)


def _note_what_is_known(calls: sa.Table) -> None:
    """Who registered before is taken to know what the schedule says today: what it said then was not kept for them."""
    registration = sa.table(
        "registration", *(sa.column(name) for name in ("id", "opportunity_id", "created_at", "email", "phone", "state")),
        sa.column("is_walk_in", sa.Boolean),
    )  # fmt: skip
    opportunity = sa.table("opportunity", *(sa.column(name) for name in ("id", "starts_at", "place")))
    rows = (
        sa.select(
            registration.c.id, registration.c.created_at, sa.literal("told"), opportunity.c.starts_at, opportunity.c.place,
            registration.c.state, sa.false(),
        )
        .join(opportunity, opportunity.c.id == registration.c.opportunity_id)
        .where(registration.c.email.is_(None), registration.c.phone != "", registration.c.is_walk_in.is_(sa.false()))
    )  # fmt: skip
    op.execute(sa.insert(calls).from_select(["registration_id", "at", "outcome", "starts_at", "place", "state", "is_off"], rows))


def downgrade() -> None:
    op.drop_table("registration_call")
