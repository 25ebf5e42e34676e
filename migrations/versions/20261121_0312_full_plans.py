"""full plans

Revision ID: 0012
Revises: 0011
"""

import calendar
import datetime

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

TEXTS = (
    "problem", "affected", "since", "causes", "baseline", "done_so_far", "solution", "expected_result", "contribution_to_problem",
    "transparency", "participation", "accountability", "national_plan", "other_plans", "inclusion", "supporting_entities",
    "actors_government", "actors_civil_society", "actors_private", "actors_academia", "pre_assessment", "diagnoses", "workshop_priorities",
)
LINES = ("sdg", "contact_office", "contact_position", "contact_email", "contact_phone", "budget_source")
PLAN_LINES = ("approval_norm_url", "submitted_document", "submitted_url")


def upgrade() -> None:
    _plan()
    _commitment()
    for name in ("expected_output", "evidence"):
        op.add_column("milestone", sa.Column(name, sa.Text(), nullable=False, server_default=""))
    op.add_column("milestone", sa.Column("starts_on", sa.Date(), nullable=True))
    _versions()
    _follow_up()
    _library()
    placed = "commitment_id IS NOT NULL AND ideas IS NULL"
    op.create_index(
        "ix_decision_place", "decision", ["process_id", "commitment_id", "milestone_id", "clause", "outcome", "contribution_id"],
        sqlite_where=sa.text(f"is_current = 1 AND {placed}"), postgresql_where=sa.text(f"is_current AND {placed}"),
    )


def _plan() -> None:
    op.add_column("action_plan", sa.Column("starts_on", sa.Date(), nullable=True))
    op.add_column("action_plan", sa.Column("ends_on", sa.Date(), nullable=True))
    op.add_column("action_plan", sa.Column("submitted_at", sa.DateTime(), nullable=True))
    for name in PLAN_LINES:
        op.add_column("action_plan", sa.Column(name, sa.String(), nullable=False, server_default=""))
    plans = sa.table(
        "action_plan", sa.column("id", sa.Integer), sa.column("starts", sa.String), sa.column("ends", sa.String),
        sa.column("starts_on", sa.Date), sa.column("ends_on", sa.Date),
    )
    bind = op.get_bind()
    for plan_id, starts, ends in bind.execute(sa.select(plans.c.id, plans.c.starts, plans.c.ends)).all():
        days = {"starts_on": _day(starts, is_last=False), "ends_on": _day(ends, is_last=True)}
        bind.execute(plans.update().where(plans.c.id == plan_id).values(**days))
    op.drop_column("action_plan", "starts")
    op.drop_column("action_plan", "ends")


def _day(month, *, is_last):
    """ "2027-01" as its first or last day; a month that was never written, or written otherwise, is no day."""
    try:
        year, number = (int(part) for part in month.split("-"))
        return datetime.date(year, number, calendar.monthrange(year, number)[1] if is_last else 1)
    except ValueError:
        return None


