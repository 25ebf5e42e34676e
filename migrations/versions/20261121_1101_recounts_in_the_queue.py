"""since when the second program counts

Revision ID: 1101
Revises: 1100
"""

import sqlalchemy as sa
from alembic import op

revision = "1101"
down_revision = "1100"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("vote_count") as batch:
        batch.add_column(sa.Column("recount_began_at", sa.DateTime(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("vote_count") as batch:
        batch.drop_column("recount_began_at")
