"""comments, official answers, supports, other wordings, suspensions; reports, appeals and merge suggestions; acts on comments

Acts of moderation learn which process they belong to (from their contribution) and may be on a comment instead.

Revision ID: 0620
Revises: 0635
"""

import sqlalchemy as sa
from alembic import op

revision = "0620"
down_revision = "0635"
branch_labels = None
depends_on = None

ONE_SUBJECT = "(contribution_id IS NULL) <> (comment_id IS NULL)"
FAVOURED = "(kind = 'retire') = (favoured_id IS NOT NULL)"
REASONED = "kind NOT IN ('hide', 'retire', 'warn', 'suspend') OR reason IS NOT NULL"
REASON = sa.Enum(
    "personal-data", "insult", "advertising", "off-topic", "unlawful", "duplicate", name="hidingreason", native_enum=False, length=40
)
TABLES = (
    "moderation_appeal",
    "official_answer",
    "content_report",
    "text_amendment",
    "support",
    "merge_suggestion",
    "contribution_arrival",
    "comment",
    "comment_sequence",
    "suspension",
)


def upgrade() -> None:
    op.create_table(
        "suspension",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("space_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(), nullable=False),
        sa.Column("ends_at", sa.DateTime(), nullable=False),
        sa.Column("lifted_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_suspension_span")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_suspension_person_id_person")),
        sa.ForeignKeyConstraint(["space_id"], ["space.id"], name=op.f("fk_suspension_space_id_space")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suspension")),
    )
    with op.batch_alter_table("suspension", schema=None) as batch_op:
        batch_op.create_index("ix_suspension_person", ["person_id", "space_id", "ends_at"], unique=False)

    op.create_table(
        "comment_sequence",
        sa.Column("process_id", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["process_id"], ["process.id"], name=op.f("fk_comment_sequence_process_id_process")),
        sa.PrimaryKeyConstraint("process_id", name=op.f("pk_comment_sequence")),
    )
    op.create_table(
        "comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("process_id", sa.Integer(), nullable=False),
        sa.Column("contribution_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("side", sa.Enum("for", "against", "question", "information", name="side", native_enum=False, length=40), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("consent", sa.Enum("nombre", "iniciales", "anonimo", name="nameconsent", native_enum=False, length=40), nullable=False),
        sa.Column("public_name", sa.String(), nullable=False),
        sa.Column("language", sa.Enum("es", "qu", "ay", "otro", name="language", native_enum=False, length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("visibility", sa.Enum("held", "public", "hidden", name="visibility", native_enum=False, length=40), nullable=False),
        sa.Column("marks", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("submission_key", sa.String(), nullable=False),
        sa.Column("written_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_comment_author_id_person")),
        sa.ForeignKeyConstraint(["contribution_id"], ["contribution.id"], name=op.f("fk_comment_contribution_id_contribution")),
        sa.ForeignKeyConstraint(["process_id"], ["process.id"], name=op.f("fk_comment_process_id_process")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment")),
        sa.UniqueConstraint("code", name=op.f("uq_comment_code")),
        sa.UniqueConstraint("process_id", "number", name="uq_comment_number"),
        sa.UniqueConstraint("submission_key", name=op.f("uq_comment_submission_key")),
    )
    with op.batch_alter_table("comment", schema=None) as batch_op:
        batch_op.create_index("ix_comment_address", ["address", "written_at"], unique=False)
        batch_op.create_index("ix_comment_author", ["author_id", "written_at"], unique=False)
        batch_op.create_index("ix_comment_contribution", ["contribution_id", "visibility", "id"], unique=False)
        batch_op.create_index("ix_comment_waiting", ["process_id", "visibility", "written_at"], unique=False)

    op.create_table(
        "contribution_arrival",
        sa.Column("contribution_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("marks", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contribution_id"], ["contribution.id"], name=op.f("fk_contribution_arrival_contribution_id_contribution")
        ),
        sa.PrimaryKeyConstraint("contribution_id", name=op.f("pk_contribution_arrival")),
    )
    with op.batch_alter_table("contribution_arrival", schema=None) as batch_op:
        batch_op.create_index("ix_contribution_arrival_address", ["address", "at"], unique=False)

    op.create_table(
        "merge_suggestion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("process_id", sa.Integer(), nullable=False),
        sa.Column("first_id", sa.Integer(), nullable=False),
        sa.Column("second_id", sa.Integer(), nullable=False),
        sa.Column("suggested_by_id", sa.Integer(), nullable=False),
        sa.Column("suggested_at", sa.DateTime(), nullable=False),
        sa.Column("settled_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("first_id < second_id", name=op.f("ck_merge_suggestion_ordered")),
        sa.ForeignKeyConstraint(["first_id"], ["contribution.id"], name=op.f("fk_merge_suggestion_first_id_contribution")),
        sa.ForeignKeyConstraint(["process_id"], ["process.id"], name=op.f("fk_merge_suggestion_process_id_process")),
        sa.ForeignKeyConstraint(["second_id"], ["contribution.id"], name=op.f("fk_merge_suggestion_second_id_contribution")),
        sa.ForeignKeyConstraint(["suggested_by_id"], ["person.id"], name=op.f("fk_merge_suggestion_suggested_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merge_suggestion")),
        sa.UniqueConstraint("first_id", "second_id", name="uq_merge_suggestion_pair"),
    )
    with op.batch_alter_table("merge_suggestion", schema=None) as batch_op:
        batch_op.create_index("ix_merge_suggestion_process", ["process_id", "settled_at"], unique=False)

    op.create_table(
        "support",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("process_id", sa.Integer(), nullable=False),
        sa.Column("contribution_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("stands", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["contribution_id"], ["contribution.id"], name=op.f("fk_support_contribution_id_contribution")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_support_person_id_person")),
        sa.ForeignKeyConstraint(["process_id"], ["process.id"], name=op.f("fk_support_process_id_process")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support")),
        sa.UniqueConstraint("contribution_id", "person_id", name="uq_support_person"),
    )
    with op.batch_alter_table("support", schema=None) as batch_op:
        batch_op.create_index("ix_support_changed", ["process_id", "changed_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_support_person_id"), ["person_id"], unique=False)

    op.create_table(
        "text_amendment",
        sa.Column("contribution_id", sa.Integer(), nullable=False),
        sa.Column("process_id", sa.Integer(), nullable=False),
        sa.Column("version_n", sa.Integer(), nullable=False),
        sa.Column("clause", sa.String(), nullable=False),
        sa.Column("base", sa.Text(), nullable=False),
        sa.Column("proposed", sa.Text(), nullable=False),
        sa.Column("state", sa.Enum("open", "accepted", "rejected", name="amendmentstate", native_enum=False, length=40), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("promoted_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("promoted_id IS NULL OR state = 'rejected'", name=op.f("ck_text_amendment_promoted")),
        sa.CheckConstraint("state = 'open' OR (decided_at IS NOT NULL AND answer <> '')", name=op.f("ck_text_amendment_decided")),
        sa.ForeignKeyConstraint(["contribution_id"], ["contribution.id"], name=op.f("fk_text_amendment_contribution_id_contribution")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["person.id"], name=op.f("fk_text_amendment_decided_by_id_person")),
        sa.ForeignKeyConstraint(["process_id"], ["process.id"], name=op.f("fk_text_amendment_process_id_process")),
        sa.ForeignKeyConstraint(["promoted_id"], ["contribution.id"], name=op.f("fk_text_amendment_promoted_id_contribution")),
        sa.PrimaryKeyConstraint("contribution_id", name=op.f("pk_text_amendment")),
        sa.UniqueConstraint("promoted_id", name=op.f("uq_text_amendment_promoted_id")),
    )
    with op.batch_alter_table("text_amendment", schema=None) as batch_op:
        batch_op.create_index("ix_text_amendment_process", ["process_id", "state"], unique=False)

    op.create_table(
        "content_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("process_id", sa.Integer(), nullable=False),
        sa.Column("contribution_id", sa.Integer(), nullable=True),
        sa.Column("comment_id", sa.Integer(), nullable=True),
        sa.Column("reason", REASON, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("reporter_id", sa.Integer(), nullable=True),
        sa.Column("reporter_key", sa.String(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("reported_at", sa.DateTime(), nullable=False),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("(contribution_id IS NULL) <> (comment_id IS NULL)", name=op.f("ck_content_report_one_subject")),
        sa.ForeignKeyConstraint(["comment_id"], ["comment.id"], name=op.f("fk_content_report_comment_id_comment")),
        sa.ForeignKeyConstraint(["contribution_id"], ["contribution.id"], name=op.f("fk_content_report_contribution_id_contribution")),
        sa.ForeignKeyConstraint(["process_id"], ["process.id"], name=op.f("fk_content_report_process_id_process")),
        sa.ForeignKeyConstraint(["reporter_id"], ["person.id"], name=op.f("fk_content_report_reporter_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_content_report")),
        sa.UniqueConstraint("comment_id", "reporter_key", name="uq_content_report_comment"),
        sa.UniqueConstraint("contribution_id", "reporter_key", name="uq_content_report_contribution"),
    )
    with op.batch_alter_table("content_report", schema=None) as batch_op:
        batch_op.create_index("ix_content_report_open", ["process_id", "closed_at"], unique=False)
        batch_op.create_index("ix_content_report_reporter", ["reporter_key", "reported_at"], unique=False)

    op.create_table(
        "official_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("post", sa.String(), nullable=False),
        sa.Column("organisation", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["comment_id"], ["comment.id"], name=op.f("fk_official_answer_comment_id_comment")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_official_answer_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_official_answer")),
    )
    with op.batch_alter_table("official_answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_official_answer_comment_id"), ["comment_id"], unique=False)

    _acts_on_comments()
    op.create_table(
        "moderation_appeal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("moderator_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sent_at", sa.DateTime(), nullable=False),
        sa.Column("outcome", sa.Enum("upheld", "overturned", name="appealoutcome", native_enum=False, length=40), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("(outcome IS NULL) = (decided_by_id IS NULL)", name=op.f("ck_moderation_appeal_decided")),
        sa.CheckConstraint("decided_by_id IS NULL OR decided_by_id <> moderator_id", name=op.f("ck_moderation_appeal_somebody_else")),
        sa.ForeignKeyConstraint(["action_id"], ["moderation_action.id"], name=op.f("fk_moderation_appeal_action_id_moderation_action")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["person.id"], name=op.f("fk_moderation_appeal_decided_by_id_person")),
        sa.ForeignKeyConstraint(["moderator_id"], ["person.id"], name=op.f("fk_moderation_appeal_moderator_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moderation_appeal")),
        sa.UniqueConstraint("action_id", name=op.f("uq_moderation_appeal_action_id")),
    )


def _acts_on_comments() -> None:
    with op.batch_alter_table("moderation_action", schema=None) as batch_op:
        for name in ("process_id", "comment_id", "person_id", "suspension_id", "favoured_id"):
            batch_op.add_column(sa.Column(name, sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("batch", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("appeal_hash", sa.String(), nullable=True))
    op.execute(
        "UPDATE moderation_action SET batch = '', process_id = "
        "(SELECT c.process_id FROM contribution c WHERE c.id = moderation_action.contribution_id)"
    )
    op.execute("UPDATE moderation_action SET reason = 'off-topic' WHERE kind = 'hide' AND reason IS NULL")
    with op.batch_alter_table("moderation_action", schema=None) as batch_op:
        batch_op.alter_column("contribution_id", existing_type=sa.Integer(), nullable=True)
        batch_op.alter_column("process_id", existing_type=sa.Integer(), nullable=False)
        batch_op.alter_column("batch", existing_type=sa.String(), nullable=False)
        batch_op.create_index(batch_op.f("ix_moderation_action_comment_id"), ["comment_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_moderation_action_person_id"), ["person_id"], unique=False)
        batch_op.create_index("ix_moderation_action_process", ["process_id", "id"], unique=False)
        batch_op.create_unique_constraint(batch_op.f("uq_moderation_action_appeal_hash"), ["appeal_hash"])
        batch_op.create_check_constraint(batch_op.f("ck_moderation_action_one_subject"), ONE_SUBJECT)
        batch_op.create_check_constraint(batch_op.f("ck_moderation_action_favoured"), FAVOURED)
        batch_op.create_check_constraint(batch_op.f("ck_moderation_action_reasoned"), REASONED)
        for name, table in REFERENCES:
            batch_op.create_foreign_key(batch_op.f(f"fk_moderation_action_{name}_{table}"), table, [name], ["id"])


REFERENCES = (
    ("favoured_id", "contribution"),
    ("comment_id", "comment"),
    ("person_id", "person"),
    ("process_id", "process"),
    ("suspension_id", "suspension"),
)


def downgrade() -> None:
    """What was done to comments goes with them; acts on contributions stay, in the words the older program knows."""
    op.drop_table(TABLES[0])
    op.execute("DELETE FROM moderation_action WHERE contribution_id IS NULL")
    with op.batch_alter_table("moderation_action", schema=None) as batch_op:
        for name in ("one_subject", "favoured", "reasoned"):
            batch_op.drop_constraint(batch_op.f(f"ck_moderation_action_{name}"), type_="check")
        for name, table in REFERENCES:
            batch_op.drop_constraint(batch_op.f(f"fk_moderation_action_{name}_{table}"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("uq_moderation_action_appeal_hash"), type_="unique")
        batch_op.drop_index("ix_moderation_action_process")
        batch_op.drop_index(batch_op.f("ix_moderation_action_person_id"))
        batch_op.drop_index(batch_op.f("ix_moderation_action_comment_id"))
        batch_op.alter_column("contribution_id", existing_type=sa.Integer(), nullable=False)
        for name in ("appeal_hash", "batch", "favoured_id", "suspension_id", "person_id", "comment_id", "process_id"):
            batch_op.drop_column(name)
    op.execute("UPDATE moderation_action SET kind = 'hide' WHERE kind = 'retire'")
    op.execute("UPDATE moderation_action SET kind = 'restore' WHERE kind = 'keep'")
    op.execute("UPDATE moderation_action SET reason = 'off-topic' WHERE reason = 'duplicate'")
    for table in TABLES[1:]:
        op.drop_table(table)
