"""Reading projects, their evaluation, their answers and the matrix; and what of them guards and tabs ask."""

from typing import Any

from sqlalchemy import exists, select

from app.budgeting.models import BudgetRound
from app.budgeting.rules.tabs import RoundTab, Tab
from app.core.db import db
from app.projects.models import Project
from app.projects.queries.alike import Gathering, Similar, gatherings, similar_to
from app.projects.queries.answers import (
    answered_count,
    chosen_codes,
    contributions_to_answer,
    current_answer,
    current_answers,
    in_order,
    last_answer_version,
    open_answer,
    open_answers,
    published_answers,
    saved_answers,
    unanswered_dropped,
    without_answer,
)
from app.projects.queries.evaluations import (
    all_published_evaluations,
    appeal,
    appealable_until,
    appeals,
    authors_of,
    clarifications,
    evaluations,
    evaluations_in,
    involved,
    last_evaluation_number,
    latest_published,
    latest_sheet,
    open_appeal,
    open_clarification,
    open_evaluation,
    projects_waiting,
    published_of,
    published_sheet,
    sheets,
    team,
    waiting_appeals,
)
from app.projects.queries.matrix import (
    givers,
    is_marking,
    latest_matrix,
    locked_matrix,
    marked_pots,
    marks_given,
    published_matrix,
    ranked_round,
    tallies,
)
from app.projects.queries.projects import (
    PROJECT_SUBJECT,
    Origin,
    Sums,
    admissible,
    all_rows,
    changes,
    codes_of,
    contributions_by_code,
    in_states,
    last_number,
    lock_round,
    locked,
    merged_from,
    merged_into,
    names_of,
    origins,
    page_of,
    project_by_code,
    project_by_id,
    projects_of,
    projects_of_contribution,
    public_project,
    state_of_round,
    sums,
    territories_used,
    unassigned,
    used_contributions,
    version,
    versions,
    with_pots,
)
from app.projects.queries.waiting import answers_to_approve, appeals_waiting, evaluations_given, evaluations_to_approve

__all__ = [
    "Gathering", "Origin", "PROJECT_SUBJECT", "Similar", "Sums", "admissible", "all_published_evaluations", "all_rows",
    "answered_count", "answers_to_approve", "appeal", "appealable_until", "appeals", "appeals_waiting", "authors_of", "changes",
    "chosen_codes", "clarifications", "codes_of", "contributions_by_code", "contributions_to_answer", "current_answer",
    "current_answers", "evaluations", "evaluations_given", "evaluations_in", "evaluations_to_approve", "gatherings", "givers",
    "in_order", "in_states", "involved", "is_marking", "last_answer_version", "last_evaluation_number", "last_number", "latest_matrix",
    "latest_published", "latest_sheet", "lock_round", "locked", "locked_matrix", "marked_pots", "marks_given", "merged_from",
    "merged_into", "names_of", "open_answer", "open_answers", "open_appeal", "open_clarification", "open_evaluation", "origins",
    "page_of", "project_by_code", "project_by_id", "projects_of", "projects_of_contribution", "projects_waiting", "public_project",
    "published_answers", "published_matrix", "published_of", "published_sheet", "ranked_round", "round_facts", "round_tabs",
    "saved_answers", "sheets", "similar_to", "state_of_round", "sums", "tallies", "team", "territories_used", "unanswered_dropped",
    "unassigned", "used_contributions", "version", "versions", "waiting_appeals", "with_pots", "without_answer",
]  # fmt: skip


def round_facts(round_id: int) -> dict[str, Any]:
    """What the guards of the round ask of its projects."""
    return {
        "unanswered_dropped": unanswered_dropped(round_id), "projects_waiting": projects_waiting(round_id),
        "appealable_until": appealable_until(round_id), "is_marking": is_marking(round_id),
    }  # fmt: skip


def round_tabs(round_: BudgetRound) -> list[RoundTab]:
    """The page of the projects, once one is public or its criteria are."""
    has_public = db.session.scalar(select(exists().where(Project.round_id == round_.id, Project.is_public.is_(True))))
    return [RoundTab(Tab.PROJECTS, "projects.index")] if has_public or published_sheet(round_.id) else []
