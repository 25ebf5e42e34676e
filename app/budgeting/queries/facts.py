"""What the guards of a round ask of this floor, and the hearings that account for it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import joinedload

from app.budgeting.models import Agent, AgentAppeal, BudgetHearing, BudgetRound, HearingUnlinked, RoundStep
from app.budgeting.queries.documents import calendar_version, document_kinds
from app.budgeting.rules import calendar as calendars
from app.budgeting.rules.calendar import RoundActivity, RoundCalendar
from app.budgeting.rules.hearings import HearingSeen, accounts_for
from app.budgeting.rules.states import AgentKind, AgentState, RoundState
from app.core.clock import lima_day
from app.core.db import db
from app.forum.models import Meeting
from app.forum.rules.meetings import TOOK_PLACE, MeetingKind, MeetingState


def own_facts(round_: BudgetRound, now: datetime) -> dict[str, Any]:
    """Values of `rules.course.RoundFacts` that this floor knows."""
    version = calendar_version(round_.id)
    calendar = calendars.from_json(version.content) if version else RoundCalendar()
    registration, results = calendar.window(RoundActivity.REGISTRATION), calendar.window(RoundActivity.RESULTS_WORKSHOP)
    since = executing_since(round_.id)
    return {
        "documents": document_kinds(round_.id), "has_calendar": version is not None,
        "registration_ends_on": registration[1] if registration else None, "results_workshop_ends_on": results[1] if results else None,
        "hearings_accounted": sum(accounts_for(hearing, since) for hearing in hearings_seen(round_.id)),
        **agent_counts(round_.id),
    }  # fmt: skip


def agent_counts(round_id: int) -> Mapping[str, int]:
    """Those who wait, those who appeal, those who vote and the technical team. Two statements."""
    accredited = Agent.state == AgentState.ACCREDITED
    waiting, voting, team = db.session.execute(
        select(
            func.count(case((Agent.state == AgentState.REGISTERED, 1))),
            func.count(case((accredited & Agent.has_vote.is_(True), 1))),
            func.count(case((accredited & (Agent.kind == AgentKind.TECHNICAL_TEAM), 1))),
        ).where(Agent.round_id == round_id)
    ).one()
    appeals = db.session.scalar(
        select(func.count()).select_from(AgentAppeal).join(Agent).where(Agent.round_id == round_id, AgentAppeal.answered_at.is_(None))
    )
    return {"agents_waiting": waiting, "voting_agents": voting, "technical_team": team, "appeals_waiting": appeals or 0}


def executing_since(round_id: int) -> date | None:
    """The day execution began, by the history of the round."""
    at = db.session.scalar(select(RoundStep.at).where(RoundStep.round_id == round_id, RoundStep.state == RoundState.EXECUTING))
    return lima_day(at) if at else None


def hearings_of(round_id: int) -> Sequence[Meeting]:
    """The hearings that account for the round, by date, space loaded."""
    return db.session.scalars(
        select(Meeting)
        .join(BudgetHearing, BudgetHearing.meeting_id == Meeting.id)
        .where(BudgetHearing.round_id == round_id)
        .options(joinedload(Meeting.space))
        .order_by(Meeting.starts_at, Meeting.id)
    ).all()


def hearings_seen(round_id: int) -> list[HearingSeen]:
    """The same, as the rules judge them."""
    return [_seen(meeting) for meeting in hearings_of(round_id)]


def _seen(meeting: Meeting) -> HearingSeen:
    held = lima_day(meeting.held_at) if meeting.held_at and meeting.state in TOOK_PLACE else None
    published = lima_day(meeting.minutes_published_at) if meeting.minutes_published_at else None
    return HearingSeen(
        lima_day(meeting.starts_at), held, published, meeting.state is MeetingState.CANCELLED, meeting.title,
        f"/foro/{meeting.space.slug}/reuniones/{meeting.slug}", meeting.slug,
    )  # fmt: skip


def unlinked_hearings(round_id: int) -> Sequence[HearingUnlinked]:
    """Those that were linked and are not any more, the latest first; meeting loaded."""
    return db.session.scalars(
        select(HearingUnlinked)
        .where(HearingUnlinked.round_id == round_id)
        .options(joinedload(HearingUnlinked.meeting))
        .order_by(HearingUnlinked.unlinked_at.desc(), HearingUnlinked.id.desc())
    ).all()


def linkable_hearings(space_id: int, round_id: int) -> Sequence[Meeting]:
    """Hearings of the space that do not account for this round yet, the latest first."""
    linked = select(BudgetHearing.meeting_id).where(BudgetHearing.round_id == round_id)
    return db.session.scalars(
        select(Meeting)
        .where(Meeting.space_id == space_id, Meeting.kind == MeetingKind.HEARING, Meeting.id.not_in(linked))
        .order_by(Meeting.starts_at.desc(), Meeting.id.desc())
    ).all()
