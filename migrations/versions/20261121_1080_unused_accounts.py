"""when an account was last entered, and when its owner was told that nobody uses it

Revision ID: 1080
Revises: 1070
"""

import sqlalchemy as sa
from alembic import op

revision = "1080"
down_revision = "1070"
branch_labels = None
depends_on = None

COLUMNS = ("entered_at", "unused_told_at")


def upgrade() -> None:
    for name in COLUMNS:
        op.add_column("person", sa.Column(name, sa.DateTime(), nullable=True))
    op.execute("UPDATE person SET entered_at = (SELECT max(started_at) FROM account_session WHERE account_session.person_id = person.id)")


def downgrade() -> None:
    for name in COLUMNS:
        op.drop_column("person", name)
