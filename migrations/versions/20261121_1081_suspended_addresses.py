"""a suspension holds for the address of who is suspended, as a keyed hash

Revision ID: 1081
Revises: 1080
"""

import sqlalchemy as sa
from alembic import op

revision = "1081"
down_revision = "1080"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("suspension", sa.Column("address_hash", sa.String(), nullable=False, server_default=""))
    op.create_index("ix_suspension_address", "suspension", ["address_hash", "space_id", "ends_at"])


def downgrade() -> None:
    op.drop_index("ix_suspension_address", table_name="suspension")
    op.drop_column("suspension", "address_hash")
