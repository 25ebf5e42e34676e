"""Commitments of a draft: opened, written section by section, with their milestones."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from app.core.db import db
from app.core.errors import Problem, RuleBroken, SomebodyWasFirst, refuse_if_any
from app.core.text import clean, clean_line, to_html
from app.organisations.models import Organisation
from app.plans import queries
from app.plans.models import ActionPlan, Commitment, CommitmentStep, Milestone
from app.plans.rules import commitments as rules
from app.plans.rules import template
from app.plans.rules.commitments import CommitmentDraft, CommitmentState, MilestoneDraft
from app.plans.rules.plan import PlanProblem
from app.plans.rules.template import BY_NAME, BY_SECTION, Kind, Section
from app.plans.services import steps
from app.plans.services.versions import changed, closed
from app.processes.models import Theme


def add_commitment(plan: ActionPlan, draft: CommitmentDraft, *, person_id: int, now: datetime) -> Commitment:
    """A commitment at the end of the plan, or under the number the draft gives. Numbers are never used twice. Raises RuleBroken."""
    refuse_if_any([*closed(plan), *rules.problems_with_commitment(draft)])
    organisation_id, theme_id = _ids(plan, draft.organisation, draft.theme)
    number = draft.number or plan.last_number + 1
    commitment = Commitment(
        plan_id=plan.id, number=number, title=clean_line(draft.title), description=clean(draft.description),
        description_html=str(to_html(draft.description)), organisation_id=organisation_id, theme_id=theme_id,
    )  # fmt: skip
    db.session.add(commitment)
    try:
        db.session.flush()
    except IntegrityError:
        db.session.rollback()
        raise RuleBroken([Problem(PlanProblem.COMMITMENT_NUMBER_TAKEN, "number", {"number": number})]) from None
    plan.last_number = max(plan.last_number, number)
    changed(plan)
    return commitment


def save_section(
    commitment: Commitment, section: Section, values: Mapping[str, Any], *, revision: int, person_id: int, now: datetime
) -> None:
    """Write one section of the template; what was validated goes back to be read again. The caller commits.

    `revision` is the one the writer saw. Organisation and theme come by slug. `commitment.plan`, organisation and theme are loaded.
    Raises RuleBroken, and SomebodyWasFirst with the values that now stand.
    """
    plan, tidy = commitment.plan, tidy_values(section, values)
    refuse_if_any([*closed(plan), *problems_with_section(commitment, section, tidy)])
    columns = columns_of(plan, tidy)
    state = rules.after_edit(commitment.state)
    written = db.session.execute(
        update(Commitment)
        .where(Commitment.id == commitment.id, Commitment.revision == revision)
        .values(**columns, state=state, revision=revision + 1, saved_by_id=person_id, saved_at=now),
        execution_options={"synchronize_session": False},
    )
    if not written.rowcount:  # type: ignore[attr-defined]
        db.session.expire(commitment)
        current = queries.commitment_by_number(plan.id, commitment.number)
        raise SomebodyWasFirst(current)
    if state is not commitment.state:
        steps.keep(commitment, state, person_id=person_id, now=now, role="redacción")
    db.session.expire(commitment)
    _settle(commitment.id, person_id, now)
    changed(plan)


def _settle(commitment_id: int, person_id: int, now: datetime) -> None:
    """An idea whose template is complete is a draft."""
    found = queries.commitment_by_id(commitment_id)
    if found is not None and found.state is CommitmentState.IDEA and not steps.facts(found).missing:
        steps.keep(found, CommitmentState.DRAFTED, person_id=person_id, now=now, role="redacción")
        found.state = CommitmentState.DRAFTED
        db.session.flush()


def problems_with_section(commitment: Commitment, section: Section, values: Mapping[str, Any]) -> list[Problem]:
    """What is wrong with a section's fields; only the first section must be filled to be saved."""
    problems = list(template.problems_with_section({**queries.values_of(commitment), **values}))
    if section is Section.GENERAL:
        draft = CommitmentDraft(values["title"], values["description"], values["organisation"], values["theme"])
        problems += rules.problems_with_commitment(draft)
    return problems


