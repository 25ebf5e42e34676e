"""the search index of contributions

Stems are made in Python, so both engines find the same (docs/decisions/0005-search.md).

Revision ID: 0005
Revises: 0004
"""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("CREATE VIRTUAL TABLE contribution_search USING fts5(stems, content='', contentless_delete=1)")
        return
    op.execute(
        "CREATE TABLE contribution_search (rowid integer PRIMARY KEY REFERENCES contribution (id), stems tsvector NOT NULL)"
    )
    op.execute("CREATE INDEX contribution_search_stems ON contribution_search USING gin (stems)")


def downgrade() -> None:
    op.execute("DROP TABLE contribution_search")
