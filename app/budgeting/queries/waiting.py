"""What awaits in the rounds of some processes, for the desk."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.budgeting.models import Agent, AgentAppeal, AgentRuling, BudgetRound, CalendarVersion
from app.budgeting.queries.documents import calendar_version, document_kinds, steps
from app.budgeting.queries.facts import hearings_seen
from app.budgeting.rules import calendar as calendars
from app.budgeting.rules.calendar import Entry, RoundActivity
from app.budgeting.rules.course import has_reached
from app.budgeting.rules.documents import DocumentKind
from app.budgeting.rules.hearings import HearingStanding, standing_of_year
from app.budgeting.rules.registering import Ruling
from app.budgeting.rules.states import AgentState, RoundState
from app.core.clock import lima_day, start_of_lima_day
from app.core.db import db

NEAR = timedelta(days=14)
"""A date of the calendar is on the desk from as many days before as the notice of a change (rules.calendar.NOTICE_DAYS)."""
MISSED_BEFORE = {
    RoundState.NORM_APPROVED: (DocumentKind.REGULATION,),
    RoundState.PREPARATION: (DocumentKind.CALL,),
    RoundState.AGENTS_REGISTERED: (DocumentKind.DIAGNOSIS,),
    RoundState.ACT_SIGNED: (DocumentKind.OPENING_BUDGET,),
}
"""The document each state waits for."""


class WaitingKind(StrEnum):
    AGENTS = "agents"
    APPEALS = "appeals"
    DOCUMENT = "document"
    CALENDAR = "calendar"
    DATE = "date"
    HEARING = "hearing"


@dataclass(frozen=True)
class RoundWaiting:
    """One thing that awaits in a round, since when, with what names it."""

    kind: WaitingKind
    process_id: int
    since: datetime
    count: int = 0
    document: DocumentKind = DocumentKind.OTHER
    entry: Entry = field(default_factory=lambda: Entry(RoundActivity.CALL, date.min, date.min))
    month: int = 0
    year: int = 0


def rounds_waiting(process_ids: Collection[int], now: datetime, *, but_of: int) -> list[RoundWaiting]:
    """For the municipal team: agents to decide, oldest first; appeals the person may answer; documents, dates and hearings."""
    rounds = _rounds(process_ids)
    if not rounds:
        return []
    ids = {round_.id: round_.process_id for round_ in rounds}
    found = [
        RoundWaiting(WaitingKind.AGENTS, ids[round_id], since, count)
        for round_id, count, since in db.session.execute(
            select(Agent.round_id, func.count(), func.min(Agent.registered_at))
            .where(Agent.round_id.in_(ids), Agent.state == AgentState.REGISTERED)
            .group_by(Agent.round_id)
        )
    ]
    refused_by_me = select(AgentRuling.agent_id).where(AgentRuling.ruling == Ruling.REFUSED, AgentRuling.person_id == but_of)
    found += [
        RoundWaiting(WaitingKind.APPEALS, ids[round_id], since, count)
        for round_id, count, since in db.session.execute(
            select(Agent.round_id, func.count(), func.min(AgentAppeal.received_at))
            .join(AgentAppeal, AgentAppeal.agent_id == Agent.id)
            .where(Agent.round_id.in_(ids), AgentAppeal.answered_at.is_(None), Agent.id.not_in(refused_by_me))
            .group_by(Agent.round_id)
        )
    ]
    for round_ in rounds:
        found += [*_papers(round_, now), *_hearings(round_, now)]
    return found


def hearings_missing(process_ids: Collection[int], now: datetime) -> list[RoundWaiting]:
    """For the vigilance committee: the hearings of this year that were not held."""
    return [waiting for round_ in _rounds(process_ids) for waiting in _hearings(round_, now)]


def _rounds(process_ids: Collection[int]) -> Sequence[BudgetRound]:
    if not process_ids:
        return []
    statement = select(BudgetRound).where(BudgetRound.process_id.in_(process_ids), BudgetRound.state != RoundState.CLOSED)
    return db.session.scalars(statement.options(joinedload(BudgetRound.process)).order_by(BudgetRound.id)).all()


def _papers(round_: BudgetRound, now: datetime) -> Iterator[RoundWaiting]:
    today, kinds = lima_day(now), document_kinds(round_.id)
    version: CalendarVersion | None = calendar_version(round_.id)
    missed = [kind for kind in MISSED_BEFORE.get(round_.state, ()) if kind not in kinds]
    since = max((step.at for step in steps(round_.id)), default=round_.created_at) if missed else now
    for kind in missed:  # awaited since the round reached the state it cannot leave without it
        yield RoundWaiting(WaitingKind.DOCUMENT, round_.process_id, since, document=kind)
    if version is None:
        yield RoundWaiting(WaitingKind.CALENDAR, round_.process_id, round_.created_at)
        return
    coming = calendars.from_json(version.content).next_after(today)
    if coming and today < coming.starts_on <= today + NEAR:
        yield RoundWaiting(WaitingKind.DATE, round_.process_id, min(now, version.published_at), entry=coming)


def _hearings(round_: BudgetRound, now: datetime) -> Iterator[RoundWaiting]:
    """Those of this year whose month is over; before the act there is nothing to account for yet."""
    if not has_reached(round_.state, RoundState.ACT_SIGNED):
        return
    today = lima_day(now)
    for row in standing_of_year(today.year, hearings_seen(round_.id), today):
        after = date(row.year, row.month + 1, 1)
        if row.standing is HearingStanding.MISSING and after > lima_day(round_.created_at):
            yield RoundWaiting(WaitingKind.HEARING, round_.process_id, start_of_lima_day(after), month=row.month, year=row.year)
