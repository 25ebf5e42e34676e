"""When one may comment, what a comment needs, and what may become of a wording."""

import pytest

from app.contributions.rules import floods
from app.contributions.rules.floods import Facts, Mark
from app.contributions.rules.terms import NameConsent
from app.deliberation.rules.amendments import (
    AmendmentProblem,
    AmendmentState,
    problems_with_deciding,
    problems_with_promoting,
    problems_with_wording,
)
from app.deliberation.rules.comments import (
    CommentDraft,
    CommentProblem,
    Side,
    code,
    problems_with,
    problems_with_answer,
    standing,
)
from app.processes.rules.schedule import PhaseKind
from app.processes.rules.states import ProcessState

GOOD = CommentDraft(Side.FOR, "Conviene, porque de noche no se ve nada.")


@pytest.mark.parametrize(
    ("state", "phases", "is_open"),
    [
        (ProcessState.RUNNING, {PhaseKind.PROBLEMS}, True),
        (ProcessState.RUNNING, {PhaseKind.COCREATION}, True),
        (ProcessState.PUBLIC_VALIDATION, {PhaseKind.VALIDATION}, True),
        (ProcessState.RUNNING, {PhaseKind.PREPARATION}, False),
        (ProcessState.FEEDBACK, {PhaseKind.FEEDBACK}, False),
        (ProcessState.RUNNING, set(), False),
        (ProcessState.DELIBERATION, set(), True),
        (ProcessState.SUSPENDED, {PhaseKind.COCREATION}, False),
        (ProcessState.CANCELLED, {PhaseKind.COCREATION}, False),
        (ProcessState.CLOSED, {PhaseKind.VALIDATION}, False),
        (ProcessState.DRAFT, {PhaseKind.COCREATION}, False),
    ],
)
def test_phases_say_when_people_may_comment_and_support(state: ProcessState, phases: set[PhaseKind], is_open: bool) -> None:
    assert standing(state, phases).is_open is is_open


@pytest.mark.parametrize(
    ("draft", "problems"),
    [
        (GOOD, []),
        (CommentDraft(None, GOOD.text), [CommentProblem.SIDE_MISSING]),
        (CommentDraft(Side.FOR, "   "), [CommentProblem.TEXT_MISSING]),
        (CommentDraft(Side.FOR, "Sí."), [CommentProblem.TEXT_SHORT]),
        (CommentDraft(Side.FOR, "x" * 3_001), [CommentProblem.TOO_LONG]),
        (CommentDraft(Side.FOR, GOOD.text, None), [CommentProblem.CONSENT_MISSING]),
        (CommentDraft(None, "", None), [CommentProblem.SIDE_MISSING, CommentProblem.TEXT_MISSING, CommentProblem.CONSENT_MISSING]),
    ],
)
def test_everything_a_comment_lacks_is_said_at_once(draft: CommentDraft, problems: list[CommentProblem]) -> None:
    assert [p.code for p in problems_with(draft, is_open=True, is_suspended=False)] == problems


def test_a_closed_phase_and_a_suspension_keep_a_comment_out() -> None:
    found = [p.code for p in problems_with(GOOD, is_open=False, is_suspended=True)]
    assert found == [CommentProblem.CLOSED, CommentProblem.SUSPENDED]


def test_an_official_answers_with_a_post_and_words() -> None:
    assert [p.code for p in problems_with_answer("Sí", " ")] == [CommentProblem.POST_MISSING, CommentProblem.TEXT_SHORT]
    assert problems_with_answer("Lo paga la Gerencia de Obras.", "Gerenta") == ()


def test_a_comment_has_a_code_of_its_own_series() -> None:
    assert code("PA7", 12) == "PA7-D-0012"


@pytest.mark.parametrize(
    ("base", "proposed", "problem"),
    [
        ("La posta abre.", "La posta abre de noche.", None),
        ("La posta abre.", "  ", AmendmentProblem.WORDING_MISSING),
        ("La posta abre.", "La  posta\nabre.", AmendmentProblem.WORDING_SAME),
        ("La posta abre.", "x" * 4_001, AmendmentProblem.WORDING_LONG),
    ],
)
def test_a_wording_says_something_else(base: str, proposed: str, problem: AmendmentProblem | None) -> None:
    assert [p.code for p in problems_with_wording(base, proposed)] == ([problem] if problem else [])