def _commitment() -> None:
    op.add_column("commitment", sa.Column("state", sa.String(length=40), nullable=False, server_default="idea"))
    op.add_column("commitment", sa.Column("revision", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("commitment", sa.Column("saved_at", sa.DateTime(), nullable=True))
    with op.batch_alter_table("commitment") as batch:
        batch.add_column(sa.Column("saved_by_id", sa.Integer(), nullable=True))
        batch.create_foreign_key("fk_commitment_saved_by_id_person", "person", ["saved_by_id"], ["id"])
    op.add_column("commitment", sa.Column("starts_on", sa.Date(), nullable=True))
    op.add_column("commitment", sa.Column("ends_on", sa.Date(), nullable=True))
    for name in TEXTS:
        op.add_column("commitment", sa.Column(name, sa.Text(), nullable=False, server_default=""))
    for name in LINES:
        op.add_column("commitment", sa.Column(name, sa.String(), nullable=False, server_default=""))
    op.add_column("commitment", sa.Column("challenge_area", sa.String(length=40), nullable=True))
    op.add_column("commitment", sa.Column("budget_centimos", sa.BigInteger(), nullable=True))
    op.add_column("commitment", sa.Column("is_sustained", sa.Boolean(), nullable=True))
    op.execute(
        "UPDATE commitment SET state = 'adopted' WHERE plan_id IN (SELECT id FROM action_plan WHERE state = 'approved')"
    )


def _versions() -> None:
    op.create_table(
        "plan_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("published_by_id", sa.Integer(), nullable=False),
        sa.Column("published_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["action_plan.id"], name="fk_plan_version_plan_id_action_plan"),
        sa.ForeignKeyConstraint(["published_by_id"], ["person.id"], name="fk_plan_version_published_by_id_person"),
        sa.PrimaryKeyConstraint("id", name="pk_plan_version"),
        sa.UniqueConstraint("plan_id", "n", name="uq_plan_version_n"),
    )
    op.create_table(
        "plan_comment",
        sa.Column("contribution_id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("clause", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["contribution_id"], ["contribution.id"], name="fk_plan_comment_contribution_id_contribution"),
        sa.ForeignKeyConstraint(["plan_id"], ["action_plan.id"], name="fk_plan_comment_plan_id_action_plan"),
        sa.ForeignKeyConstraint(["version_id"], ["plan_version.id"], name="fk_plan_comment_version_id_plan_version"),
        sa.PrimaryKeyConstraint("contribution_id", name="pk_plan_comment"),
    )
    op.create_index("ix_plan_comment_clause", "plan_comment", ["plan_id", "clause"])


def _follow_up() -> None:
    op.create_table(
        "commitment_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("commitment_id", sa.Integer(), nullable=False),
        sa.Column("from_state", sa.String(length=40), nullable=False),
        sa.Column("to_state", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("version_n", sa.Integer(), nullable=True),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["commitment_id"], ["commitment.id"], name="fk_commitment_step_commitment_id_commitment"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_commitment_step_person_id_person"),
        sa.PrimaryKeyConstraint("id", name="pk_commitment_step"),
    )
    op.create_index("ix_commitment_step_commitment", "commitment_step", ["commitment_id", "at", "id"])
    op.create_table(
        "plan_amendment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("commitment_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("plan_revision", sa.Integer(), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(), nullable=False),
        sa.Column("government_by_id", sa.Integer(), nullable=True),
        sa.Column("government_at", sa.DateTime(), nullable=True),
        sa.Column("non_government_by_id", sa.Integer(), nullable=True),
        sa.Column("non_government_at", sa.DateTime(), nullable=True),
        sa.Column("settled_at", sa.DateTime(), nullable=True),
        sa.Column("is_applied", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["commitment_id"], ["commitment.id"], name="fk_plan_amendment_commitment_id_commitment"),
        sa.ForeignKeyConstraint(["proposed_by_id"], ["person.id"], name="fk_plan_amendment_proposed_by_id_person"),
        sa.ForeignKeyConstraint(["government_by_id"], ["person.id"], name="fk_plan_amendment_government_by_id_person"),
        sa.ForeignKeyConstraint(["non_government_by_id"], ["person.id"], name="fk_plan_amendment_non_government_by_id_person"),
        sa.PrimaryKeyConstraint("id", name="pk_plan_amendment"),
    )
    _one_only("uq_plan_amendment_open", "plan_amendment", ["commitment_id"], "settled_at IS NULL")
    op.create_table(
        "progress_update",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("commitment_id", sa.Integer(), nullable=False),
        sa.Column("milestone_id", sa.Integer(), nullable=True),
        sa.Column("clause", sa.String(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("reading_of", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.Column("completion", sa.String(length=40), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("next_step", sa.Text(), nullable=False),
        sa.Column("evidence_url", sa.String(), nullable=False),
        sa.Column("correction_reason", sa.Text(), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=False),
        sa.Column("published_at", sa.DateTime(), nullable=False),
        sa.Column("verified_by_id", sa.Integer(), nullable=True),
        sa.Column("verified_at", sa.DateTime(), nullable=True),
        sa.Column("verification_note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["commitment_id"], ["commitment.id"], name="fk_progress_update_commitment_id_commitment"),
        sa.ForeignKeyConstraint(["milestone_id"], ["milestone.id"], name="fk_progress_update_milestone_id_milestone"),
        sa.ForeignKeyConstraint(["written_by_id"], ["person.id"], name="fk_progress_update_written_by_id_person"),
        sa.ForeignKeyConstraint(["verified_by_id"], ["person.id"], name="fk_progress_update_verified_by_id_person"),
        sa.PrimaryKeyConstraint("id", name="pk_progress_update"),
        sa.UniqueConstraint("commitment_id", "clause", "period", "reading_of", "version", name="uq_progress_update_version"),
    )
    _one_only("uq_progress_update_current", "progress_update", ["commitment_id", "clause", "period", "reading_of"], "is_current")
    op.create_index("ix_progress_update_published", "progress_update", ["published_at", "id"])


def _one_only(name, table, columns, where) -> None:
    op.create_index(name, table, columns, unique=True, sqlite_where=sa.text(where), postgresql_where=sa.text(where))


def _library() -> None:
    op.create_table(
        "past_plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("years", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("commitment_count", sa.Integer(), nullable=True),
        sa.Column("approval_norm", sa.String(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("imported_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_past_plan"),
        sa.UniqueConstraint("slug", name="uq_past_plan_slug"),
        sa.UniqueConstraint("n", name="uq_past_plan_n"),
    )
    op.create_table(
        "past_plan_fact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("past_plan_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("source_title", sa.String(), nullable=False),
        sa.Column("source_url", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["past_plan_id"], ["past_plan.id"], name="fk_past_plan_fact_past_plan_id_past_plan"),
        sa.PrimaryKeyConstraint("id", name="pk_past_plan_fact"),
        sa.UniqueConstraint("past_plan_id", "position", name="uq_past_plan_fact_position"),
    )
    op.create_table(
        "past_commitment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("past_plan_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("source_title", sa.String(), nullable=False),
        sa.Column("source_url", sa.String(), nullable=False),
        sa.Column("irm_verifiable", sa.String(length=40), nullable=True),
        sa.Column("irm_open_gov_lens", sa.String(length=40), nullable=True),
        sa.Column("irm_potential", sa.String(length=40), nullable=True),
        sa.Column("irm_completion", sa.String(length=40), nullable=True),
        sa.Column("irm_early_results", sa.String(length=40), nullable=True),
        sa.Column("irm_report_url", sa.String(), nullable=False),
        sa.CheckConstraint(
            "irm_report_url <> '' OR (irm_verifiable IS NULL AND irm_open_gov_lens IS NULL AND irm_potential IS NULL "
            "AND irm_completion IS NULL AND irm_early_results IS NULL)",
            name="ck_past_commitment_codes_with_report",
        ),
        sa.ForeignKeyConstraint(["past_plan_id"], ["past_plan.id"], name="fk_past_commitment_past_plan_id_past_plan"),
        sa.PrimaryKeyConstraint("id", name="pk_past_commitment"),
        sa.UniqueConstraint("past_plan_id", "position", name="uq_past_commitment_position"),
    )


def downgrade() -> None:
    op.drop_index("ix_decision_place", "decision")
    for table in ("past_commitment", "past_plan_fact", "past_plan", "progress_update", "plan_amendment", "commitment_step",
                  "plan_comment", "plan_version"):
        op.drop_table(table)
    for name in ("expected_output", "evidence", "starts_on"):
        op.drop_column("milestone", name)
    with op.batch_alter_table("commitment") as batch:
        batch.drop_constraint("fk_commitment_saved_by_id_person", type_="foreignkey")
        batch.drop_column("saved_by_id")
    for name in ("state", "revision", "saved_at", "starts_on", "ends_on", *TEXTS, *LINES, "challenge_area",
                 "budget_centimos", "is_sustained"):
        op.drop_column("commitment", name)
    op.add_column("action_plan", sa.Column("starts", sa.String(), nullable=False, server_default=""))
    op.add_column("action_plan", sa.Column("ends", sa.String(), nullable=False, server_default=""))
    plans = sa.table(
        "action_plan", sa.column("id", sa.Integer), sa.column("starts", sa.String), sa.column("ends", sa.String),
        sa.column("starts_on", sa.Date), sa.column("ends_on", sa.Date),
    )
    bind = op.get_bind()
    for plan_id, starts, ends in bind.execute(sa.select(plans.c.id, plans.c.starts_on, plans.c.ends_on)).all():
        months = {"starts": starts.strftime("%Y-%m") if starts else "", "ends": ends.strftime("%Y-%m") if ends else ""}
        bind.execute(plans.update().where(plans.c.id == plan_id).values(**months))
    for name in ("starts_on", "ends_on", "submitted_at", *PLAN_LINES):
        op.drop_column("action_plan", name)
