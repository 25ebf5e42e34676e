"""Progress by semester: the five completion words of domain.md 8, who reads them, what is missing, and when it is due."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.core.errors import Problem

SHORTEST_TEXT = 40
REMINDERS = (30, 7)


class Completion(StrEnum):
    NO_EVIDENCE = "no-evidence"
    NOT_STARTED = "not-started"
    LIMITED = "limited"
    SUBSTANTIAL = "substantial"
    COMPLETE = "complete"


class ReadingOf(StrEnum):
    """Whose reading an update is; the two stand side by side."""

    GOVERNMENT = "government"
    CIVIL_SOCIETY = "civil-society"


class ProgressProblem(StrEnum):
    PERIOD_UNKNOWN = "progress-period-unknown"
    PERIOD_NOT_STARTED = "progress-period-not-started"
    NO_COMPLETION = "progress-no-completion"
    PERCENT_OUT = "progress-percent-out"
    PERCENT_CONTRADICTS = "progress-percent-contradicts"
    TEXT_SHORT = "progress-text-short"
    NO_NEXT_STEP = "progress-no-next-step"
    NO_EVIDENCE = "progress-no-evidence"
    NOT_IN_FORCE = "progress-not-in-force"
    MILESTONE_UNKNOWN = "progress-milestone-unknown"
    EVIDENCE_URL = "progress-evidence-url"
    ALREADY_VERIFIED = "progress-already-verified"
    VERIFIER_WROTE = "progress-verifier-wrote"
    NOT_GOVERNMENT = "progress-not-government"
    NOTE_SHORT = "progress-note-short"
    CORRECTION_REASON = "progress-correction-reason"


@dataclass(frozen=True)
class ProgressDraft:
    """A reading of one semester. `milestone` empty: of the whole commitment. `percent` only the government gives."""

    period: str
    completion: Completion | None
    text: str
    percent: int | None = None
    next_step: str = ""
    milestone: str = ""
    evidence_url: str = ""
    correction_reason: str = ""


def period_of(day: date) -> str:
    """ "2027-1" is January to June of 2027, "2027-2" July to December."""
    return f"{day.year}-{1 if day.month <= 6 else 2}"


def starts_on(period: str) -> date:
    """The first day of a semester. Raises ValueError when it is not one."""
    year, half = period.split("-")
    if half not in ("1", "2") or len(year) != 4:
        raise ValueError(period)
    return date(int(year), 1 if half == "1" else 7, 1)


def ends_on(period: str) -> date:
    """The last day of a semester."""
    first = starts_on(period)
    return date(first.year, 6, 30) if first.month == 1 else date(first.year, 12, 31)


def next_period(period: str) -> str:
    return period_of(ends_on(period) + timedelta(days=1))


def periods(first: date, last: date) -> Iterator[str]:
    """The semesters that the days from `first` to `last` touch, in order."""
    period = period_of(first)
    while starts_on(period) <= last:
        yield period
        period = next_period(period)


def is_period(text: str) -> bool:
    try:
        starts_on(text)
    except ValueError:
        return False
    return True


def due_periods(first: date, last: date | None, today: date) -> tuple[str, ...]:
    """The semesters of the plan that are over: each needs a published reading of the government."""
    until = min(last or today, today)
    return tuple(p for p in periods(first, until) if ends_on(p) < today)


def overdue(reported: Collection[str], first: date, last: date | None, today: date) -> tuple[str, ...]:
    """The semesters that are over and nobody reported."""
    return tuple(p for p in due_periods(first, last, today) if p not in reported)


def reminder_due(today: date, first: date, last: date | None) -> int | None:
    """How many days are left to the end of the running semester when a letter goes out today (30 or 7), else None.

    The last day on which it may go is the day itself: a worker that slept for some days sends the nearer one, never both.
    """
    if today < first or (last and today > last):
        return None
    left = (ends_on(period_of(today)) - today).days
    return next((days for days in sorted(REMINDERS) if left <= days), None)


def differ(government: Completion | None, civil: Completion | None) -> bool:
    """Whether the two sectors say different things of the same semester."""
    return government is not None and civil is not None and government is not civil


def problems_with_progress(
    draft: ProgressDraft, reading_of: ReadingOf, *, milestones: Collection[str], files: int, is_in_force: bool, first: date | None,
    today: date, is_correction: bool,
) -> tuple[Problem, ...]:  # fmt: skip
    """Why a reading is not published: it names a semester that has begun, says how far and what happened, and shows it."""
    if not is_in_force:
        return (Problem(ProgressProblem.NOT_IN_FORCE),)
    problems = [*_of_period(draft, first, today), *_of_text(draft)]
    if draft.milestone and draft.milestone not in milestones:
        problems.append(Problem(ProgressProblem.MILESTONE_UNKNOWN, "milestone"))
    if draft.completion is None:
        problems.append(Problem(ProgressProblem.NO_COMPLETION, "completion"))
    if draft.evidence_url and not draft.evidence_url.startswith(("https://", "http://")):
        problems.append(Problem(ProgressProblem.EVIDENCE_URL, "evidence_url"))
    if reading_of is ReadingOf.GOVERNMENT:
        problems += _of_government(draft, files)
    if is_correction and len(draft.correction_reason.strip()) < 20:
        problems.append(Problem(ProgressProblem.CORRECTION_REASON, "correction_reason", {"shortest": 20}))
    return tuple(problems)


def _of_period(draft: ProgressDraft, first: date | None, today: date) -> list[Problem]:
    if not is_period(draft.period):
        return [Problem(ProgressProblem.PERIOD_UNKNOWN, "period")]
    if starts_on(draft.period) > today or (first and ends_on(draft.period) < first):
        return [Problem(ProgressProblem.PERIOD_NOT_STARTED, "period")]
    return []


def _of_text(draft: ProgressDraft) -> list[Problem]:
    is_short = len(draft.text.strip()) < SHORTEST_TEXT
    return [Problem(ProgressProblem.TEXT_SHORT, "text", {"shortest": SHORTEST_TEXT})] if is_short else []


def _of_government(draft: ProgressDraft, files: int) -> list[Problem]:
    """The government's reading has a percentage that agrees with its word, a next step, and evidence for what it says was done."""
    problems = []
    percent, completion = draft.percent, draft.completion
    if percent is None or not 0 <= percent <= 100:
        problems.append(Problem(ProgressProblem.PERCENT_OUT, "percent"))
    elif (completion is Completion.COMPLETE) != (percent == 100) or (completion is Completion.NOT_STARTED and percent > 0):
        problems.append(Problem(ProgressProblem.PERCENT_CONTRADICTS, "percent"))
    if completion is not Completion.COMPLETE and not draft.next_step.strip():
        problems.append(Problem(ProgressProblem.NO_NEXT_STEP, "next_step"))
    if completion in (Completion.LIMITED, Completion.SUBSTANTIAL, Completion.COMPLETE) and not (files or draft.evidence_url):
        problems.append(Problem(ProgressProblem.NO_EVIDENCE, "evidence_url"))
    return problems


def problems_with_verification(
    reading_of: ReadingOf, *, is_verified: bool, written_by_id: int, person_id: int, note: str
) -> tuple[Problem, ...]:
    """Why the secretariat may not mark an update as verified: only the government's, once, by somebody else, saying what was checked."""
    problems = []
    if reading_of is not ReadingOf.GOVERNMENT:
        problems.append(Problem(ProgressProblem.NOT_GOVERNMENT))
    if is_verified:
        problems.append(Problem(ProgressProblem.ALREADY_VERIFIED))
    if written_by_id == person_id:
        problems.append(Problem(ProgressProblem.VERIFIER_WROTE))
    if len(note.strip()) < 20:
        problems.append(Problem(ProgressProblem.NOTE_SHORT, "note", {"shortest": 20}))
    return tuple(problems)