REASON = "Da más horas a quien trabaja de día."


@pytest.mark.parametrize(
    ("state", "to", "answer", "is_public", "problems"),
    [
        (AmendmentState.OPEN, AmendmentState.ACCEPTED, REASON, True, []),
        (AmendmentState.OPEN, AmendmentState.REJECTED, REASON, True, []),
        (AmendmentState.ACCEPTED, AmendmentState.REJECTED, REASON, True, [AmendmentProblem.DECIDED]),
        (AmendmentState.OPEN, AmendmentState.OPEN, REASON, True, [AmendmentProblem.DECIDED]),
        (AmendmentState.OPEN, AmendmentState.ACCEPTED, "No.", True, [AmendmentProblem.ANSWER_SHORT]),
        (AmendmentState.OPEN, AmendmentState.ACCEPTED, REASON, False, [AmendmentProblem.NOT_PUBLIC]),
    ],
)
def test_a_wording_is_decided_once_in_public_and_with_a_reason(
    state: AmendmentState, to: AmendmentState, answer: str, is_public: bool, problems: list[AmendmentProblem]
) -> None:
    assert [p.code for p in problems_with_deciding(state, to, answer, is_public=is_public)] == problems


def test_only_what_was_rejected_is_promoted_and_once() -> None:
    assert problems_with_promoting(AmendmentState.REJECTED, is_promoted=False) == ()
    assert problems_with_promoting(AmendmentState.OPEN, is_promoted=False)[0].code == AmendmentProblem.NOT_REJECTED
    assert problems_with_promoting(AmendmentState.ACCEPTED, is_promoted=False)[0].code == AmendmentProblem.NOT_REJECTED
    assert problems_with_promoting(AmendmentState.REJECTED, is_promoted=True)[0].code == AmendmentProblem.PROMOTED


CALM = {"seconds": 60}
EARLIER = "Propongo que la posta de Ccorca atienda también de noche, con dos personas."


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        (Facts("Que haya luz en la cancha.", **CALM), ()),
        (Facts("Miren el acuerdo en www.gob.pe/cusco y en https://sanjeronimo.gob.pe/acta", **CALM), ()),
        (Facts("Compre en http://a.com http://b.com y http://c.com", **CALM), (Mark.LINKS,)),
        (Facts("Entre a premios.xyz y gane", is_new_account=True, **CALM), (Mark.NEW_ACCOUNT_LINK,)),
        (Facts("Que haya luz en la cancha.", is_new_account=True, **CALM), ()),
        (Facts("Que haya luz en la cancha.", seconds=1), (Mark.FAST,)),
        (Facts("Que haya luz en la cancha.", seconds=None), (Mark.FAST,)),
        (Facts("Que haya luz en la cancha.", is_trapped=True, **CALM), (Mark.TRAP,)),
        (Facts("Llámeme al 984 123 456.", **CALM), (Mark.PERSONAL_DATA,)),
        (Facts("Que haya luz.", of_person=5, **CALM), (Mark.PERSON_FLOOD,)),
        (Facts("Que haya luz.", of_person=4, of_address=29, **CALM), ()),
        (Facts("Que haya luz.", of_address=30, **CALM), (Mark.ADDRESS_FLOOD,)),
        (
            Facts("PROPONGO que la posta de Ccorca atienda tambien de noche, con dos personas!!", recent=(EARLIER,), **CALM),
            (Mark.SAME_TEXT,),
        ),
        (Facts("La posta de Ccorca debería tener una ambulancia para las emergencias.", recent=(EARLIER,), **CALM), ()),
        (Facts("Estoy de acuerdo.", recent=("Estoy de acuerdo.",), **CALM), ()),
    ],
)
def test_what_makes_a_text_wait_for_a_person(facts: Facts, found: tuple[Mark, ...]) -> None:
    assert floods.marks(facts) == found


def test_marks_are_read_as_they_were_written_and_old_words_are_forgotten() -> None:
    assert floods.read(floods.written((Mark.LINKS, Mark.FAST))) == (Mark.LINKS, Mark.FAST)
    assert floods.read("") == () and floods.read("a-mark-of-before,links") == (Mark.LINKS,)


def test_consent_is_part_of_a_draft() -> None:
    assert GOOD.consent is NameConsent.INITIALS
