"""What can be followed, which acts are news of which kind, and when each reader is told."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from app.core.clock import lima_day, lima_instant
from app.core.errors import Problem

LETTERS_LEAVE = time(7)
"""Lima time at which what waited for a day or a week leaves."""
MONDAY = 0
QUIET = timedelta(minutes=10)
"""Between two letters to the same reader: a burst of acts is one letter more, not thirty."""
CONFIRMATION_WAITS = timedelta(days=7)
MOST_UNCONFIRMED = 5
"""Confirmations that one address may have waiting: more are asked for by somebody else."""
MOST_IN_A_LETTER = 50
COUNTRY = "00"


class SubjectKind(StrEnum):
    PROCESS = "process"
    THEME = "theme"
    TERRITORY = "territory"
    CONTRIBUTION = "contribution"


class NewsKind(StrEnum):
    DATES = "dates"
    ANSWERS = "answers"
    CONTRIBUTIONS = "contributions"
    RECORDS = "records"
    PLAN = "plan"


class Pace(StrEnum):
    AT_ONCE = "at-once"
    DAILY = "daily"
    WEEKLY = "weekly"
    NEVER = "never"


class Rhythm(StrEnum):
    """What the form for following offers: one choice instead of five."""

    DATES_AT_ONCE = "dates-at-once"
    AT_ONCE = "at-once"
    DAILY = "daily"
    WEEKLY = "weekly"


class FollowProblem(StrEnum):
    NOTHING_LEFT = "nothing-left"


KINDS = {
    "processes.publish-schedule": NewsKind.DATES,
    "processes.record-start": NewsKind.DATES,
    "processes.advance": NewsKind.DATES,
    "activities.cancel": NewsKind.DATES,
    "feedback.publish": NewsKind.ANSWERS,
    "feedback.note": NewsKind.ANSWERS,
    "feedback.dissent": NewsKind.ANSWERS,
    "letters.publish-reply": NewsKind.ANSWERS,
    "letters.settle-reply": NewsKind.ANSWERS,
    "letters.link-change": NewsKind.ANSWERS,
    "contributions.publish": NewsKind.CONTRIBUTIONS,
    "contributions.import": NewsKind.CONTRIBUTIONS,
    "contributions.correct": NewsKind.CONTRIBUTIONS,
    "activities.publish": NewsKind.RECORDS,
    "activities.correct_minutes": NewsKind.RECORDS,
    "activities.add_file": NewsKind.RECORDS,
    "feedback.record-votes": NewsKind.RECORDS,
    "evaluation.publish": NewsKind.RECORDS,
    "processes.publish-criteria": NewsKind.RECORDS,
    "plans.publish-version": NewsKind.PLAN,
    "plans.approve": NewsKind.PLAN,
    "plans.submit": NewsKind.PLAN,
    "plans.amend": NewsKind.PLAN,
    "plans.report-progress": NewsKind.PLAN,
    "agreements.publish-act": NewsKind.RECORDS,
    "agreements.report-progress": NewsKind.PLAN,
    "agreements.import-execution": NewsKind.PLAN,
    "vigilance.elect": NewsKind.RECORDS,
    "vigilance.publish-finding": NewsKind.ANSWERS,
    "vigilance.reply": NewsKind.ANSWERS,
    "vigilance.publish-report": NewsKind.RECORDS,
}
"""Acts of the public register that are told. The others are in the register for whoever looks, and make no letter."""


@dataclass(frozen=True, order=True)
class Subject:
    """What is followed. `ref`: a slug; "slug/theme"; a UBIGEO; a code."""

    kind: SubjectKind
    ref: str


def territories_around(ubigeo: str | None) -> tuple[Subject, ...]:
    """The territory and those it lies in: an act in Ccorca is told to who follows Ccorca, its province and its region.

    The whole country is nobody's news.
    """
    if not ubigeo or ubigeo == COUNTRY:
        return ()
    return tuple(Subject(SubjectKind.TERRITORY, ubigeo[:digits]) for digits in (2, 4, 6) if digits <= len(ubigeo))


def paces(rhythm: Rhythm) -> dict[NewsKind, Pace]:
    """How often each kind of news is told to who chose `rhythm`."""
    if rhythm is Rhythm.DATES_AT_ONCE:
        return {kind: Pace.AT_ONCE if kind is NewsKind.DATES else Pace.WEEKLY for kind in NewsKind}
    return dict.fromkeys(NewsKind, Pace(rhythm.value))


def last_departure(pace: Pace, now: datetime) -> datetime | None:
    """News noted before this instant is due; None for what is never told.

    Daily letters leave at 07:00 in Lima, weekly ones on Mondays at that hour. A worker that slept sends when it wakes.
    """
    if pace is Pace.NEVER:
        return None
    if pace is Pace.AT_ONCE:
        return now + timedelta(seconds=1)
    today = lima_day(now)
    day = today if pace is Pace.DAILY else today - timedelta(days=(today.weekday() - MONDAY) % 7)
    departure = lima_instant(day, LETTERS_LEAVE)
    return departure if departure <= now else departure - timedelta(days=1 if pace is Pace.DAILY else 7)


def problems_with_paces(chosen: Collection[Pace]) -> tuple[Problem, ...]:
    """Whoever wants to hear nothing leaves, so that the address is forgotten."""
    return (Problem(FollowProblem.NOTHING_LEFT),) if set(chosen) <= {Pace.NEVER} else ()
