"""drafts of the public form; what authors change, withdraw and retire; their files and what an audio says; where they speak of; summaries in Spanish; sheets of paper

Revision ID: 0635
Revises: 0022
"""

import sqlalchemy as sa
from alembic import op

revision = "0635"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _drafts()
    _own_acts()
    _voices()
    _whereabouts()
    _summaries()
    _sheets()


def _drafts() -> None:
    op.create_table(
        "saved_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("process_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("submission_key", sa.String(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("saved_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("mailed_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["process_id"], ["process.id"], name=op.f("fk_saved_draft_process_id_process")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_draft")),
        sa.UniqueConstraint("token_hash", name="uq_saved_draft_token"),
    )
    with op.batch_alter_table("saved_draft", schema=None) as batch_op:
        batch_op.create_index("ix_saved_draft_expires", ["expires_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_saved_draft_process_id"), ["process_id"], unique=False)


def _own_acts() -> None:
    op.create_table(
        "contribution_version",
        sa.Column("contribution_id", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.Enum("es", "qu", "ay", "otro", name="language", native_enum=False, length=40), nullable=False),
        sa.Column("replaced_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["contribution_id"], ["contribution.id"], name=op.f("fk_contribution_version_contribution_id_contribution")),
        sa.PrimaryKeyConstraint("contribution_id", "n", name=op.f("pk_contribution_version")),
    )
    op.create_table(
        "withdrawal",
        sa.Column("contribution_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Enum("mistake", "solved", "changed-mind", "sent-again", "said-better", "unsaid", name="withdrawalreason",
                                    native_enum=False, length=40), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("in_favour_of_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["contribution_id"], ["contribution.id"], name=op.f("fk_withdrawal_contribution_id_contribution")),
        sa.ForeignKeyConstraint(["in_favour_of_id"], ["contribution.id"], name=op.f("fk_withdrawal_in_favour_of_id_contribution")),
        sa.PrimaryKeyConstraint("contribution_id", name=op.f("pk_withdrawal")),
    )
    with op.batch_alter_table("withdrawal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_withdrawal_in_favour_of_id"), ["in_favour_of_id"], unique=False)


def _voices() -> None:
    op.create_table(
        "voice_text",
        sa.Column("contribution_id", sa.Integer(), nullable=False),
        sa.Column("is_whole", sa.Boolean(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("typed_by_id", sa.Integer(), nullable=True),
        sa.Column("typed_at", sa.DateTime(), nullable=True),
        sa.Column("objection", sa.Text(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["contribution_id"], ["contribution.id"], name=op.f("fk_voice_text_contribution_id_contribution")),
        sa.ForeignKeyConstraint(["typed_by_id"], ["person.id"], name=op.f("fk_voice_text_typed_by_id_person")),
        sa.PrimaryKeyConstraint("contribution_id", name=op.f("pk_voice_text")),
    )
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.alter_column("uploaded_by_id", existing_type=sa.Integer(), nullable=True)


def _whereabouts() -> None:
    op.create_table(
        "whereabouts",
        sa.Column("contribution_id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("latitude_e5", sa.Integer(), nullable=True),
        sa.Column("longitude_e5", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["contribution_id"], ["contribution.id"], name=op.f("fk_whereabouts_contribution_id_contribution")),
        sa.PrimaryKeyConstraint("contribution_id", name=op.f("pk_whereabouts")),
    )


def _summaries() -> None:
    op.create_table(
        "contribution_summary",
        sa.Column("contribution_id", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["contribution_id"], ["contribution.id"], name=op.f("fk_contribution_summary_contribution_id_contribution")),
        sa.ForeignKeyConstraint(["written_by_id"], ["person.id"], name=op.f("fk_contribution_summary_written_by_id_person")),
        sa.PrimaryKeyConstraint("contribution_id", "n", name=op.f("pk_contribution_summary")),
    )


def _sheets() -> None:
    op.create_table(
        "paper_sheet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("process_id", sa.Integer(), nullable=False),
        sa.Column("run", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("state", sa.Enum("unused", "keyed", "void", name="sheetstate", native_enum=False, length=40), nullable=False),
        sa.Column("printed_by_id", sa.Integer(), nullable=False),
        sa.Column("printed_at", sa.DateTime(), nullable=False),
        sa.Column("contribution_id", sa.Integer(), nullable=True),
        sa.Column("settled_by_id", sa.Integer(), nullable=True),
        sa.Column("settled_at", sa.DateTime(), nullable=True),
        sa.Column("unreadable", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("checked_by_id", sa.Integer(), nullable=True),
        sa.Column("checked_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("(state = 'keyed') = (contribution_id IS NOT NULL)", name=op.f("ck_paper_sheet_keyed")),
        sa.ForeignKeyConstraint(["checked_by_id"], ["person.id"], name=op.f("fk_paper_sheet_checked_by_id_person")),
        sa.ForeignKeyConstraint(["contribution_id"], ["contribution.id"], name=op.f("fk_paper_sheet_contribution_id_contribution")),
        sa.ForeignKeyConstraint(["printed_by_id"], ["person.id"], name=op.f("fk_paper_sheet_printed_by_id_person")),
        sa.ForeignKeyConstraint(["process_id"], ["process.id"], name=op.f("fk_paper_sheet_process_id_process")),
        sa.ForeignKeyConstraint(["settled_by_id"], ["person.id"], name=op.f("fk_paper_sheet_settled_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_sheet")),
        sa.UniqueConstraint("contribution_id", name="uq_paper_sheet_contribution"),
        sa.UniqueConstraint("key", name=op.f("uq_paper_sheet_key")),
        sa.UniqueConstraint("process_id", "number", name="uq_paper_sheet_number"),
    )
    with op.batch_alter_table("paper_sheet", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_paper_sheet_process_id"), ["process_id"], unique=False)


def downgrade() -> None:
    op.drop_table("paper_sheet")
    op.drop_table("contribution_summary")
    op.drop_table("whereabouts")
    op.execute("DELETE FROM attachment WHERE uploaded_by_id IS NULL")
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.alter_column("uploaded_by_id", existing_type=sa.Integer(), nullable=False)
    op.drop_table("voice_text")
    op.drop_table("withdrawal")
    op.drop_table("contribution_version")
    op.drop_table("saved_draft")
