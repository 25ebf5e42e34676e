"""drafts of the public form

Revision ID: 0635
Revises: 0014
"""

import sqlalchemy as sa
from alembic import op

revision = "0635"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _drafts()


def _drafts() -> None:
    op.create_table(
        "saved_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("process_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("submission_key", sa.String(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("saved_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("mailed_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["process_id"], ["process.id"], name=op.f("fk_saved_draft_process_id_process")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_draft")),
        sa.UniqueConstraint("token_hash", name="uq_saved_draft_token"),
    )
    with op.batch_alter_table("saved_draft", schema=None) as batch_op:
        batch_op.create_index("ix_saved_draft_expires", ["expires_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_saved_draft_process_id"), ["process_id"], unique=False)


def downgrade() -> None:
    op.drop_table("saved_draft")
