"""a reminder of a vote goes to who asked for it, not to whose document somebody typed

Revision ID: 1104
Revises: 1103
"""

import sqlalchemy as sa
from alembic import op

revision = "1104"
down_revision = "1103"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("roll_contact") as batch:
        batch.alter_column("has_begun", new_column_name="wants_reminder", existing_type=sa.Boolean(), existing_nullable=False)
    op.execute(sa.text("UPDATE roll_contact SET wants_reminder = :no").bindparams(sa.bindparam("no", False, sa.Boolean())))


def downgrade() -> None:
    with op.batch_alter_table("roll_contact") as batch:
        batch.alter_column("wants_reminder", new_column_name="has_begun", existing_type=sa.Boolean(), existing_nullable=False)
