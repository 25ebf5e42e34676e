"""The sheet of criteria of a round: published before it is used, frozen by the first evaluation."""

from collections.abc import Sequence
from datetime import datetime

from app.audit import services as audit
from app.budgeting.models import BudgetRound
from app.core.db import db
from app.core.errors import Problem, RuleBroken, SomebodyWasFirst, refuse_if_any
from app.core.text import clean, clean_line
from app.projects import queries
from app.projects.models import EvaluationSheet
from app.projects.rules import evaluating as rules
from app.projects.rules.evaluating import EvaluationProblem, SheetCriterion, SheetState
from app.projects.rules.phases import Doing, problems_with_phase
from app.projects.services.trail import TEAM


def save_sheet(
    round_: BudgetRound, criteria: Sequence[SheetCriterion], appeal_days: int, *, version: int, person_id: int, now: datetime
) -> EvaluationSheet:  # fmt: skip
    """Write the criteria; over a published version, a new one. `version` is the one on the screen, 0 when there was none.

    The caller commits. Raises RuleBroken and SomebodyWasFirst.
    """
    queries.lock_round(round_.id)
    standing = queries.latest_sheet(round_.id)
    if (standing.version if standing else 0) != version:
        raise SomebodyWasFirst(standing)
    refuse_if_any(problems_with_phase(Doing.SHEET, round_.state))
    tidy = [SheetCriterion(c.key, c.step, clean_line(c.name), clean(c.hint)) for c in criteria]
    refuse_if_any(rules.problems_with_sheet(tidy, appeal_days, state=standing.state if standing else None))
    content = [c.as_json() for c in rules.criteria_of([c.as_json() for c in tidy])]
    if standing is None or standing.state is not SheetState.DRAFT:
        standing = EvaluationSheet(
            round_id=round_.id, version=version + 1, criteria=content, appeal_days=appeal_days, saved_by_id=person_id, saved_at=now
        )
        db.session.add(standing)
    standing.criteria, standing.appeal_days = content, appeal_days
    standing.saved_by_id, standing.saved_at = person_id, now
    db.session.flush()
    return standing


def publish_sheet(round_: BudgetRound, *, person_id: int, now: datetime) -> EvaluationSheet:
    """Everybody may read by what projects will be judged. The caller commits. Raises RuleBroken. `round_.process` is loaded."""
    queries.lock_round(round_.id)
    refuse_if_any(problems_with_phase(Doing.SHEET, round_.state))
    sheet = queries.latest_sheet(round_.id)
    if sheet is None or sheet.state is not SheetState.DRAFT:
        raise RuleBroken([Problem(EvaluationProblem.SHEET_FROZEN if sheet else EvaluationProblem.SHEET_EMPTY)])
    sheet.state, sheet.published_at = SheetState.PUBLISHED, now
    db.session.flush()
    facts = {"version": sheet.version, "criteria": [c["key"] for c in sheet.criteria], "appeal_days": sheet.appeal_days}
    audit.record("projects.publish-sheet", "budget-round", round_.process.slug, facts, at=now, role=TEAM)
    return sheet