def tidy_values(section: Section, values: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a section cleaned: one line, several, or a list with one a line; those not given are empty."""
    return {field.name: _tidy(field.kind, values.get(field.name)) for field in BY_SECTION[section]}


def _tidy(kind: Kind, value: Any) -> Any:
    if kind in (Kind.LINE, Kind.ORGANISATION, Kind.THEME):
        return clean_line(value)
    if kind is Kind.TEXT:
        return clean(value)
    if kind is Kind.LINES:
        return "\n".join(line for line in (clean_line(part) for part in clean(value).split("\n")) if line)
    return value


def columns_of(plan: ActionPlan, values: Mapping[str, Any]) -> dict[str, Any]:
    """The columns that tidy values fill."""
    columns = {name: value for name, value in values.items() if BY_NAME[name].kind not in (Kind.ORGANISATION, Kind.THEME)}
    if "organisation" in values:
        columns["organisation_id"], columns["theme_id"] = _ids(plan, values["organisation"], values["theme"])
    if "description" in values:
        columns["description_html"] = str(to_html(values["description"]))
    return columns


def remove_commitment(commitment: Commitment, *, person_id: int, now: datetime) -> None:
    """Take a commitment out of the draft with its milestones. Raises RuleBroken when an answer points to it."""
    refuse_if_any(closed(commitment.plan))
    plan, number = commitment.plan, commitment.number
    try:
        db.session.execute(delete(CommitmentStep).where(CommitmentStep.commitment_id == commitment.id))
        db.session.execute(delete(Milestone).where(Milestone.commitment_id == commitment.id))
        db.session.execute(delete(Commitment).where(Commitment.id == commitment.id))
    except IntegrityError:
        db.session.rollback()
        raise RuleBroken([Problem(PlanProblem.COMMITMENT_IN_USE, None, {"number": number})]) from None
    changed(plan)


def add_milestone(commitment: Commitment, draft: MilestoneDraft, *, person_id: int, now: datetime, number: str = "") -> Milestone:
    """A milestone, numbered after the last ("2.3") unless `number` is given. Raises RuleBroken."""
    refuse_if_any([*closed(commitment.plan), *rules.problems_with_milestone(draft)])
    assert draft.due_on is not None  # noqa: S101 - the rule above has just said so
    taken = [int(m.number.partition(".")[2] or 0) for m in queries.milestones_of(commitment.id)]
    milestone = Milestone(
        commitment_id=commitment.id, number=number or f"{commitment.number}.{max(taken, default=0) + 1}", title=clean_line(draft.title),
        **milestone_columns(draft),
    )  # fmt: skip
    db.session.add(milestone)
    db.session.flush()
    _reopen(commitment, person_id, now)
    changed(commitment.plan)
    return milestone


def milestone_columns(draft: MilestoneDraft) -> dict[str, Any]:
    """The columns of a milestone, title aside, that its draft fills."""
    return {
        "due_on": draft.due_on, "responsible": clean_line(draft.responsible), "starts_on": draft.starts_on,
        "expected_output": clean(draft.expected_output), "evidence": clean(draft.evidence),
    }  # fmt: skip


def _reopen(commitment: Commitment, person_id: int, now: datetime) -> None:
    """A milestone is part of what was validated."""
    state = rules.after_edit(commitment.state)
    if state is not commitment.state:
        steps.keep(commitment, state, person_id=person_id, now=now, role="redacción")
        commitment.state = state
    db.session.flush()
    _settle(commitment.id, person_id, now)


def edit_milestone(commitment: Commitment, milestone: Milestone, draft: MilestoneDraft, *, person_id: int, now: datetime) -> None:
    """Change a milestone, keeping its number. Raises RuleBroken."""
    refuse_if_any([*closed(commitment.plan), *rules.problems_with_milestone(draft)])
    assert draft.due_on is not None  # noqa: S101 - the rule above has just said so
    milestone.title = clean_line(draft.title)
    for name, value in milestone_columns(draft).items():
        setattr(milestone, name, value)
    _reopen(commitment, person_id, now)
    changed(commitment.plan)


def remove_milestone(commitment: Commitment, milestone: Milestone, *, person_id: int, now: datetime) -> None:
    """Take a milestone out of the draft. Raises RuleBroken when an answer points to it."""
    refuse_if_any(closed(commitment.plan))
    plan, number = commitment.plan, milestone.number
    try:
        db.session.execute(delete(Milestone).where(Milestone.id == milestone.id))
    except IntegrityError:
        db.session.rollback()
        raise RuleBroken([Problem(PlanProblem.MILESTONE_IN_USE, None, {"number": number})]) from None
    changed(plan)


def _ids(plan: ActionPlan, organisation: str, theme: str) -> tuple[int | None, int | None]:
    organisation_id = db.session.scalar(select(Organisation.id).where(Organisation.slug == organisation))
    if organisation_id is None:
        raise RuleBroken([Problem(PlanProblem.COMMITMENT_NO_ORGANISATION, "organisation")])
    theme_id = db.session.scalar(select(Theme.id).where(Theme.process_id == plan.process_id, Theme.slug == theme)) if theme else None
    return organisation_id, theme_id
