"""How a letter reaches a person: by e-mail when there is one, on paper when there is none or the e-mail came back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.core.errors import Problem

SHORTEST_NOTE = 5
MOST_IN_A_RUN = 60
"""Letters printed together: a file of about a minute's work for the machine, and a pile one person can carry."""


class DeliveryStep(StrEnum):
    """What somebody did with a letter, or learned about it."""

    BOUNCED = "bounced"
    PRINTED = "printed"
    HANDED_OVER = "handed-over"


class LetterState(StrEnum):
    """Where a letter is, in the words of the query string."""

    QUEUED = "en-cola"
    SENT = "enviadas"
    BOUNCED = "rebotadas"
    TO_PRINT = "por-imprimir"
    PRINTED = "impresas"
    HANDED_OVER = "entregadas"


class DeliveryProblem(StrEnum):
    NO_STEP = "delivery-no-step"
    NOTHING_CHOSEN = "delivery-nothing-chosen"
    TOO_MANY = "delivery-too-many"
    NO_DAY = "delivery-no-day"
    DAY_AHEAD = "delivery-day-ahead"
    DAY_BEFORE = "delivery-day-before"
    NOTE_SHORT = "delivery-note-short"
    NO_EMAIL = "delivery-no-email"
    HANDED_OVER_ALREADY = "delivery-handed-over-already"


@dataclass(frozen=True)
class DeliveryNote:
    """What is recorded by hand: the step, the day it happened and a note (to whom it was given, what the returned e-mail said)."""

    step: DeliveryStep | None
    on: date | None
    note: str = ""


def standing(latest: DeliveryStep | None, mail: str | None) -> LetterState:
    """Where a letter is, from the last thing recorded by hand and from its e-mail ("queued", "sent", "dead"; None without address)."""
    by_hand: Mapping[DeliveryStep, LetterState] = {
        DeliveryStep.HANDED_OVER: LetterState.HANDED_OVER,
        DeliveryStep.PRINTED: LetterState.PRINTED,
        DeliveryStep.BOUNCED: LetterState.BOUNCED,
    }
    if latest is not None:
        return by_hand[latest]
    by_mail = {"queued": LetterState.QUEUED, "sent": LetterState.SENT, "dead": LetterState.BOUNCED}
    return by_mail.get(mail or "", LetterState.TO_PRINT)


NEEDS_PAPER = frozenset({LetterState.TO_PRINT, LetterState.BOUNCED})
"""Nobody has been reached yet and nothing on its way will: these are printed."""


def problems_with(note: DeliveryNote, *, state: LetterState, has_email: bool, published_on: date, today: date) -> tuple[Problem, ...]:
    """Why this cannot be recorded about a letter published on `published_on`."""
    problems = []
    if note.step is None:
        problems.append(Problem(DeliveryProblem.NO_STEP, "step"))
    if note.on is None:
        problems.append(Problem(DeliveryProblem.NO_DAY, "on"))
    elif note.on > today:
        problems.append(Problem(DeliveryProblem.DAY_AHEAD, "on"))
    elif note.on < published_on:
        problems.append(Problem(DeliveryProblem.DAY_BEFORE, "on", {"day": f"{published_on:%d/%m/%Y}"}))
    if note.step in (DeliveryStep.BOUNCED, DeliveryStep.HANDED_OVER) and len(note.note.strip()) < SHORTEST_NOTE:
        problems.append(Problem(DeliveryProblem.NOTE_SHORT, "note", {"shortest": SHORTEST_NOTE}))
    if note.step is DeliveryStep.BOUNCED and not has_email:
        problems.append(Problem(DeliveryProblem.NO_EMAIL, "step"))
    if note.step in (DeliveryStep.PRINTED, DeliveryStep.BOUNCED) and state is LetterState.HANDED_OVER:
        problems.append(Problem(DeliveryProblem.HANDED_OVER_ALREADY, "step"))
    return tuple(problems)


def problems_with_run(chosen: int) -> tuple[Problem, ...]:
    """Why these letters cannot be printed together."""
    if chosen == 0:
        return (Problem(DeliveryProblem.NOTHING_CHOSEN),)
    return (Problem(DeliveryProblem.TOO_MANY, None, {"most": MOST_IN_A_RUN}),) if chosen > MOST_IN_A_RUN else ()
