"""contributions of an account, and pseudonyms; who asked to be forgotten

Revision ID: 0616
Revises: 0615
"""

import sqlalchemy as sa
from alembic import op

revision = "0616"
down_revision = "0615"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("authorship") as batch:
        batch.add_column(sa.Column("person_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("pseudonym", sa.String(), nullable=False, server_default=""))
        batch.create_foreign_key(op.f("fk_authorship_person_id_person"), "person", ["person_id"], ["id"])
        batch.create_index("ix_authorship_person", ["person_id"])
    with op.batch_alter_table("authorship") as batch:
        batch.alter_column("pseudonym", server_default=None)
    op.create_table(
        "erasure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("address_hash", sa.String(), nullable=False),
        sa.Column("erased_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure")),
    )


def downgrade() -> None:
    op.drop_table("erasure")
    with op.batch_alter_table("authorship") as batch:
        batch.drop_index("ix_authorship_person")
        batch.drop_constraint(op.f("fk_authorship_person_id_person"), type_="foreignkey")
        batch.drop_column("pseudonym")
        batch.drop_column("person_id")
