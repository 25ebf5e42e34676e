"""easy-to-read versions of a process

Revision ID: 0015
Revises: 0014
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "process_reading",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("process_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.Enum("es", "qu", "ay", name="readinglanguage", native_enum=False, length=40), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("text_html", sa.Text(), nullable=False),
        sa.Column("tried_with", sa.String(), nullable=False),
        sa.Column("published_by_id", sa.Integer(), nullable=False),
        sa.Column("published_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["process_id"], ["process.id"], name="fk_process_reading_process_id_process"),
        sa.ForeignKeyConstraint(["published_by_id"], ["person.id"], name="fk_process_reading_published_by_id_person"),
        sa.PrimaryKeyConstraint("id", name="pk_process_reading"),
        sa.UniqueConstraint("process_id", "language", "n", name="uq_process_reading_n"),
    )


def downgrade() -> None:
    op.drop_table("process_reading")
