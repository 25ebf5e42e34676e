"""since when the key of a roll no longer exists

Revision ID: 1102
Revises: 1101
"""

import sqlalchemy as sa
from alembic import op

revision = "1102"
down_revision = "1101"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("vote_closing") as batch:
        batch.add_column(sa.Column("key_destroyed_at", sa.DateTime(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("vote_closing") as batch:
        batch.drop_column("key_destroyed_at")
