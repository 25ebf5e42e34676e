"""Outreach: what is done so that people know they can take part, and what its record must say (domain.md 4.2, MR-3.2)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.core.errors import Problem
from app.organisations.rules import Sector

SHORTEST_MESSAGE, LONGEST_MESSAGE = 20, 10_000
MOST_REACHED = 30_000_000
SHORTEST_REASON = 10
LANGUAGES = ("es", "qu", "es,qu", "ay", "es,ay", "otro")


class OutreachChannel(StrEnum):
    RADIO = "radio"
    TELEVISION = "television"
    PRESS = "press"
    WEBSITE = "website"
    SOCIAL = "social"
    EMAIL = "email"
    MESSAGES = "messages"
    TELEPHONE = "telephone"
    POSTER = "poster"
    LOUDSPEAKER = "loudspeaker"
    VISIT = "visit"
    ASSEMBLY = "assembly"
    FAIR = "fair"


class OutreachProblem(StrEnum):
    TITLE_MISSING = "outreach-title-missing"
    DAY_IN_FUTURE = "outreach-day-in-future"
    MESSAGE_SHORT = "outreach-message-short"
    MESSAGE_LONG = "outreach-message-long"
    REACH_WRONG = "outreach-reach-wrong"
    PLACE_UNKNOWN = "outreach-place-unknown"
    LANGUAGE_UNKNOWN = "outreach-language-unknown"
    WITHDRAWN = "outreach-withdrawn"
    REASON_MISSING = "outreach-reason-missing"


@dataclass(frozen=True)
class OutreachDraft:
    """One action as it is written down. `reach` is how many people, when somebody counted; `ubigeo` "" when it was everywhere."""

    done_on: date
    title: str
    channel: OutreachChannel
    sector: Sector
    message: str
    ubigeo: str = ""
    language: str = "es"
    reach: int | None = None


def problems_with(draft: OutreachDraft, *, today: date, languages: Collection[str], is_place_known: bool) -> tuple[Problem, ...]:
    """Why it cannot be recorded: it happened, it says what was told, its place and language exist."""
    problems = []
    if not draft.title.strip():
        problems.append(Problem(OutreachProblem.TITLE_MISSING, "title"))
    if draft.done_on > today:
        problems.append(Problem(OutreachProblem.DAY_IN_FUTURE, "done_on"))
    if len(draft.message.strip()) < SHORTEST_MESSAGE:
        problems.append(Problem(OutreachProblem.MESSAGE_SHORT, "message", {"shortest": SHORTEST_MESSAGE}))
    if len(draft.message) > LONGEST_MESSAGE:
        problems.append(Problem(OutreachProblem.MESSAGE_LONG, "message", {"longest": LONGEST_MESSAGE}))
    if draft.reach is not None and not 0 <= draft.reach <= MOST_REACHED:
        problems.append(Problem(OutreachProblem.REACH_WRONG, "reach"))
    if draft.ubigeo and not is_place_known:
        problems.append(Problem(OutreachProblem.PLACE_UNKNOWN, "ubigeo"))
    if draft.language not in languages:
        problems.append(Problem(OutreachProblem.LANGUAGE_UNKNOWN, "language"))
    return tuple(problems)


def problems_with_changing(*, is_withdrawn: bool) -> tuple[Problem, ...]:
    """What was taken back takes no more files."""
    return (Problem(OutreachProblem.WITHDRAWN),) if is_withdrawn else ()


def problems_with_withdrawing(reason: str, *, is_withdrawn: bool) -> tuple[Problem, ...]:
    """Taken back once, with a reason people can read."""
    if is_withdrawn:
        return (Problem(OutreachProblem.WITHDRAWN),)
    if len(reason.strip()) < SHORTEST_REASON:
        return (Problem(OutreachProblem.REASON_MISSING, "reason", {"shortest": SHORTEST_REASON}),)
    return ()
