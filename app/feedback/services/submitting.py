"""Sending many drafts to review at once: what can go goes, what cannot stays a draft with what to mend."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select, update

from app.assignments import queries as assignments
from app.core.clock import lima_day
from app.core.db import db
from app.core.errors import Problem, RuleBroken
from app.feedback import queries
from app.feedback.models import Decision
from app.feedback.rules.acts import FeedbackProblem
from app.feedback.rules.bulk import BulkProblem
from app.feedback.rules.checks import Facts, stops
from app.feedback.rules.drafts import DecisionDraft
from app.feedback.rules.outcomes import DecisionState
from app.groups import queries as groups
from app.groups.rules.groups import GroupProblem, reference
from app.processes.models import Process

A_STATEMENT = 500


@dataclass(frozen=True)
class Submitted:
    """`codes` went to review; `problems` (contribution code -> what stops its answer) stayed drafts."""

    codes: tuple[str, ...]
    problems: Mapping[str, tuple[Problem, ...]]


def submit_many(process: Process, chosen: Sequence[tuple[int, int]], *, person_id: int, now: datetime) -> Submitted:
    """Send to review every draft of `chosen` (decision id, the revision that was on the screen) that its checks let go.

    Each is judged as when it is sent alone, save that answers sent together may merge into one another. One that changed
    meanwhile stays. Answers of another process are passed over. Few statements, however many answers; the caller commits.
    `process.space` is loaded. Raises RuleBroken when nothing of the process was chosen.
    """
    seen = dict(chosen)
    picked = [d for ids in _parts(sorted(seen)) for d in queries.decisions_by_id(ids) if d.process_id == process.id]
    wanted = queries.rows_together(picked)
    for ids in _parts(wanted):
        db.session.execute(select(Decision.id).where(Decision.id.in_(ids)).order_by(Decision.id).with_for_update())
    db.session.expire_all()
    db.session.refresh(process)
    decisions = [d for ids in _parts(wanted) for d in queries.decisions_by_id(ids)]
    if not decisions:
        raise RuleBroken([Problem(FeedbackProblem.NOTHING_CHOSEN)])
    problems = {d.id: found for d in decisions if (found := _changed(d, seen.get(d.id, d.revision)))}
    problems |= _elsewhere(process.id, decisions, person_id, now)
    problems |= stopped(process, decisions, now, already=problems)
    going = [d for d in decisions if d.id not in problems]
    send([d.id for d in going])
    codes = tuple(d.contribution.code for d in going)
    stayed = {d.contribution.code: problems[d.id] for d in decisions if d.id in problems}
    for decision in going:
        db.session.expire(decision, ["state", "return_note", "revision"])
    return Submitted(codes, stayed)


def _elsewhere(process_id: int, decisions: Sequence[Decision], person_id: int, now: datetime) -> dict[int, tuple[Problem, ...]]:
    """Those assigned to an entity the person does not answer for."""
    held = assignments.held_elsewhere(process_id, [d.contribution_id for d in decisions], person_id, lima_day(now))
    found: dict[int, tuple[Problem, ...]] = {}
    for d in decisions:
        if d.contribution_id in held:
            values = {"code": d.contribution.code, "organisation": held[d.contribution_id].organisation}
            found[d.id] = (Problem(BulkProblem.ASSIGNED_ELSEWHERE, None, values),)
    return found


def send(decision_ids: Sequence[int]) -> None:
    """These drafts, judged and held, are in review from now on."""
    for ids in _parts(decision_ids):
        db.session.execute(
            update(Decision)
            .where(Decision.id.in_(ids))
            .values(state=DecisionState.REVIEW, return_note="", revision=Decision.revision + 1)
            .execution_options(synchronize_session=False)
        )


def _changed(decision: Decision, seen_revision: int) -> tuple[Problem, ...]:
    if decision.state is not DecisionState.DRAFT:
        return (Problem(FeedbackProblem.NOT_A_DRAFT),)
    return (Problem(FeedbackProblem.TEXT_CHANGED),) if decision.revision != seen_revision else ()


def stopped(
    process: Process, decisions: Sequence[Decision], now: datetime, *, already: Mapping[int, tuple[Problem, ...]] | None = None
) -> dict[int, tuple[Problem, ...]]:  # fmt: skip
    """What stops each. One that merges into another of them stops with it, and the rows of a group stop together, so they are
    judged until nothing more falls out. `already`: those that something else stops."""
    drafts = {d.contribution_id: queries.draft_of(d) for d in decisions}
    facts = queries.facts_for(process, [d.contribution for d in decisions], drafts, today=lima_day(now), for_stops=True)
    found: dict[int, tuple[Problem, ...]] = dict(already or {})
    found |= {id_: problems for id_, problems in _apart(process.id, decisions).items() if id_ not in found}
    while True:
        going = [d for d in decisions if d.id not in found]
        together = frozenset(d.contribution.code for d in going)
        more = {d.id: problems for d in going if (problems := _stops(drafts[d.contribution_id], facts[d.contribution_id], together))}
        halted = {d.group_number for d in decisions if d.group_number is not None and (d.id in found or d.id in more)}
        more |= {d.id: (_with_its_group(d),) for d in going if d.group_number in halted and d.id not in more}
        if not more:
            return found
        found |= more


def _with_its_group(decision: Decision) -> Problem:
    return Problem(FeedbackProblem.GROUP_STOPPED, None, {"group": reference(decision.group_number or 0)})


def _apart(process_id: int, decisions: Sequence[Decision]) -> dict[int, tuple[Problem, ...]]:
    """A contribution in a group goes with its group, and a group goes once somebody else reviewed who is in it."""
    numbers = sorted({d.group_number for d in decisions if d.group_number is not None})
    unseen = queries.unreviewed_groups(process_id, numbers)
    where = groups.group_of([d.contribution_id for d in decisions])
    found: dict[int, tuple[Problem, ...]] = {}
    for decision in decisions:
        group = where.get(decision.contribution_id)
        if decision.group_number in unseen:
            found[decision.id] = (Problem(GroupProblem.NOT_REVIEWED, None, {"group": reference(decision.group_number or 0)}),)
        elif group is not None and decision.group_number != group.number:
            values = {"code": decision.contribution.code, "group": group.reference}
            found[decision.id] = (Problem(FeedbackProblem.IN_GROUP, None, values),)
    return found


def _stops(draft: DecisionDraft, facts: Facts, together: frozenset[str]) -> tuple[Problem, ...]:
    return stops(draft, replace(facts, batch=together))


def _parts(ids: Sequence[int]) -> list[Sequence[int]]:
    return [ids[start : start + A_STATEMENT] for start in range(0, len(ids), A_STATEMENT)]
