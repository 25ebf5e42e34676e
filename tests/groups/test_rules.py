"""When contributions are put together, and how much two of them say the same: tables of cases, no database."""

import pytest

from app.groups.rules import likeness
from app.groups.rules.groups import (
    MOST_MEMBERS,
    Candidate,
    problems_with_change,
    problems_with_entering,
    problems_with_group,
    problems_with_reason,
    problems_with_review,
    reference,
)
from app.groups.rules.likeness import Bunch, Said

LAMPS = [
    Said(1, "Faroles en las gradas de Tancarpata", "De noche no se ve nada en las gradas de Tancarpata. Pedimos faroles."),
    Said(2, "Alumbrado de las gradas de Tancarpata", "Las gradas de Tancarpata están a oscuras; que pongan faroles por favor."),
    Said(3, "Luz para las gradas", "Queremos faroles en las gradas de Tancarpata porque subimos a oscuras."),
]
OTHERS = [
    Said(4, "Ventanilla en quechua", "Que en la ventanilla haya quien atienda en quechua."),
    Said(5, "Camión de basura", "A qué hora pasa el camión de la basura por Villa María."),
    Said(6, "Presupuesto de las obras", "Publicar cuánto cuesta cada obra y quién la hace."),
]


def codes(problems) -> list[str]:
    return [str(p.code) for p in problems]


@pytest.mark.parametrize(("number", "name"), [(3, "G-03"), (12, "G-12"), (104, "G-104")])
def test_people_call_a_group_by_its_number(number: int, name: str) -> None:
    assert reference(number) == name


@pytest.mark.parametrize(
    ("title", "members", "expected"),
    [
        ("Faroles en las gradas", 2, []),
        ("Faroles", 2, ["group-title-short"]),
        ("Faroles en las gradas", 1, ["group-too-few"]),
        ("", 0, ["group-title-short", "group-too-few"]),
        ("Faroles en las gradas", MOST_MEMBERS + 1, ["group-too-many"]),
    ],
)
def test_a_group_has_a_title_and_two_members_or_more(title: str, members: int, expected: list[str]) -> None:
    assert codes(problems_with_group(title, members)) == expected


@pytest.mark.parametrize(
    ("candidate", "expected"),
    [
        (Candidate("A"), []),
        (Candidate("A", group="G-02"), ["group-in-another"]),
        (Candidate("A", group="G-01"), ["group-already-member"]),
        (Candidate("A", is_answered=True), ["group-already-answered"]),
    ],
)
def test_what_has_a_group_or_an_answer_does_not_enter(candidate: Candidate, expected: list[str]) -> None:
    assert codes(problems_with_entering([candidate], own_group="G-01")) == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, []),
        ({"is_dissolved": True}, ["group-dissolved"]),
        ({"is_answered": True}, ["group-answered"]),
        ({"seen_revision": 3}, ["group-changed"]),
        ({"seen_revision": None}, []),
    ],
)
def test_members_change_only_while_the_group_stands_as_it_was_seen(facts: dict, expected: list[str]) -> None:
    asked = {"is_dissolved": False, "is_answered": False, "seen_revision": 4, "revision": 4} | facts
    assert codes(problems_with_change(**asked)) == expected


def test_who_grouped_does_not_review_and_a_reason_says_something() -> None:
    assert codes(problems_with_review(1, {1, 2}, is_reviewed=False)) == ["group-reviewer-grouped"]
    assert codes(problems_with_review(3, {1, 2}, is_reviewed=True)) == ["group-already-reviewed"]
    assert problems_with_review(3, {1, 2}, is_reviewed=False) == ()
    assert codes(problems_with_reason("no")) == ["group-reason-short"] and problems_with_reason("Pide otra cosa.") == ()


def test_those_that_say_the_same_come_together_and_the_others_do_not() -> None:
    pairs = likeness.edges([*LAMPS, *OTHERS])
    assert {frozenset(edge[:2]) for edge in pairs} == {frozenset((1, 2)), frozenset((1, 3)), frozenset((2, 3))}
    (bunch,) = likeness.bunches(pairs, grouped={}, different=set())
    assert bunch.ids == (1, 2, 3) and bunch.anchor is None and 34 <= bunch.percent <= 100


def test_likeness_is_the_same_both_ways_and_whole_for_equal_words() -> None:
    a, b = LAMPS[:2]
    assert likeness.likeness(a, b, {}) == pytest.approx(likeness.likeness(b, a, {}))
    assert likeness.likeness(a, Said(9, a.title, a.text), {}) == pytest.approx(1)
    assert likeness.likeness(a, Said(9, "Otra cosa", "Un puente peatonal"), {}) == 0


def test_what_somebody_told_apart_is_not_suggested_together_again() -> None:
    pairs = [(1, 2, 0.9), (1, 3, 0.6), (2, 3, 0.5)]
    found = likeness.bunches(pairs, grouped={}, different={(1, 2)})
    assert all(not {1, 2} <= set(bunch.ids) for bunch in found) and found


def test_what_is_like_a_group_is_suggested_for_it_unless_told_apart_from_any_of_it() -> None:
    pairs = [(1, 2, 0.9), (2, 3, 0.6), (4, 5, 0.5)]
    assert likeness.bunches(pairs, grouped={1: 7, 2: 7}, different=set()) == [Bunch((3,), 60, 7), Bunch((4, 5), 50)] or likeness.bunches(
        pairs, grouped={1: 7, 2: 7}, different=set()
    ) == [Bunch((4, 5), 50), Bunch((3,), 60, 7)]
    assert likeness.bunches(pairs, grouped={1: 7, 2: 7}, different={(1, 3)}) == [Bunch((4, 5), 50)]


def test_each_contribution_is_in_one_suggestion() -> None:
    pairs = [(1, 2, 0.5), (2, 3, 0.5), (3, 4, 0.5), (4, 5, 0.5)]
    ids = [id_ for bunch in likeness.bunches(pairs, grouped={}, different=set()) for id_ in bunch.ids]
    assert len(ids) == len(set(ids)) and len(ids) >= 4


def test_nothing_and_one_text_suggest_nothing() -> None:
    assert likeness.edges([]) == [] and likeness.edges(LAMPS[:1]) == []
    assert likeness.edges([Said(1, "", ""), Said(2, "¿?", "…")]) == []


def test_what_is_suggested_is_what_comparing_everything_would_suggest() -> None:
    texts = [
        "Pedimos agua de día",
        "Pedimos agua potable de día y de noche",
        "Un parque con árboles",
        "Más árboles en el parque",
        "Otra cosa",
    ]
    found = [Said(n, text, f"{text} en el barrio {n}") for n, text in enumerate(texts, start=1)]
    weight = likeness.weights(found)
    all_pairs = {(a.id, b.id): likeness.likeness(a, b, weight) for a in found for b in found if a.id < b.id}
    assert {(a, b): score for a, b, score in likeness.edges(found)} == {
        pair: round(score, 3) for pair, score in all_pairs.items() if score >= likeness.ALIKE
    }
