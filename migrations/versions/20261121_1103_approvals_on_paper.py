"""approvals of a finding that were signed on paper

Revision ID: 1103
Revises: 1102
"""

import sqlalchemy as sa
from alembic import op

revision = "1103"
down_revision = "1102"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("vigilance_approval") as batch:
        batch.add_column(sa.Column("sheet_sha256", sa.String(), nullable=False, server_default=""))
        batch.add_column(sa.Column("recorded_by_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(batch.f("fk_vigilance_approval_recorded_by_id_person"), "person", ["recorded_by_id"], ["id"])
    with op.batch_alter_table("vigilance_approval") as batch:
        batch.alter_column("sheet_sha256", server_default=None, existing_type=sa.String(), existing_nullable=False)


def downgrade() -> None:
    with op.batch_alter_table("vigilance_approval") as batch:
        batch.drop_constraint(batch.f("fk_vigilance_approval_recorded_by_id_person"), type_="foreignkey")
        batch.drop_column("recorded_by_id")
        batch.drop_column("sheet_sha256")
