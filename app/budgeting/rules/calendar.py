"""The calendar of a round: the four statutory phases with their activities, on the days the municipality decides.

Nothing here is a national date: ordinances of one same fiscal year are months apart (domain.md 9.1).
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from app.budgeting.rules.documents import SHORTEST_REASON
from app.core.errors import Problem

NOTICE_DAYS = 14  # domain.md 11, schedule_version: a change with less notice needs a reason and is told to everybody registered
MOST_ENTRIES = 60


class RoundPhase(StrEnum):
    """Ley 28056 and its regulation, as municipalities publish them (domain.md 9.1)."""

    PREPARATION = "preparation"
    CONCERTATION = "concertation"
    COORDINATION = "coordination"
    FORMALISATION = "formalisation"


class RoundActivity(StrEnum):
    COMMUNICATION = "communication"
    AWARENESS = "awareness"
    CALL = "call"
    REGISTRATION = "registration"
    TRAINING = "training"
    RESULTS_WORKSHOP = "results-workshop"
    TECHNICAL_EVALUATION = "technical-evaluation"
    PRIORITISATION_WORKSHOP = "prioritisation-workshop"
    LEVELS = "levels"
    ACT = "act"
    OPENING_BUDGET = "opening-budget"
    ACCOUNTABILITY = "accountability"


ACTIVITIES: dict[RoundPhase, tuple[RoundActivity, ...]] = {
    RoundPhase.PREPARATION: (
        RoundActivity.COMMUNICATION, RoundActivity.AWARENESS, RoundActivity.CALL, RoundActivity.REGISTRATION, RoundActivity.TRAINING,
    ),
    RoundPhase.CONCERTATION: (
        RoundActivity.RESULTS_WORKSHOP, RoundActivity.TECHNICAL_EVALUATION, RoundActivity.PRIORITISATION_WORKSHOP,
    ),
    RoundPhase.COORDINATION: (RoundActivity.LEVELS,),
    RoundPhase.FORMALISATION: (RoundActivity.ACT, RoundActivity.OPENING_BUDGET, RoundActivity.ACCOUNTABILITY),
}  # fmt: skip
PHASE_OF = {activity: phase for phase, activities in ACTIVITIES.items() for activity in activities}


class CalendarProblem(StrEnum):
    EMPTY_PHASE = "calendar-empty-phase"
    REGISTRATION_MISSING = "calendar-registration-missing"
    ENDS_BEFORE = "calendar-ends-before"
    PHASES_CROSSED = "calendar-phases-crossed"
    PAST_CHANGED = "calendar-past-changed"
    REASON_MISSING = "calendar-reason-missing"
    NOTHING_NEW = "calendar-nothing-new"
    TOO_MANY = "calendar-too-many"
    TITLE_MISSING = "calendar-title-missing"


@dataclass(frozen=True)
class Entry:
    """An activity on its days, both inclusive. `title` is the municipality's own words for it; `hours` as people write them."""

    activity: RoundActivity
    starts_on: date
    ends_on: date
    title: str = ""
    place: str = ""
    hours: str = ""

    @property
    def phase(self) -> RoundPhase:
        return PHASE_OF[self.activity]

    @property
    def key(self) -> str:
        """What links an entry through the versions of the calendar."""
        return f"{self.activity}|{self.title.strip().casefold()}"


@dataclass(frozen=True)
class RoundCalendar:
    entries: tuple[Entry, ...] = ()

    def of(self, activity: RoundActivity) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.entries if entry.activity is activity)

    def window(self, activity: RoundActivity) -> tuple[date, date] | None:
        """From the first day of that activity to its last."""
        found = self.of(activity)
        return (min(e.starts_on for e in found), max(e.ends_on for e in found)) if found else None

    def next_after(self, today: date) -> Entry | None:
        """What is going on today and ends first, or else what comes next."""
        current = [entry for entry in self.entries if entry.starts_on <= today <= entry.ends_on]
        if current:
            return min(current, key=lambda entry: entry.ends_on)
        return min((entry for entry in self.entries if entry.starts_on > today), key=lambda entry: entry.starts_on, default=None)


