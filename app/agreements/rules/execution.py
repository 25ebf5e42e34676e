"""Following a line of the act to its end: state, money and reasons (domain.md 9.1, "traceability chain"; peers.md 1.10)."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.agreements.rules.acts import LARGEST_CENTS
from app.core.errors import Problem
from app.feedback.rules.outcomes import Reason
from app.feedback.rules.personal_data import leaks

SHORTEST_TEXT = 20
SHORTEST_WHY = 40
SILENT_DAYS = 92
"""A quarter without a word about a line that is not done."""
_CUI = re.compile(r"\d{7}")


class LineState(StrEnum):
    """In the order things happen; the last two are how it may go wrong."""

    NOT_STARTED = "not-started"
    STUDY = "study"
    IN_BUDGET = "in-opening-budget"
    BIDDING = "in-bidding"
    WORKS = "works"
    DONE = "done"
    STOPPED = "stopped"
    NOT_DONE = "not-done"


BUDGETED = (LineState.IN_BUDGET, LineState.BIDDING, LineState.WORKS, LineState.DONE)
ENDED = (LineState.DONE, LineState.NOT_DONE)


class ExecutionProblem(StrEnum):
    NO_STATE = "execution-no-state"
    NO_DAY = "execution-no-day"
    DAY_AHEAD = "execution-day-ahead"
    DAY_BEFORE = "execution-day-before"
    CUI_MALFORMED = "execution-cui-malformed"
    CUI_MISSING = "execution-cui-missing"
    AMOUNT_MALFORMED = "execution-amount-malformed"
    NOT_ORDERED = "execution-not-ordered"
    TEXT_SHORT = "execution-text-short"
    PERSONAL = "execution-personal"
    WHY_MISSING = "execution-why-missing"
    WHY_SHORT = "execution-why-short"
    DIFFERENCE_SHORT = "execution-difference-short"
    NO_EVIDENCE = "execution-no-evidence"
    NOT_AGREED = "execution-not-agreed"
    SHEET_EMPTY = "execution-sheet-empty"
    SHEET_HEADS = "sheet-heads"
    SHEET_LONG = "sheet-long"
    SHEET_CUI_UNKNOWN = "sheet-cui-unknown"
    SHEET_CUI_TWICE = "sheet-cui-twice"
    SHEET_REPEATED = "execution-sheet-repeated"
    SHEET_DATE = "sheet-date"
    SHEET_WRONG = "sheet-wrong"


@dataclass(frozen=True)
class ProgressDraft:
    """How a line stands on a day. Amounts in céntimos, None while unknown: opening budget (PIA), modified budget (PIM), certified,
    accrued (devengado) and paid, each since the beginning. `reason_code` and `why` say why it is late, stopped or not done;
    `difference` why the opening budget is not what was agreed."""

    state: LineState | None
    as_of: date | None
    cui: str = ""
    pia_cents: int | None = None
    pim_cents: int | None = None
    certified_cents: int | None = None
    accrued_cents: int | None = None
    paid_cents: int | None = None
    text: str = ""
    reason_code: Reason | None = None
    why: str = ""
    difference: str = ""

    @property
    def chain(self) -> tuple[tuple[str, int], ...]:
        """The known amounts from the widest to the narrowest: none may exceed the one before it."""
        names = ("pim_cents", "certified_cents", "accrued_cents", "paid_cents")
        return tuple((name, value) for name in names if (value := getattr(self, name)) is not None)


@dataclass(frozen=True)
class LineFacts:
    """What an update is judged against. `before` is the last one, None when there is none yet."""

    agreed_cents: int
    due_on: date
    today: date
    before: ProgressDraft | None = None
    files: int = 0


def is_late(state: LineState | None, due_on: date, today: date) -> bool:
    """Past its day and neither done nor given up in public."""
    return due_on < today and state not in ENDED


def is_silent(state: LineState | None, last: date, today: date) -> bool:
    """Nobody has said anything for a quarter about something that has not ended."""
    return state not in ENDED and (today - last).days > SILENT_DAYS


def needs_why(state: LineState | None, due_on: date, today: date) -> bool:
    """Whether it must be said why: stopped, not done, or late."""
    return state in (LineState.STOPPED, LineState.NOT_DONE) or is_late(state, due_on, today)


def problems_with_progress(draft: ProgressDraft, facts: LineFacts) -> tuple[Problem, ...]:
    """Every reason for not publishing an update of a line."""
    return (*_of_day(draft, facts), *_of_money(draft, facts), *_of_words(draft, facts))


def _of_day(draft: ProgressDraft, facts: LineFacts) -> list[Problem]:
    problems = [Problem(ExecutionProblem.NO_STATE, "state")] if draft.state is None else []
    if draft.as_of is None:
        problems.append(Problem(ExecutionProblem.NO_DAY, "as_of"))
    elif draft.as_of > facts.today:
        problems.append(Problem(ExecutionProblem.DAY_AHEAD, "as_of"))
    elif facts.before and facts.before.as_of and draft.as_of < facts.before.as_of:
        problems.append(Problem(ExecutionProblem.DAY_BEFORE, "as_of"))
    return problems


def _of_money(draft: ProgressDraft, facts: LineFacts) -> list[Problem]:
    problems = []
    has_money = bool(draft.chain) or draft.pia_cents is not None
    if draft.cui and not _CUI.fullmatch(draft.cui):
        problems.append(Problem(ExecutionProblem.CUI_MALFORMED, "cui"))
    if not draft.cui and (draft.state in BUDGETED or has_money):
        problems.append(Problem(ExecutionProblem.CUI_MISSING, "cui"))
    amounts = [("pia_cents", draft.pia_cents or 0), *draft.chain]
    problems += [Problem(ExecutionProblem.AMOUNT_MALFORMED, name[:-6]) for name, value in amounts if not 0 <= value <= LARGEST_CENTS]
    for (_, wide), (name, narrow) in zip(draft.chain, draft.chain[1:], strict=False):
        if narrow > wide:
            problems.append(Problem(ExecutionProblem.NOT_ORDERED, name[:-6]))
    if needs_difference(draft, facts) and len(draft.difference.strip()) < SHORTEST_TEXT:
        problems.append(Problem(ExecutionProblem.DIFFERENCE_SHORT, "difference", {"shortest": SHORTEST_TEXT}))
    return problems


def needs_difference(draft: ProgressDraft, facts: LineFacts) -> bool:
    """Whether the opening budget is not what was agreed, and nobody has said why of that very amount."""
    if draft.pia_cents is None or draft.pia_cents == facts.agreed_cents:
        return False
    before = facts.before
    return before is None or before.pia_cents != draft.pia_cents or not before.difference


def _of_words(draft: ProgressDraft, facts: LineFacts) -> list[Problem]:
    problems = []
    if len(draft.text.strip()) < SHORTEST_TEXT:
        problems.append(Problem(ExecutionProblem.TEXT_SHORT, "text", {"shortest": SHORTEST_TEXT}))
    if needs_why(draft.state, facts.due_on, draft.as_of or facts.today):
        if draft.reason_code is None:
            problems.append(Problem(ExecutionProblem.WHY_MISSING, "reason_code"))
        if len(draft.why.strip()) < SHORTEST_WHY:
            problems.append(Problem(ExecutionProblem.WHY_SHORT, "why", {"shortest": SHORTEST_WHY}))
    problems += [
        Problem(ExecutionProblem.PERSONAL, name)
        for name in ("text", "why", "difference")
        if leaks(_without_cui(getattr(draft, name), draft.cui))
    ]
    was_done = facts.before is not None and facts.before.state is LineState.DONE
    if draft.state is LineState.DONE and not was_done and not facts.files:
        problems.append(Problem(ExecutionProblem.NO_EVIDENCE, "evidence"))
    return problems


def _without_cui(text: str, cui: str) -> str:
    return text.replace(cui, "") if cui else text
