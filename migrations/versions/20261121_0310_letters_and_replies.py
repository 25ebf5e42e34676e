"""letters and replies

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

CHANNELS = sa.Enum("taller", "web", "papel", "telefono", "correo", "ventanilla", name="channel", native_enum=False, length=40)
VISIBILITIES = sa.Enum("held", "public", "hidden", name="visibility", native_enum=False, length=40)
STATES = sa.Enum("open", "answered", "noted", name="replystate", native_enum=False, length=40)
KINDS = sa.Enum("accept", "clarify", "disagree", name="replykind", native_enum=False, length=40)
STEPS = sa.Enum("bounced", "printed", "handed-over", name="deliverystep", native_enum=False, length=40)
ROLES = sa.Enum(
    "FAC", "FG", "FC", "SEC", "ENT", "MOD", "MUN", "CVC", "ADM", "IRM", name="role", native_enum=False, length=40
)  # fmt: skip


def upgrade() -> None:
    op.add_column("contribution", sa.Column("replies", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("contribution", sa.Column("open_replies", sa.Integer(), nullable=False, server_default="0"))
    op.create_index("ix_authorship_email", "authorship", ["email"])
    op.create_table(
        "print_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("process_id", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("letters", sa.Integer(), nullable=False),
        sa.Column("printed_by_id", sa.Integer(), nullable=False),
        sa.Column("printed_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["process_id"], ["process.id"], name="fk_print_run_process_id_process"),
        sa.ForeignKeyConstraint(["printed_by_id"], ["person.id"], name="fk_print_run_printed_by_id_person"),
        sa.PrimaryKeyConstraint("id", name="pk_print_run"),
        sa.UniqueConstraint("process_id", "n", name="uq_print_run_n"),
    )
    op.create_table(
        "delivery",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("process_id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("step", STEPS, nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=True),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["process_id"], ["process.id"], name="fk_delivery_process_id_process"),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name="fk_delivery_decision_id_decision"),
        sa.ForeignKeyConstraint(["run_id"], ["print_run.id"], name="fk_delivery_run_id_print_run"),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["person.id"], name="fk_delivery_recorded_by_id_person"),
        sa.PrimaryKeyConstraint("id", name="pk_delivery"),
    )
    op.create_index("ix_delivery_letter", "delivery", ["decision_id", "id"])
    op.create_index("ix_delivery_process", "delivery", ["process_id", "step"])
    op.create_index("ix_delivery_run_id", "delivery", ["run_id"])
    _replies()
    op.create_table(
        "link_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("address_sha256", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_link_request"),
    )
    op.create_index("ix_link_request_address", "link_request", ["address_sha256", "at"])
    op.create_index("ix_link_request_at", "link_request", ["at"])


def _replies() -> None:
    op.create_table(
        "reply",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("process_id", sa.Integer(), nullable=False),
        sa.Column("contribution_id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", KINDS, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("state", STATES, nullable=False),
        sa.Column("visibility", VISIBILITIES, nullable=False),
        sa.Column("channel", CHANNELS, nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("received_at", sa.DateTime(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["process_id"], ["process.id"], name="fk_reply_process_id_process"),
        sa.ForeignKeyConstraint(["contribution_id"], ["contribution.id"], name="fk_reply_contribution_id_contribution"),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name="fk_reply_decision_id_decision"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_reply_person_id_person"),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["person.id"], name="fk_reply_recorded_by_id_person"),
        sa.PrimaryKeyConstraint("id", name="pk_reply"),
        sa.UniqueConstraint("contribution_id", "number", name="uq_reply_number"),
    )
    is_open = sa.text("state = 'open'")
    op.create_index("uq_reply_open", "reply", ["decision_id"], unique=True, sqlite_where=is_open, postgresql_where=is_open)
    op.create_index("ix_reply_process", "reply", ["process_id", "state", "received_at", "id"])
    op.create_table(
        "reply_review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reply_id", sa.Integer(), nullable=False),
        sa.Column("visibility", VISIBILITIES, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["reply_id"], ["reply.id"], name="fk_reply_review_reply_id_reply"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_reply_review_person_id_person"),
        sa.PrimaryKeyConstraint("id", name="pk_reply_review"),
    )
    op.create_index("ix_reply_review_reply_id", "reply_review", ["reply_id"])
    op.create_table(
        "reply_outcome",
        sa.Column("reply_id", sa.Integer(), nullable=False),
        sa.Column("state", STATES, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("role", ROLES, nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["reply_id"], ["reply.id"], name="fk_reply_outcome_reply_id_reply"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_reply_outcome_person_id_person"),
        sa.PrimaryKeyConstraint("reply_id", name="pk_reply_outcome"),
    )
    op.create_table(
        "reply_change",
        sa.Column("reply_id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("linked_by_id", sa.Integer(), nullable=False),
        sa.Column("linked_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["reply_id"], ["reply.id"], name="fk_reply_change_reply_id_reply"),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name="fk_reply_change_decision_id_decision"),
        sa.ForeignKeyConstraint(["linked_by_id"], ["person.id"], name="fk_reply_change_linked_by_id_person"),
        sa.PrimaryKeyConstraint("reply_id", "decision_id", name="pk_reply_change"),
    )


def downgrade() -> None:
    for table in (
        "link_request", "reply_change", "reply_outcome", "reply_review", "reply", "delivery", "print_run",
    ):  # fmt: skip
        op.drop_table(table)
    op.drop_index("ix_authorship_email", "authorship")
    op.drop_column("contribution", "open_replies")
    op.drop_column("contribution", "replies")
