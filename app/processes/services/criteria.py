"""The criteria of a process: written with their scales, published together before anybody contributes."""

from datetime import datetime

from app.audit import services as audit
from app.core.db import db
from app.core.errors import Problem, refuse_if_any
from app.core.text import clean, clean_line
from app.processes import queries
from app.processes.models import Criterion, Process
from app.processes.rules.drafts import CriterionDraft, ProcessProblem, problems_with_criteria, problems_with_criterion
from app.processes.services.contents import flush, next_position
from app.processes.services.public import touch_public


def add_criterion(process: Process, draft: CriterionDraft, *, person_id: int, now: datetime) -> Criterion:
    """A criterion after the ones that are there; none can be added once they are public. Raises RuleBroken."""
    name = clean_line(draft.name)
    known = queries.criteria(process.id)
    problems = problems_with_criterion(draft) + _published(known)
    if any(criterion.name == name for criterion in known):
        problems.append(Problem(ProcessProblem.CRITERION_TAKEN, "name"))
    refuse_if_any(problems)
    criterion = Criterion(process_id=process.id, name=name, position=next_position(Criterion, process.id))
    _write(criterion, draft)
    db.session.add(criterion)
    flush({"criterion": Problem(ProcessProblem.CRITERION_TAKEN, "name")})
    return criterion


def edit_criterion(process: Process, criterion: Criterion, draft: CriterionDraft, *, person_id: int, now: datetime) -> Criterion:
    """Change a criterion that is not public yet. Raises RuleBroken."""
    refuse_if_any(problems_with_criterion(draft) + _published([criterion]))
    _write(criterion, draft)
    flush({"criterion": Problem(ProcessProblem.CRITERION_TAKEN, "name")})
    return criterion


def remove_criterion(process: Process, criterion: Criterion, *, person_id: int, now: datetime) -> None:
    """Take out a criterion that is not public yet. Raises RuleBroken."""
    refuse_if_any(_published([criterion]))
    db.session.delete(criterion)


def publish_criteria(process: Process, *, person_id: int, now: datetime) -> None:
    """Make all criteria public, together and for good; their weights add up to 100. Raises RuleBroken.

    The register keeps whether that was before the first opportunity to contribute opened (BR-20): later is allowed, and shows.
    """
    known = queries.criteria(process.id)
    refuse_if_any(_published(known) + problems_with_criteria([criterion.weight for criterion in known]))
    for criterion in known:
        criterion.published_at = now
    opened = queries.inputs_opened_at(process.id)
    facts = {
        "before_inputs": opened is None or now < opened,
        "criteria": [{"highest": c.highest, "lowest": c.lowest, "name": c.name, "weight": c.weight} for c in known],
    }
    audit.record("processes.publish-criteria", "process", process.slug, facts, at=now, role="secretaría")
    touch_public(process.id)


def _published(criteria: object) -> list[Problem]:
    is_public = any(criterion.published_at for criterion in criteria)  # type: ignore[attr-defined]
    return [Problem(ProcessProblem.CRITERIA_PUBLISHED)] if is_public else []


def _write(criterion: Criterion, draft: CriterionDraft) -> None:
    criterion.name, criterion.weight, criterion.how_to_check = clean_line(draft.name), draft.weight, clean(draft.how_to_check)
    criterion.lowest, criterion.highest = draft.lowest, draft.highest
    criterion.lowest_means, criterion.highest_means = clean(draft.lowest_means), clean(draft.highest_means)
