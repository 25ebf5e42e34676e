"""Sending many drafts to review at once: what can go goes, what cannot stays a draft with what to mend."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select, update

from app.core.clock import lima_day
from app.core.db import db
from app.core.errors import Problem, RuleBroken
from app.feedback import queries
from app.feedback.models import Decision
from app.feedback.rules.acts import FeedbackProblem
from app.feedback.rules.checks import Facts, stops
from app.feedback.rules.drafts import DecisionDraft
from app.feedback.rules.outcomes import DecisionState
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
    for ids in _parts(sorted(seen)):
        db.session.execute(select(Decision.id).where(Decision.id.in_(ids)).order_by(Decision.id).with_for_update())
    db.session.expire_all()
    db.session.refresh(process)
    decisions = [d for ids in _parts(sorted(seen)) for d in queries.decisions_by_id(ids) if d.process_id == process.id]
    if not decisions:
        raise RuleBroken([Problem(FeedbackProblem.NOTHING_CHOSEN)])
    problems = {d.id: found for d in decisions if (found := _changed(d, seen[d.id]))}
    problems |= _stopped(process, [d for d in decisions if d.id not in problems], now)
    going = [d for d in decisions if d.id not in problems]
    for ids in _parts([d.id for d in going]):
        db.session.execute(
            update(Decision)
            .where(Decision.id.in_(ids))
            .values(state=DecisionState.REVIEW, return_note="", revision=Decision.revision + 1)
            .execution_options(synchronize_session=False)
        )
    codes = tuple(d.contribution.code for d in going)
    stayed = {d.contribution.code: problems[d.id] for d in decisions if d.id in problems}
    for decision in going:
        db.session.expire(decision, ["state", "return_note", "revision"])
    return Submitted(codes, stayed)


def _changed(decision: Decision, seen_revision: int) -> tuple[Problem, ...]:
    if decision.state is not DecisionState.DRAFT:
        return (Problem(FeedbackProblem.NOT_A_DRAFT),)
    return (Problem(FeedbackProblem.TEXT_CHANGED),) if decision.revision != seen_revision else ()


def _stopped(process: Process, decisions: Sequence[Decision], now: datetime) -> dict[int, tuple[Problem, ...]]:
    """What stops each; one that merges into another of them stops with it, so they are judged until nothing more falls out."""
    drafts = {d.contribution_id: queries.draft_of(d) for d in decisions}
    facts = queries.facts_for(process, [d.contribution for d in decisions], drafts, today=lima_day(now))
    stopped: dict[int, tuple[Problem, ...]] = {}
    while True:
        going = [d for d in decisions if d.id not in stopped]
        together = frozenset(d.contribution.code for d in going)
        more = {d.id: found for d in going if (found := _stops(drafts[d.contribution_id], facts[d.contribution_id], together))}
        if not more:
            return stopped
        stopped |= more


def _stops(draft: DecisionDraft, facts: Facts, together: frozenset[str]) -> tuple[Problem, ...]:
    return stops(draft, replace(facts, batch=together))


def _parts(ids: Sequence[int]) -> list[Sequence[int]]:
    return [ids[start : start + A_STATEMENT] for start in range(0, len(ids), A_STATEMENT)]
