"""Changing or withdrawing an approved commitment: proposed with a public reason, applied and published when both sectors signed."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy.exc import IntegrityError

from app.audit import services as audit
from app.core.db import db
from app.core.errors import Problem, RuleBroken, refuse_if_any
from app.core.text import clean
from app.plans import queries
from app.plans.models import Amendment, Commitment, Milestone
from app.plans.rules import amendments as rules
from app.plans.rules.amendments import AmendmentKind
from app.plans.rules.commitments import ChallengeArea, CommitmentProblem, CommitmentState, MilestoneDraft, problems_with_milestone
from app.plans.rules.plan import PlanProblem, PlanSeat, PlanState
from app.plans.rules.template import BY_NAME, Kind, Section
from app.plans.rules.versions import VersionKind
from app.plans.services import steps
from app.plans.services.commitments import columns_of, milestone_columns, problems_with_section, tidy_values
from app.plans.services.versions import changed, publish
from app.processes import services as processes

ROLE = "gobierno y sociedad civil"
Content = dict[str, Any]


def propose_change(
    commitment: Commitment, section: Section, values: Mapping[str, Any], reason: str, *, person_id: int, now: datetime
) -> Amendment:
    """Put a change of one section of a commitment in force to the two sectors. The caller commits. Raises RuleBroken."""
    tidy = tidy_values(section, values)
    problems = problems_with_section(commitment, section, tidy)
    standing = queries.values_of(commitment)
    different = {name: value for name, value in tidy.items() if value != standing[name]}
    content = {name: _plain(value) for name, value in different.items()}
    return _propose(commitment, AmendmentKind.MODIFIED, str(section), content, reason, problems, person_id, now)


def propose_milestone_change(
    commitment: Commitment, milestone: Milestone, draft: MilestoneDraft, reason: str, *, person_id: int, now: datetime
) -> Amendment:
    """The same for one milestone: most changes are of a date. Raises RuleBroken."""
    written = {"title": draft.title, **milestone_columns(draft)}
    content = {name: _plain(value) for name, value in written.items() if value != getattr(milestone, name)}
    problems = list(problems_with_milestone(draft))
    return _propose(commitment, AmendmentKind.MODIFIED, milestone.number, content, reason, problems, person_id, now)


def propose_withdrawal(commitment: Commitment, reason: str, *, person_id: int, now: datetime) -> Amendment:
    """Put the withdrawal of a commitment in force to the two sectors; its text stays public, marked. Raises RuleBroken."""
    return _propose(commitment, AmendmentKind.WITHDRAWN, "", {}, reason, [], person_id, now)


def _propose(
    commitment: Commitment, kind: AmendmentKind, part: str, content: Content, reason: str, problems: list[Problem], person_id: int,
    now: datetime,
) -> Amendment:  # fmt: skip
    plan = commitment.plan
    if plan.state is not PlanState.APPROVED:
        raise RuleBroken([Problem(PlanProblem.NOT_APPROVED)])
    has_open = queries.open_amendment(commitment.id) is not None
    problems += rules.problems_with_proposal(kind, commitment.state, reason=reason, changes=bool(content), has_open=has_open)
    refuse_if_any(problems)
    amendment = Amendment(
        commitment_id=commitment.id, kind=kind, part=part, content=content, reason=clean(reason), plan_revision=plan.revision,
        proposed_by_id=person_id, proposed_at=now,
    )  # fmt: skip
    db.session.add(amendment)
    try:
        db.session.flush()
    except IntegrityError:
        db.session.rollback()
        raise RuleBroken([Problem(CommitmentProblem.CHANGE_OPEN)]) from None
    return amendment


def agree(amendment: Amendment, seat: PlanSeat, *, person_id: int, now: datetime) -> bool:
    """A sector's signature under a proposed change; with the second it is applied and published, and True comes back.

    `amendment.commitment` is loaded with its plan, process, organisation and theme. The caller commits. Raises RuleBroken.
    """
    commitment = amendment.commitment
    db.session.refresh(commitment.plan, ["revision"], with_for_update=True)
    db.session.refresh(amendment)
    signed = signatures_of(amendment)
    refuse_if_any(
        rules.problems_with_agreement(
            seat, person_id, signed, is_settled=amendment.settled_at is not None,
            is_stale=amendment.plan_revision != commitment.plan.revision,
        )
    )  # fmt: skip
    if seat is PlanSeat.GOVERNMENT:
        amendment.government_by_id, amendment.government_at = person_id, now
    else:
        amendment.non_government_by_id, amendment.non_government_at = person_id, now
    if not signed:
        db.session.flush()
        return False
    _apply(amendment, commitment, person_id, now)
    return True


def signatures_of(amendment: Amendment) -> dict[PlanSeat, int]:
    """Who signed a proposed change, by seat."""
    found = {PlanSeat.GOVERNMENT: amendment.government_by_id, PlanSeat.NON_GOVERNMENT: amendment.non_government_by_id}
    return {seat: person for seat, person in found.items() if person is not None}


def take_back(amendment: Amendment, *, person_id: int, now: datetime) -> None:
    """Close a proposed change that will not be made; nothing of the plan moves. Raises RuleBroken when it is settled."""
    db.session.refresh(amendment, with_for_update=True)
    if amendment.settled_at is not None:
        raise RuleBroken([Problem(CommitmentProblem.CHANGE_SETTLED)])
    amendment.settled_at = now
    db.session.flush()


def _apply(amendment: Amendment, commitment: Commitment, person_id: int, now: datetime) -> None:
    plan = commitment.plan
    to = commitment.state
    if amendment.kind is AmendmentKind.WITHDRAWN:
        to = CommitmentState.WITHDRAWN
    elif "." in amendment.part:
        _write_milestone(commitment, amendment)
    else:
        _write_section(commitment, amendment)
    before, commitment.state = commitment.state, to
    commitment.revision += 1
    amendment.settled_at, amendment.is_applied = now, True
    db.session.flush()
    changed(plan)
    version = publish(plan, VersionKind.MODIFIED, amendment.reason, person_id=person_id, now=now, role=ROLE)
    steps.keep(commitment, to, before=before, person_id=person_id, now=now, role=ROLE, reason=amendment.reason, version_n=version.n)
    db.session.flush()
    facts = {
        "commitment": commitment.number, "kind": str(amendment.kind), "part": amendment.part, "reason": amendment.reason,
        "version": version.n,
    }  # fmt: skip
    audit.record("plans.amend", "process", plan.process.slug, facts, at=now, role=ROLE)
    processes.touch_public(plan.process_id)


def _write_section(commitment: Commitment, amendment: Amendment) -> None:
    values = {name: _value(name, value) for name, value in amendment.content.items()}
    if "organisation" in values or "theme" in values:
        standing = queries.values_of(commitment)
        values = {"organisation": standing["organisation"], "theme": standing["theme"], **values}
    for name, value in columns_of(commitment.plan, values).items():
        setattr(commitment, name, value)


def _write_milestone(commitment: Commitment, amendment: Amendment) -> None:
    milestone = queries.milestone_by_number(commitment.id, amendment.part)
    assert milestone is not None  # noqa: S101 - milestones of an approved plan are never removed
    for name, value in amendment.content.items():
        setattr(milestone, name, _day(value) if name.endswith("_on") else value)


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, StrEnum) else value


def _value(name: str, value: Any) -> Any:
    """What `_plain` wrote, as the column wants it."""
    if BY_NAME[name].kind is Kind.DAY:
        return _day(value)
    return (ChallengeArea(value) if value else None) if BY_NAME[name].kind is Kind.CHOICE else value


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
