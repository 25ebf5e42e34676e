"""When one may reply, how a reply is closed, and where a letter is: tables of cases."""

from datetime import date, timedelta

import pytest

from app.contributions.rules.terms import Channel, Visibility
from app.letters.rules.deliveries import (
    MOST_IN_A_RUN,
    NEEDS_PAPER,
    DeliveryNote,
    DeliveryProblem,
    DeliveryStep,
    LetterState,
    problems_with_run,
    standing,
)
from app.letters.rules.deliveries import problems_with as problems_with_delivery
from app.letters.rules.links import MOST_REQUESTS, MOST_REQUESTS_IN_ALL, LinkProblem, problems_with_request
from app.letters.rules.replies import (
    Answer,
    ReplyDraft,
    ReplyKind,
    ReplyProblem,
    ReplyState,
    first_state,
    problems_with,
    problems_with_hiding,
    problems_with_outcome,
    problems_with_record,
    window,
)

PUBLISHED, LAST = date(2027, 3, 20), date(2027, 3, 30)
ANSWER = Answer(PUBLISHED, LAST, "foro@example.pe")
DISAGREE = ReplyDraft(ReplyKind.DISAGREE, "El desagüe es de la provincia.")


def codes(problems) -> list[str]:
    return [str(problem.code) for problem in problems]


@pytest.mark.parametrize(
    ("on", "refused"),
    [
        (PUBLISHED, []),
        (LAST, []),
        (LAST + timedelta(days=1), [ReplyProblem.WINDOW_CLOSED]),
        (LAST + timedelta(days=400), [ReplyProblem.WINDOW_CLOSED]),
    ],
)
def test_one_may_reply_until_the_last_day_whole(on: date, refused: list[str]) -> None:
    assert codes(problems_with(DISAGREE, ANSWER, on=on)) == refused


def test_after_the_window_the_refusal_says_until_when_it_was_and_where_to_write_now() -> None:
    (problem,) = problems_with(DISAGREE, ANSWER, on=LAST + timedelta(days=1))
    assert problem.values == {"day": "30/03/2027", "contact": "foro@example.pe"}


@pytest.mark.parametrize(
    ("draft", "refused"),
    [
        (ReplyDraft(ReplyKind.ACCEPT), []),
        (ReplyDraft(ReplyKind.CLARIFY, "¿Qué obra es la del"), [ReplyProblem.REASONS_SHORT]),
        (ReplyDraft(ReplyKind.CLARIFY, "¿Qué obra es la del 2019?"), []),
        (ReplyDraft(ReplyKind.DISAGREE, "No."), [ReplyProblem.REASONS_SHORT]),
        (ReplyDraft(ReplyKind.DISAGREE, " " * 30), [ReplyProblem.REASONS_SHORT]),
        (ReplyDraft(None, "Tengo algo que decir de esto."), [ReplyProblem.NO_KIND]),
    ],
)
def test_asking_and_disagreeing_need_twenty_letters_and_accepting_none(draft: ReplyDraft, refused: list[str]) -> None:
    assert codes(problems_with(draft, ANSWER, on=PUBLISHED)) == refused


@pytest.mark.parametrize(
    ("kind", "answer", "refused"),
    [
        (ReplyKind.DISAGREE, Answer(PUBLISHED, LAST, has_open=True), [ReplyProblem.OPEN_ALREADY]),
        (ReplyKind.ACCEPT, Answer(PUBLISHED, LAST, has_open=True), [ReplyProblem.OPEN_ALREADY]),
        (ReplyKind.ACCEPT, Answer(PUBLISHED, LAST, is_accepted=True), [ReplyProblem.ACCEPTED_ALREADY]),
        (ReplyKind.DISAGREE, Answer(PUBLISHED, LAST, is_accepted=True), []),
        (ReplyKind.DISAGREE, Answer(None, None), [ReplyProblem.NOT_ANSWERED]),
        (ReplyKind.DISAGREE, Answer(PUBLISHED, None), [ReplyProblem.NOT_ANSWERED]),
    ],
)
def test_one_open_reply_at_a_time(kind: ReplyKind, answer: Answer, refused: list[str]) -> None:
    assert codes(problems_with(ReplyDraft(kind, DISAGREE.text), answer, on=PUBLISHED)) == refused


@pytest.mark.parametrize(
    ("reply_until", "clarify_by", "last"),
    [
        (LAST, None, LAST),
        (LAST, LAST + timedelta(days=5), LAST + timedelta(days=5)),
        (LAST, LAST - timedelta(days=5), LAST),
        (None, LAST, LAST),
        (None, None, None),
    ],
)
def test_a_question_to_the_author_may_leave_more_time(reply_until: date | None, clarify_by: date | None, last: date | None) -> None:
    assert window(reply_until, clarify_by) == last


@pytest.mark.parametrize(
    ("channel", "given_on", "refused"),
    [
        (Channel.PAPER, PUBLISHED, []),
        (Channel.PHONE, LAST, []),
        (Channel.WEB, PUBLISHED, [ReplyProblem.NOT_ON_PAPER]),
        (None, PUBLISHED, [ReplyProblem.NOT_ON_PAPER]),
        (Channel.PAPER, None, [ReplyProblem.NO_DAY]),
        (Channel.PAPER, LAST + timedelta(days=9), [ReplyProblem.DAY_AHEAD]),
        (Channel.PAPER, PUBLISHED - timedelta(days=1), [ReplyProblem.DAY_BEFORE]),
    ],
)
def test_what_the_team_writes_down_has_a_way_and_a_day(channel: Channel | None, given_on: date | None, refused: list[str]) -> None:
    assert codes(problems_with_record(channel, given_on, ANSWER, today=LAST + timedelta(days=3))) == refused


