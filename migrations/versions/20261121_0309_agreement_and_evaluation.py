"""agreement and evaluation

Revision ID: 0009
Revises: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

KEY = sa.Integer
INSTANT = sa.DateTime
SHORT = sa.String
LONG = sa.Text


def of(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}_{target}"))


def upgrade() -> None:
    _scales_and_summaries()
    _agreement()
    _schedule()
    _committees()
    _scores()


def _scales_and_summaries() -> None:
    op.add_column("criterion", sa.Column("lowest", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("criterion", sa.Column("highest", sa.Integer(), nullable=False, server_default="5"))
    op.add_column("criterion", sa.Column("lowest_means", LONG(), nullable=False, server_default=""))
    op.add_column("criterion", sa.Column("highest_means", LONG(), nullable=False, server_default=""))
    op.add_column("decision", sa.Column("summary", LONG(), nullable=False, server_default=""))
    op.add_column("decision", sa.Column("summary_language", SHORT(40), nullable=True))


def _agreement() -> None:
    standing = sa.text("withdrawn_at IS NULL")
    for table, words in (("objection", "reason"), ("dissent_note", "text")):
        columns = [
            sa.Column("id", KEY(), nullable=False),
            sa.Column("decision_id", KEY(), nullable=False),
            sa.Column("seat", SHORT(40), nullable=False),
            sa.Column("person_id", KEY(), nullable=False),
            sa.Column("post", SHORT(), nullable=False),
            sa.Column("sha256", SHORT(), nullable=False),
            sa.Column(words, LONG(), nullable=False),
            sa.Column("made_at", INSTANT(), nullable=False),
            sa.Column("withdrawn_at", INSTANT(), nullable=True),
        ]
        if table == "dissent_note":
            columns.append(sa.Column("withdrawal_reason", LONG(), nullable=False))
        op.create_table(
            table,
            *columns,
            of(table, "decision_id", "decision"),
            of(table, "person_id", "person"),
            sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        )
        op.create_index(
            f"uq_{table}_standing", table, ["decision_id", "person_id", "sha256"], unique=True,
            sqlite_where=standing, postgresql_where=standing,
        )
    op.create_index("ix_dissent_note_decision", "dissent_note", ["decision_id"])
    op.create_table(
        "workshop_priority",
        sa.Column("contribution_id", KEY(), nullable=False),
        sa.Column("votes", sa.Integer(), nullable=False),
        sa.Column("recorded_by_id", KEY(), nullable=False),
        sa.Column("recorded_at", INSTANT(), nullable=False),
        of("workshop_priority", "contribution_id", "contribution"),
        of("workshop_priority", "recorded_by_id", "person"),
        sa.PrimaryKeyConstraint("contribution_id", name=op.f("pk_workshop_priority")),
    )


def _schedule() -> None:
    table = "scheduled_publication"
    op.create_table(
        table,
        sa.Column("id", KEY(), nullable=False),
        sa.Column("process_id", KEY(), nullable=False),
        sa.Column("at", INSTANT(), nullable=False),
        sa.Column("answers", sa.Integer(), nullable=False),
        sa.Column("state", SHORT(40), nullable=False),
        sa.Column("requested_by_id", KEY(), nullable=False),
        sa.Column("requested_at", INSTANT(), nullable=False),
        sa.Column("settled_at", INSTANT(), nullable=True),
        sa.Column("held_for", sa.JSON(), nullable=False),
        sa.Column("seen_at", INSTANT(), nullable=True),
        sa.Column("batch_id", KEY(), nullable=True),
        of(table, "process_id", "process"),
        of(table, "requested_by_id", "person"),
        of(table, "batch_id", "publication_batch"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    op.create_index("ix_scheduled_publication_due", table, ["state", "at"])
    op.create_index("ix_scheduled_publication_process", table, ["process_id", "state"])
    op.create_table(
        "scheduled_answer",
        sa.Column("publication_id", KEY(), nullable=False),
        sa.Column("decision_id", KEY(), nullable=False),
        sa.Column("sha256", SHORT(), nullable=False),
        of("scheduled_answer", "publication_id", table),
        of("scheduled_answer", "decision_id", "decision"),
        sa.PrimaryKeyConstraint("publication_id", "decision_id", name=op.f("pk_scheduled_answer")),
    )
    op.create_index("ix_scheduled_answer_decision_id", "scheduled_answer", ["decision_id"])


def _committees() -> None:
    op.create_table(
        "committee",
        sa.Column("id", KEY(), nullable=False),
        sa.Column("process_id", KEY(), nullable=False),
        sa.Column("appointed_by", SHORT(), nullable=False),
        sa.Column("opened_by_id", KEY(), nullable=False),
        sa.Column("opened_at", INSTANT(), nullable=False),
        of("committee", "process_id", "process"),
        of("committee", "opened_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_committee")),
        sa.UniqueConstraint("process_id", name=op.f("uq_committee_process_id")),
    )
    op.create_table(
        "committee_member",
        sa.Column("id", KEY(), nullable=False),
        sa.Column("committee_id", KEY(), nullable=False),
        sa.Column("person_id", KEY(), nullable=False),
        sa.Column("post", SHORT(), nullable=False),
        sa.Column("added_at", INSTANT(), nullable=False),
        sa.Column("removed_at", INSTANT(), nullable=True),
        of("committee_member", "committee_id", "committee"),
        of("committee_member", "person_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_committee_member")),
        sa.UniqueConstraint("committee_id", "person_id", name="uq_committee_member_person"),
    )
    op.create_index(op.f("ix_committee_member_person_id"), "committee_member", ["person_id"])
    op.create_table(
        "conflict_declaration",
        sa.Column("id", KEY(), nullable=False),
        sa.Column("member_id", KEY(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("has_conflict", sa.Boolean(), nullable=False),
        sa.Column("statement", LONG(), nullable=False),
        sa.Column("declared_at", INSTANT(), nullable=False),
        of("conflict_declaration", "member_id", "committee_member"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conflict_declaration")),
        sa.UniqueConstraint("member_id", "n", name="uq_conflict_declaration_n"),
    )
    op.create_table(
        "declared_conflict",
        sa.Column("id", KEY(), nullable=False),
        sa.Column("declaration_id", KEY(), nullable=False),
        sa.Column("contribution_id", KEY(), nullable=True),
        sa.Column("organisation_name", SHORT(), nullable=False),
        of("declared_conflict", "declaration_id", "conflict_declaration"),
        of("declared_conflict", "contribution_id", "contribution"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_declared_conflict")),
    )
    op.create_index(op.f("ix_declared_conflict_declaration_id"), "declared_conflict", ["declaration_id"])
    op.create_table(
        "committee_item",
        sa.Column("committee_id", KEY(), nullable=False),
        sa.Column("contribution_id", KEY(), nullable=False),
        of("committee_item", "committee_id", "committee"),
        of("committee_item", "contribution_id", "contribution"),
        sa.PrimaryKeyConstraint("committee_id", "contribution_id", name=op.f("pk_committee_item")),
    )


def _scores() -> None:
    op.create_table(
        "score",
        sa.Column("id", KEY(), nullable=False),
        sa.Column("member_id", KEY(), nullable=False),
        sa.Column("contribution_id", KEY(), nullable=False),
        sa.Column("criterion_id", KEY(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("comment", LONG(), nullable=False),
        sa.Column("scored_at", INSTANT(), nullable=False),
        of("score", "member_id", "committee_member"),
        of("score", "contribution_id", "contribution"),
        of("score", "criterion_id", "criterion"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_score")),
        sa.UniqueConstraint("member_id", "contribution_id", "criterion_id", name="uq_score_mark"),
    )
    op.create_table(
        "ranking",
        sa.Column("id", KEY(), nullable=False),
        sa.Column("process_id", KEY(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("basis", sa.JSON(), nullable=False),
        sa.Column("reason", LONG(), nullable=False),
        sa.Column("sha256", SHORT(), nullable=False),
        sa.Column("published_by_id", KEY(), nullable=False),
        sa.Column("published_at", INSTANT(), nullable=False),
        of("ranking", "process_id", "process"),
        of("ranking", "published_by_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ranking")),
        sa.UniqueConstraint("process_id", "n", name="uq_ranking_n"),
    )
    op.create_table(
        "ranked_contribution",
        sa.Column("ranking_id", KEY(), nullable=False),
        sa.Column("contribution_id", KEY(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("score_hundredths", sa.Integer(), nullable=False),
        sa.Column("evaluators", sa.Integer(), nullable=False),
        sa.Column("excluded", sa.Integer(), nullable=False),
        sa.Column("by_criterion", sa.JSON(), nullable=False),
        of("ranked_contribution", "ranking_id", "ranking"),
        of("ranked_contribution", "contribution_id", "contribution"),
        sa.PrimaryKeyConstraint("ranking_id", "contribution_id", name=op.f("pk_ranked_contribution")),
    )
    op.create_index("ix_ranked_contribution_contribution", "ranked_contribution", ["contribution_id"])


def downgrade() -> None:
    for table in (
        "ranked_contribution", "ranking", "score", "committee_item", "declared_conflict", "conflict_declaration", "committee_member",
        "committee", "scheduled_answer", "scheduled_publication", "workshop_priority", "dissent_note", "objection",
    ):
        op.drop_table(table)
    for column in ("summary_language", "summary"):
        op.drop_column("decision", column)
    for column in ("highest_means", "lowest_means", "highest", "lowest"):
        op.drop_column("criterion", column)
