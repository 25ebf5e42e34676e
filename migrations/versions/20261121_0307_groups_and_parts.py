"""groups of contributions, answers to several ideas under one code

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_OUTCOMES = (
    "adopted", "adopted_partially", "already_covered", "deferred", "referred", "not_adopted", "out_of_scope", "merged",
    "needs_clarification", "withdrawn",
)
_REASONS = ("R01", "R02", "R03", "R04", "R05", "R06", "R07", "R08", "R09", "R10", "R11", "R12", "R13", "R99")
_PRESENT = sa.text("removed_at IS NULL")
_ADDED = ("clause", "ideas", "group_number", "group_place", "group_codes")


def upgrade() -> None:
    op.create_table(
        "contribution_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("process_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("rationale", sa.Text(), nullable=False),
        sa.Column("grouped_by_id", sa.Integer(), nullable=False),
        sa.Column("grouped_at", sa.DateTime(), nullable=False),
        sa.Column("reviewed_by_id", sa.Integer(), nullable=True),
        sa.Column("reviewed_at", sa.DateTime(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("dissolved_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["process_id"], ["process.id"], name=op.f("fk_contribution_group_process_id_process")),
        sa.ForeignKeyConstraint(["grouped_by_id"], ["person.id"], name=op.f("fk_contribution_group_grouped_by_id_person")),
        sa.ForeignKeyConstraint(["reviewed_by_id"], ["person.id"], name=op.f("fk_contribution_group_reviewed_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contribution_group")),
        sa.UniqueConstraint("process_id", "number", name="uq_contribution_group_number"),
    )
    op.create_table(
        "group_member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("contribution_id", sa.Integer(), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(), nullable=False),
        sa.Column("removed_by_id", sa.Integer(), nullable=True),
        sa.Column("removed_at", sa.DateTime(), nullable=True),
        sa.Column("removal_reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["contribution_group.id"], name=op.f("fk_group_member_group_id_contribution_group")),
        sa.ForeignKeyConstraint(["contribution_id"], ["contribution.id"], name=op.f("fk_group_member_contribution_id_contribution")),
        sa.ForeignKeyConstraint(["added_by_id"], ["person.id"], name=op.f("fk_group_member_added_by_id_person")),
        sa.ForeignKeyConstraint(["removed_by_id"], ["person.id"], name=op.f("fk_group_member_removed_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_member")),
    )
    op.create_index(
        "uq_group_member_present", "group_member", ["contribution_id"], unique=True, sqlite_where=_PRESENT, postgresql_where=_PRESENT
    )
    op.create_index("ix_group_member_group", "group_member", ["group_id", "removed_at"])
    op.create_table(
        "different_pair",
        sa.Column("first_id", sa.Integer(), nullable=False),
        sa.Column("second_id", sa.Integer(), nullable=False),
        sa.Column("said_by_id", sa.Integer(), nullable=False),
        sa.Column("said_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("first_id < second_id", name=op.f("ck_different_pair_in_order")),
        sa.ForeignKeyConstraint(["first_id"], ["contribution.id"], name=op.f("fk_different_pair_first_id_contribution")),
        sa.ForeignKeyConstraint(["second_id"], ["contribution.id"], name=op.f("fk_different_pair_second_id_contribution")),
        sa.ForeignKeyConstraint(["said_by_id"], ["person.id"], name=op.f("fk_different_pair_said_by_id_person")),
        sa.PrimaryKeyConstraint("first_id", "second_id", name=op.f("pk_different_pair")),
    )
    op.add_column("decision", sa.Column("clause", sa.String(), nullable=False, server_default=""))
    op.add_column("decision", sa.Column("ideas", sa.JSON(), nullable=True))
    op.add_column("decision", sa.Column("group_number", sa.Integer(), nullable=True))
    op.add_column("decision", sa.Column("group_place", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("decision", sa.Column("group_codes", sa.Text(), nullable=False, server_default=""))
    op.create_table(
        "decision_part",
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("idea", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Enum(*_OUTCOMES, name="outcome", native_enum=False, length=40), nullable=True),
        sa.Column("reason_code", sa.Enum(*_REASONS, name="reason", native_enum=False, length=40), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("what_changed", sa.Text(), nullable=False),
        sa.Column("adopted_part", sa.Text(), nullable=False),
        sa.Column("rejected_part", sa.Text(), nullable=False),
        sa.Column("change_needed", sa.Text(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("criterion", sa.String(), nullable=False),
        sa.Column("target_cycle", sa.String(), nullable=False),
        sa.Column("carry_over_owner", sa.String(), nullable=False),
        sa.Column("referred_to", sa.String(), nullable=False),
        sa.Column("referred_document", sa.String(), nullable=False),
        sa.Column("referred_on", sa.Date(), nullable=True),
        sa.Column("where_to_go", sa.Text(), nullable=False),
        sa.Column("commitment_id", sa.Integer(), nullable=True),
        sa.Column("milestone_id", sa.Integer(), nullable=True),
        sa.Column("clause", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_decision_part_decision_id_decision")),
        sa.ForeignKeyConstraint(["commitment_id"], ["commitment.id"], name=op.f("fk_decision_part_commitment_id_commitment")),
        sa.ForeignKeyConstraint(["milestone_id"], ["milestone.id"], name=op.f("fk_decision_part_milestone_id_milestone")),
        sa.PrimaryKeyConstraint("decision_id", "n", name=op.f("pk_decision_part")),
    )
    op.create_index(op.f("ix_decision_part_commitment_id"), "decision_part", ["commitment_id"])


def downgrade() -> None:
    op.drop_table("decision_part")
    for name in reversed(_ADDED):
        op.drop_column("decision", name)
    op.drop_table("different_pair")
    op.drop_table("group_member")
    op.drop_table("contribution_group")
