"""hearings that no longer account for a round

Revision ID: 1110
Revises: 1070
"""

import sqlalchemy as sa
from alembic import op

revision = "1110"
down_revision = "1104"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "budget_hearing_unlinked",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("linked_by_id", sa.Integer(), nullable=False),
        sa.Column("linked_at", sa.DateTime(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("unlinked_by_id", sa.Integer(), nullable=False),
        sa.Column("unlinked_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["budget_round.id"], name=op.f("fk_budget_hearing_unlinked_round_id_budget_round")),
        sa.ForeignKeyConstraint(["meeting_id"], ["forum_meeting.id"], name=op.f("fk_budget_hearing_unlinked_meeting_id_forum_meeting")),
        sa.ForeignKeyConstraint(["linked_by_id"], ["person.id"], name=op.f("fk_budget_hearing_unlinked_linked_by_id_person")),
        sa.ForeignKeyConstraint(["unlinked_by_id"], ["person.id"], name=op.f("fk_budget_hearing_unlinked_unlinked_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_budget_hearing_unlinked")),
    )
    op.create_index(op.f("ix_budget_hearing_unlinked_round_id"), "budget_hearing_unlinked", ["round_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_budget_hearing_unlinked_round_id"), table_name="budget_hearing_unlinked")
    op.drop_table("budget_hearing_unlinked")