def in_order(entries: Sequence[Entry]) -> RoundCalendar:
    """As it is kept and hashed: by phase, then by date."""
    phases, activities = list(RoundPhase), list(RoundActivity)
    return RoundCalendar(
        tuple(sorted(entries, key=lambda e: (phases.index(e.phase), e.starts_on, activities.index(e.activity), e.ends_on, e.title)))
    )


def to_json(calendar: RoundCalendar) -> str:
    """Canonical JSON: the text that is hashed and published."""
    rows = [asdict(entry) | {"starts_on": entry.starts_on.isoformat(), "ends_on": entry.ends_on.isoformat()} for entry in calendar.entries]
    return json.dumps({"entries": rows}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def from_json(content: str) -> RoundCalendar:
    return RoundCalendar(tuple(_entry(item) for item in json.loads(content)["entries"]))


def _entry(item: Mapping[str, Any]) -> Entry:
    return Entry(
        RoundActivity(item["activity"]), date.fromisoformat(item["starts_on"]), date.fromisoformat(item["ends_on"]),
        item["title"], item["place"], item["hours"],
    )  # fmt: skip


def sha256(content: str) -> str:
    return hashlib.sha256(content.encode("utf-8")).hexdigest()


def problems_with_calendar(new: RoundCalendar, before: RoundCalendar | None, reason: str, today: date) -> tuple[Problem, ...]:
    """Every phase has something, registration has its days, phases begin in order, and what is past stays as it was."""
    problems = [
        Problem(CalendarProblem.EMPTY_PHASE, None, {"phase": phase})
        for phase in RoundPhase
        if not any(entry.phase is phase for entry in new.entries)
    ]
    if not new.of(RoundActivity.REGISTRATION):
        problems.append(Problem(CalendarProblem.REGISTRATION_MISSING))
    if len(new.entries) > MOST_ENTRIES:
        problems.append(Problem(CalendarProblem.TOO_MANY, None, {"most": MOST_ENTRIES}))
    problems += [
        Problem(CalendarProblem.ENDS_BEFORE, None, {"activity": entry.activity}) for entry in new.entries if entry.ends_on < entry.starts_on
    ]
    problems += _crossed(new)
    if before is not None:
        problems += _against(new, before, reason, today)
    return tuple(problems)


def _crossed(calendar: RoundCalendar) -> list[Problem]:
    starts = [min((e.starts_on for e in calendar.entries if e.phase is phase), default=None) for phase in RoundPhase]
    known = [start for start in starts if start is not None]
    return [] if known == sorted(known) else [Problem(CalendarProblem.PHASES_CROSSED)]


def _against(new: RoundCalendar, before: RoundCalendar, reason: str, today: date) -> list[Problem]:
    if new == before:
        return [Problem(CalendarProblem.NOTHING_NEW)]
    problems = []
    if len(reason.strip()) < SHORTEST_REASON:
        problems.append(Problem(CalendarProblem.REASON_MISSING, "reason", {"shortest": SHORTEST_REASON}))
    kept = set(new.entries)
    changed = [entry for entry in before.entries if entry.ends_on < today and entry not in kept]
    problems += [Problem(CalendarProblem.PAST_CHANGED, None, {"activity": entry.activity}) for entry in changed]
    return problems


def notice_days(new: RoundCalendar, before: RoundCalendar | None, today: date) -> int | None:
    """Days between publishing and the first date that appears or is given up; None when nothing to come changes."""
    changed = set(new.entries) ^ set(before.entries if before else ())
    days = [(entry.starts_on - today).days for entry in changed if entry.ends_on >= today]
    return max(min(days), 0) if days else None


def is_short(days: int | None) -> bool:
    return days is not None and days < NOTICE_DAYS
