"""The right to reply to an answer within its published window (domain.md BR-30, 11 and 13)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.contributions.rules.terms import Channel, Visibility
from app.core.errors import Problem

SHORTEST_REASONS = 20
SHORTEST_ANSWER = 40
SHORTEST_NOTING = 20
SHORTEST_HIDING = 10


class ReplyKind(StrEnum):
    """What the author says to the answer."""

    ACCEPT = "accept"
    CLARIFY = "clarify"
    DISAGREE = "disagree"


class ReplyState(StrEnum):
    """Open until the forum answers it or notes it; one that accepts asks for nothing and is noted as it comes."""

    OPEN = "open"
    ANSWERED = "answered"
    NOTED = "noted"


class ReplyProblem(StrEnum):
    NOT_ANSWERED = "reply-not-answered"
    WINDOW_CLOSED = "reply-window-closed"
    NO_KIND = "reply-no-kind"
    REASONS_SHORT = "reply-reasons-short"
    OPEN_ALREADY = "reply-open-already"
    ACCEPTED_ALREADY = "reply-accepted-already"
    NO_DAY = "reply-no-day"
    DAY_AHEAD = "reply-day-ahead"
    DAY_BEFORE = "reply-day-before"
    NOT_ON_PAPER = "reply-not-on-paper"
    UNKNOWN_CODE = "reply-unknown-code"
    NOT_OPEN = "reply-not-open"
    NO_OUTCOME = "reply-no-outcome"
    ANSWER_SHORT = "reply-answer-short"
    NOTING_SHORT = "reply-noting-short"
    PERSONAL_DATA = "reply-personal-data"
    NOT_HELD = "reply-not-held"
    HIDDEN_ALREADY = "reply-hidden-already"
    HIDING_SHORT = "reply-hiding-short"
    NO_CORRECTION = "reply-no-correction"
    LINKED_ALREADY = "reply-linked-already"


SPOKEN = frozenset({Channel.PAPER, Channel.PHONE, Channel.WINDOW, Channel.EMAIL})
"""How a reply reaches somebody of the team, who writes it down in the author's name."""


@dataclass(frozen=True)
class ReplyDraft:
    kind: ReplyKind | None
    text: str = ""


@dataclass(frozen=True)
class Answer:
    """What is known of the published answer and of the replies to this version of it.

    `until` is the last day of the window, in Lima; `contact` where to write once it is over.
    """

    published_on: date | None
    until: date | None
    contact: str = ""
    has_open: bool = False
    is_accepted: bool = False

    def is_open(self, on: date) -> bool:
        """Whether one may reply on that day; the last day counts whole."""
        return self.published_on is not None and self.until is not None and on <= self.until


def window(reply_until: date | None, clarify_by: date | None) -> date | None:
    """The last day to reply: that of the answer, or the later one in which it asked its author something."""
    days = [day for day in (reply_until, clarify_by) if day is not None]
    return max(days) if days else None


def problems_with(draft: ReplyDraft, answer: Answer, *, on: date) -> tuple[Problem, ...]:
    """Why this reply cannot be taken; `on` is the day it was given, in Lima."""
    if answer.published_on is None or answer.until is None:
        return (Problem(ReplyProblem.NOT_ANSWERED),)
    if not answer.is_open(on):
        return (Problem(ReplyProblem.WINDOW_CLOSED, None, {"day": f"{answer.until:%d/%m/%Y}", "contact": answer.contact}),)
    if draft.kind is None:
        return (Problem(ReplyProblem.NO_KIND, "kind"),)
    problems = []
    if draft.kind is not ReplyKind.ACCEPT and len(draft.text.strip()) < SHORTEST_REASONS:
        problems.append(Problem(ReplyProblem.REASONS_SHORT, "text", {"shortest": SHORTEST_REASONS}))
    if answer.has_open:
        problems.append(Problem(ReplyProblem.OPEN_ALREADY))
    elif draft.kind is ReplyKind.ACCEPT and answer.is_accepted:
        problems.append(Problem(ReplyProblem.ACCEPTED_ALREADY))
    return tuple(problems)


def problems_with_record(channel: Channel | None, given_on: date | None, answer: Answer, *, today: date) -> tuple[Problem, ...]:
    """Why somebody of the team cannot write down a reply given on that day by that way."""
    problems = []
    if channel not in SPOKEN:
        problems.append(Problem(ReplyProblem.NOT_ON_PAPER, "channel"))
    if given_on is None:
        problems.append(Problem(ReplyProblem.NO_DAY, "given_on"))
    elif given_on > today:
        problems.append(Problem(ReplyProblem.DAY_AHEAD, "given_on"))
    elif answer.published_on is not None and given_on < answer.published_on:
        problems.append(Problem(ReplyProblem.DAY_BEFORE, "given_on", {"day": f"{answer.published_on:%d/%m/%Y}"}))
    return tuple(problems)


def first_state(kind: ReplyKind) -> ReplyState:
    """An acceptance asks for nothing; anything else is answered or noted by the forum."""
    return ReplyState.NOTED if kind is ReplyKind.ACCEPT else ReplyState.OPEN


def problems_with_outcome(state: ReplyState, outcome: ReplyState | None, text: str) -> tuple[Problem, ...]:
    """Why the forum cannot close a reply like this: an answer has 40 letters or more, a note its reason."""
    if state is not ReplyState.OPEN:
        return (Problem(ReplyProblem.NOT_OPEN),)
    length = len(text.strip())
    if outcome is ReplyState.ANSWERED:
        return (Problem(ReplyProblem.ANSWER_SHORT, "text", {"shortest": SHORTEST_ANSWER}),) if length < SHORTEST_ANSWER else ()
    if outcome is ReplyState.NOTED:
        return (Problem(ReplyProblem.NOTING_SHORT, "text", {"shortest": SHORTEST_NOTING}),) if length < SHORTEST_NOTING else ()
    return (Problem(ReplyProblem.NO_OUTCOME, "outcome"),)


def problems_with_hiding(visibility: Visibility, reason: str) -> tuple[Problem, ...]:
    """Why the words of a reply cannot be kept from the public: they are already, or nobody said why."""
    problems = []
    if visibility is Visibility.HIDDEN:
        problems.append(Problem(ReplyProblem.HIDDEN_ALREADY))
    if len(reason.strip()) < SHORTEST_HIDING:
        problems.append(Problem(ReplyProblem.HIDING_SHORT, "reason", {"shortest": SHORTEST_HIDING}))
    return tuple(problems)
