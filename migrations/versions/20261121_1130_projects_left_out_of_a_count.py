"""projects left out of the count of a vote, by two people

Revision ID: 1130
Revises: 1070
"""

import sqlalchemy as sa
from alembic import op

revision = "1130"
down_revision = "1120"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "vote_exclusion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("vote_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("option", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("settled_by_id", sa.Integer(), nullable=True),
        sa.Column("settled_at", sa.DateTime(), nullable=True),
        sa.Column("is_out", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["asked_by_id"], ["person.id"], name=op.f("fk_vote_exclusion_asked_by_id_person")),
        sa.ForeignKeyConstraint(["settled_by_id"], ["person.id"], name=op.f("fk_vote_exclusion_settled_by_id_person")),
        sa.ForeignKeyConstraint(["vote_id"], ["vote.id"], name=op.f("fk_vote_exclusion_vote_id_vote")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vote_exclusion")),
        sa.UniqueConstraint("vote_id", "number", name="uq_vote_exclusion_number"),
    )


def downgrade() -> None:
    op.drop_table("vote_exclusion")
