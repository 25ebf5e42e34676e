"""news of the register by subject, who follows what and how often, and texts of notices in other languages

Revision ID: 0022
Revises: 0015
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0015"
branch_labels = None
depends_on = None

NEWS = ("dates", "answers", "contributions", "records", "plan")
PACES = ("at-once", "daily", "weekly", "never")
SUBJECTS = ("process", "theme", "territory", "contribution")


def _one_of(values: tuple[str, ...], name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, length=40)


def upgrade() -> None:
    op.create_table(
        "news_walk",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_news_walk")),
    )
    op.create_table(
        "news",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("kind", _one_of(NEWS, "newskind"), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("process_id", sa.Integer(), nullable=False),
        sa.Column("contribution_id", sa.Integer(), nullable=True),
        sa.Column("opportunity_id", sa.Integer(), nullable=True),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("detail", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["seq"], ["audit_entry.seq"], name=op.f("fk_news_seq_audit_entry")),
        sa.ForeignKeyConstraint(["process_id"], ["process.id"], name=op.f("fk_news_process_id_process")),
        sa.ForeignKeyConstraint(["contribution_id"], ["contribution.id"], name=op.f("fk_news_contribution_id_contribution")),
        sa.ForeignKeyConstraint(["opportunity_id"], ["opportunity.id"], name=op.f("fk_news_opportunity_id_opportunity")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_news")),
    )
    op.create_index("ix_news_newest", "news", ["at", "seq"])
    op.create_table(
        "news_subject",
        sa.Column("subject_kind", _one_of(SUBJECTS, "subjectkind"), nullable=False),
        sa.Column("subject_ref", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["seq"], ["news.seq"], name=op.f("fk_news_subject_seq_news")),
        sa.PrimaryKeyConstraint("subject_kind", "subject_ref", "seq", name=op.f("pk_news_subject")),
    )
    op.create_index("ix_news_subject_seq", "news_subject", ["seq"])
    op.create_table(
        "follower",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("handle", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("locale", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("told_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_follower_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follower")),
        sa.UniqueConstraint("address", name=op.f("uq_follower_address")),
        sa.UniqueConstraint("handle", name=op.f("uq_follower_handle")),
        sa.UniqueConstraint("person_id", name=op.f("uq_follower_person_id")),
    )
    op.create_table(
        "follow",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("follower_id", sa.Integer(), nullable=False),
        sa.Column("subject_kind", _one_of(SUBJECTS, "subjectkind"), nullable=False),
        sa.Column("subject_ref", sa.String(), nullable=False),
        sa.Column("since_seq", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["follower_id"], ["follower.id"], name=op.f("fk_follow_follower_id_follower"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow")),
        sa.UniqueConstraint("follower_id", "subject_kind", "subject_ref", name="uq_follow_subject"),
    )
    op.create_index("ix_follow_subject", "follow", ["subject_kind", "subject_ref"])
    op.create_table(
        "follow_pace",
        sa.Column("follower_id", sa.Integer(), nullable=False),
        sa.Column("kind", _one_of(NEWS, "newskind"), nullable=False),
        sa.Column("pace", _one_of(PACES, "pace"), nullable=False),
        sa.ForeignKeyConstraint(["follower_id"], ["follower.id"], name=op.f("fk_follow_pace_follower_id_follower"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("follower_id", "kind", name=op.f("pk_follow_pace")),
    )
    op.create_table(
        "follow_item",
        sa.Column("follower_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("pace", _one_of(PACES, "pace"), nullable=False),
        sa.Column("noted_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["follower_id"], ["follower.id"], name=op.f("fk_follow_item_follower_id_follower"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["seq"], ["news.seq"], name=op.f("fk_follow_item_seq_news")),
        sa.PrimaryKeyConstraint("follower_id", "seq", name=op.f("pk_follow_item")),
    )
    op.create_index("ix_follow_item_due", "follow_item", ["pace", "noted_at"])
    op.create_table(
        "notice_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("process_id", sa.Integer(), nullable=False),
        sa.Column("medium", _one_of(("poster", "message", "radio"), "medium"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("saved_by_id", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["process_id"], ["process.id"], name=op.f("fk_notice_text_process_id_process")),
        sa.ForeignKeyConstraint(["saved_by_id"], ["person.id"], name=op.f("fk_notice_text_saved_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_text")),
        sa.UniqueConstraint("process_id", "medium", "version", name="uq_notice_text_version"),
    )


def downgrade() -> None:
    for table in ("notice_text", "follow_item", "follow_pace", "follow", "follower", "news_subject", "news", "news_walk"):
        op.drop_table(table)
