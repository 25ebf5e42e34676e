"""every text of a project's answer, as it was saved

Revision ID: 1111
Revises: 1110
"""

import sqlalchemy as sa
from alembic import op

revision = "1111"
down_revision = "1110"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "project_answer_save",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("saved_by_id", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_project_answer_save_project_id_project")),
        sa.ForeignKeyConstraint(["saved_by_id"], ["person.id"], name=op.f("fk_project_answer_save_saved_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_answer_save")),
    )
    op.create_index(op.f("ix_project_answer_save_project_id"), "project_answer_save", ["project_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_project_answer_save_project_id"), table_name="project_answer_save")
    op.drop_table("project_answer_save")
