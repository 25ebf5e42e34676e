"""Writing down what somebody who is present says, in their name: for a purpose, and for half an hour."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.contributions.rules.terms import Channel
from app.core.errors import Problem

LASTS = timedelta(minutes=30)
SHORTEST_PURPOSE = 10
CHANNELS = (Channel.WINDOW, Channel.PHONE, Channel.PAPER)


class AssistanceProblem(StrEnum):
    NOBODY_NAMED = "assisting-nobody-named"
    PURPOSE_SHORT = "assisting-purpose-short"
    NOT_PRESENT = "assisting-not-present"
    CHANNEL_UNKNOWN = "assisting-channel-unknown"
    OVER = "assisting-over"


@dataclass(frozen=True)
class AssistanceDraft:
    """Who is helped, how they are reached, why; and that they are there and heard the notice."""

    person_name: str
    channel: Channel | None
    purpose: str
    is_present: bool


def problems_with(draft: AssistanceDraft) -> tuple[Problem, ...]:
    """Everything that keeps a registrar from beginning to write for somebody."""
    problems = [] if draft.person_name else [Problem(AssistanceProblem.NOBODY_NAMED, "person_name")]
    if draft.channel not in CHANNELS:
        problems.append(Problem(AssistanceProblem.CHANNEL_UNKNOWN, "channel"))
    if len(draft.purpose) < SHORTEST_PURPOSE:
        problems.append(Problem(AssistanceProblem.PURPOSE_SHORT, "purpose"))
    if not draft.is_present:
        problems.append(Problem(AssistanceProblem.NOT_PRESENT, "is_present"))
    return tuple(problems)


def is_running(ends_at: datetime, ended_at: datetime | None, now: datetime) -> bool:
    """Whether the registrar may still write for the person: it ends by itself."""
    return ended_at is None and now < ends_at
