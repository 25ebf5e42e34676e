"""the organisation that a contribution names, as it is compared

Revision ID: 1090
Revises: 1070
"""

import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "1090"
down_revision = "1081"
branch_labels = None
depends_on = None

INDEX = "ix_contribution_folded_organisation"


def upgrade() -> None:
    op.add_column("contribution", sa.Column("folded_organisation", sa.String(), nullable=False, server_default=""))
    said = sa.table("contribution", sa.column("organisation_name", sa.String()), sa.column("folded_organisation", sa.String()))
    connection = op.get_bind()
    names = connection.scalars(sa.select(said.c.organisation_name).where(said.c.organisation_name != "").distinct()).all()
    for name in names:
        connection.execute(sa.update(said).where(said.c.organisation_name == name).values(folded_organisation=_folded(name)))
    op.create_index(INDEX, "contribution", ["folded_organisation"])


def _folded(name: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", name.lower()) if not unicodedata.combining(c))


def downgrade() -> None:
    op.drop_index(INDEX, table_name="contribution")
    op.drop_column("contribution", "folded_organisation")
