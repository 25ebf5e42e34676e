"""who is to answer what, marked contributions, texts to start an answer from

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

OUTCOMES = (
    "adopted", "adopted_partially", "already_covered", "deferred", "referred", "not_adopted", "out_of_scope", "merged",
    "needs_clarification", "withdrawn",
)
REASONS = ("R01", "R02", "R03", "R04", "R05", "R06", "R07", "R08", "R09", "R10", "R11", "R12", "R13", "R99")


def upgrade() -> None:
    op.create_table(
        "assignment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("process_id", sa.Integer(), nullable=False),
        sa.Column("contribution_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("from_organisation_id", sa.Integer(), nullable=True),
        sa.Column(
            "kind", sa.Enum("assigned", "forwarded", "returned", name="assignmentkind", native_enum=False, length=40), nullable=False
        ),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.Column("assigned_by_id", sa.Integer(), nullable=False),
        sa.Column("assigned_at", sa.DateTime(), nullable=False),
        sa.Column("soon_letter_at", sa.DateTime(), nullable=True),
        sa.Column("overdue_letter_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["assigned_by_id"], ["person.id"], name=op.f("fk_assignment_assigned_by_id_person")),
        sa.ForeignKeyConstraint(["contribution_id"], ["contribution.id"], name=op.f("fk_assignment_contribution_id_contribution")),
        sa.ForeignKeyConstraint(["from_organisation_id"], ["organisation.id"], name=op.f("fk_assignment_from_organisation_id_organisation")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_assignment_organisation_id_organisation")),
        sa.ForeignKeyConstraint(["process_id"], ["process.id"], name=op.f("fk_assignment_process_id_process")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
    )
    op.create_index(
        "uq_assignment_current", "assignment", ["contribution_id"], unique=True,
        sqlite_where=sa.text("is_current"), postgresql_where=sa.text("is_current"),
    )
    op.create_index("ix_assignment_pile", "assignment", ["process_id", "is_current", "organisation_id", "due_on"])
    op.create_index("ix_assignment_contribution", "assignment", ["contribution_id", "id"])
    op.create_table(
        "contribution_selection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("process_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("ids", sa.JSON(), nullable=False),
        sa.Column("arguments", sa.JSON(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_contribution_selection_person_id_person")),
        sa.ForeignKeyConstraint(["process_id"], ["process.id"], name=op.f("fk_contribution_selection_process_id_process")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contribution_selection")),
        sa.UniqueConstraint("key", name=op.f("uq_contribution_selection_key")),
    )
    op.create_index("ix_contribution_selection_made", "contribution_selection", ["made_at"])
    op.create_table(
        "answer_template",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("space_id", sa.Integer(), nullable=False),
        sa.Column("process_id", sa.Integer(), nullable=True),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("outcome", sa.Enum(*OUTCOMES, name="outcome", native_enum=False, length=40), nullable=False),
        sa.Column("reason_code", sa.Enum(*REASONS, name="reason", native_enum=False, length=40), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(), nullable=False),
        sa.Column("retired_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["process_id"], ["process.id"], name=op.f("fk_answer_template_process_id_process")),
        sa.ForeignKeyConstraint(["space_id"], ["space.id"], name=op.f("fk_answer_template_space_id_space")),
        sa.ForeignKeyConstraint(["written_by_id"], ["person.id"], name=op.f("fk_answer_template_written_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_template")),
        sa.UniqueConstraint("space_id", "slug", name="uq_answer_template_slug"),
    )
    kinds = sa.Enum("contributions", "answers", name="holds", native_enum=False, length=40)
    with op.batch_alter_table("import_map") as table:
        table.add_column(sa.Column("holds", kinds, nullable=False, server_default="contributions"))
        table.drop_constraint("uq_import_map_name", type_="unique")
        table.create_unique_constraint("uq_import_map_name", ["process_id", "holds", "name"])
    with op.batch_alter_table("import_map") as table:
        table.alter_column("holds", server_default=None)


def downgrade() -> None:
    op.execute("DELETE FROM import_map WHERE holds <> 'contributions'")
    with op.batch_alter_table("import_map") as table:
        table.drop_constraint("uq_import_map_name", type_="unique")
        table.drop_column("holds")
        table.create_unique_constraint("uq_import_map_name", ["process_id", "name"])
    op.drop_table("answer_template")
    op.drop_table("contribution_selection")
    op.drop_table("assignment")