def test_accepting_asks_for_nothing() -> None:
    assert {kind: first_state(kind) for kind in ReplyKind} == {
        ReplyKind.ACCEPT: ReplyState.NOTED, ReplyKind.CLARIFY: ReplyState.OPEN, ReplyKind.DISAGREE: ReplyState.OPEN,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("state", "outcome", "letters", "refused"),
    [
        (ReplyState.OPEN, ReplyState.ANSWERED, 40, []),
        (ReplyState.OPEN, ReplyState.ANSWERED, 39, [ReplyProblem.ANSWER_SHORT]),
        (ReplyState.OPEN, ReplyState.NOTED, 20, []),
        (ReplyState.OPEN, ReplyState.NOTED, 19, [ReplyProblem.NOTING_SHORT]),
        (ReplyState.OPEN, ReplyState.OPEN, 60, [ReplyProblem.NO_OUTCOME]),
        (ReplyState.OPEN, None, 60, [ReplyProblem.NO_OUTCOME]),
        (ReplyState.ANSWERED, ReplyState.NOTED, 60, [ReplyProblem.NOT_OPEN]),
    ],
)
def test_a_reply_is_answered_with_forty_letters_or_noted_for_a_reason(state, outcome, letters: int, refused: list[str]) -> None:
    assert codes(problems_with_outcome(state, outcome, "x" * letters)) == refused


def test_words_are_hidden_once_and_for_a_reason() -> None:
    assert codes(problems_with_hiding(Visibility.HELD, "Insulta a una vecina.")) == []
    assert codes(problems_with_hiding(Visibility.HIDDEN, "corto")) == [ReplyProblem.HIDDEN_ALREADY, ReplyProblem.HIDING_SHORT]


@pytest.mark.parametrize(
    ("latest", "mail", "state"),
    [
        (None, None, LetterState.TO_PRINT),
        (None, "queued", LetterState.QUEUED),
        (None, "sent", LetterState.SENT),
        (None, "dead", LetterState.BOUNCED),
        (DeliveryStep.BOUNCED, "sent", LetterState.BOUNCED),
        (DeliveryStep.PRINTED, "dead", LetterState.PRINTED),
        (DeliveryStep.PRINTED, None, LetterState.PRINTED),
        (DeliveryStep.HANDED_OVER, "sent", LetterState.HANDED_OVER),
    ],
)
def test_where_a_letter_is(latest: DeliveryStep | None, mail: str | None, state: LetterState) -> None:
    assert standing(latest, mail) is state


def test_what_came_back_and_what_has_no_address_needs_paper() -> None:
    assert {LetterState.TO_PRINT, LetterState.BOUNCED} == NEEDS_PAPER


@pytest.mark.parametrize(
    ("note", "state", "has_email", "refused"),
    [
        (DeliveryNote(DeliveryStep.HANDED_OVER, LAST, "A su hija Ana"), LetterState.PRINTED, False, []),
        (DeliveryNote(DeliveryStep.PRINTED, LAST), LetterState.TO_PRINT, False, []),
        (DeliveryNote(DeliveryStep.BOUNCED, LAST, "Buzón lleno"), LetterState.SENT, True, []),
        (DeliveryNote(DeliveryStep.BOUNCED, LAST, "Buzón lleno"), LetterState.TO_PRINT, False, [DeliveryProblem.NO_EMAIL]),
        (DeliveryNote(DeliveryStep.HANDED_OVER, LAST, ""), LetterState.PRINTED, False, [DeliveryProblem.NOTE_SHORT]),
        (DeliveryNote(None, None), LetterState.PRINTED, False, [DeliveryProblem.NO_STEP, DeliveryProblem.NO_DAY]),
        (DeliveryNote(DeliveryStep.PRINTED, LAST + timedelta(days=1)), LetterState.PRINTED, False, [DeliveryProblem.DAY_AHEAD]),
        (DeliveryNote(DeliveryStep.PRINTED, PUBLISHED - timedelta(days=1)), LetterState.PRINTED, False, [DeliveryProblem.DAY_BEFORE]),
        (DeliveryNote(DeliveryStep.PRINTED, LAST), LetterState.HANDED_OVER, False, [DeliveryProblem.HANDED_OVER_ALREADY]),
        (DeliveryNote(DeliveryStep.HANDED_OVER, LAST, "Otra copia"), LetterState.HANDED_OVER, False, []),
    ],
)
def test_what_can_be_written_down_about_a_letter(note: DeliveryNote, state: LetterState, has_email: bool, refused: list[str]) -> None:
    assert codes(problems_with_delivery(note, state=state, has_email=has_email, published_on=PUBLISHED, today=LAST)) == refused


@pytest.mark.parametrize(
    ("chosen", "refused"),
    [(0, [DeliveryProblem.NOTHING_CHOSEN]), (1, []), (MOST_IN_A_RUN, []), (MOST_IN_A_RUN + 1, [DeliveryProblem.TOO_MANY])],
)
def test_a_pile_has_a_size_one_person_can_carry(chosen: int, refused: list[str]) -> None:
    assert codes(problems_with_run(chosen)) == refused


@pytest.mark.parametrize(
    ("is_address", "asked", "in_all", "refused"),
    [
        (True, 0, 0, []),
        (True, MOST_REQUESTS - 1, 10, []),
        (True, MOST_REQUESTS, 10, [LinkProblem.TOO_MANY]),
        (True, 0, MOST_REQUESTS_IN_ALL, [LinkProblem.TOO_MANY]),
        (False, 0, 0, [LinkProblem.NO_ADDRESS]),
    ],
)
def test_a_link_is_asked_for_a_few_times_an_hour(is_address: bool, asked: int, in_all: int, refused: list[str]) -> None:
    assert codes(problems_with_request(is_address, asked, in_all)) == refused
