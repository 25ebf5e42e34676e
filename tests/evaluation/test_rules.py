"""The arithmetic of the ranking and who may judge: tables of cases, exact fractions."""

from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction

import pytest

from app.evaluation.rules import (
    Conflicts,
    EvaluationProblem,
    Item,
    Marks,
    Measure,
    Member,
    hundredths,
    problems_with_declaration,
    problems_with_marks,
    problems_with_member,
    problems_with_publishing,
    problems_with_scoring,
    ranking,
    were_public_before,
)

DECLARED = datetime(2027, 3, 1, tzinfo=UTC)
OPENNESS, DEMAND = Measure(1, "Apertura", 60, 0, 4), Measure(2, "Demanda", 40, 1, 5)
MEASURES = (OPENNESS, DEMAND)
MEMBERS = tuple(Member(n, DECLARED) for n in (10, 11, 12))
A, B, C = Item(1, "P-C-0001"), Item(2, "P-C-0002", "red vecinal"), Item(3, "P-C-0003")


def marked(rows: dict[int, list[tuple[int, int]]], members: tuple[Member, ...] = MEMBERS) -> dict[tuple[int, int, int], int]:
    """Marks by item: (openness, demand) of each member in turn."""
    return {
        (member.id, item, measure.id): mark
        for item, pairs in rows.items()
        for member, pair in zip(members, pairs, strict=True)
        for measure, mark in zip(MEASURES, pair, strict=True)
    }


def codes(problems: object) -> set[str]:
    return {str(p.code) for p in problems}  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("value", "rounded"),
    [(Fraction(0), 0), (Fraction(100), 10_000), (Fraction(1, 3), 33), (Fraction(2, 3), 67), (Fraction(1, 200), 1), (Fraction(1, 201), 0),
     (Fraction(5, 1000), 1), (Fraction(15, 1000), 2), (Fraction(214, 3), 7_133)],
)  # fmt: skip
def test_hundredths_round_the_half_up(value: Fraction, rounded: int) -> None:
    assert hundredths(value) == rounded


def test_the_extremes_of_every_scale_are_zero_and_a_hundred() -> None:
    marks = marked({1: [(4, 5)] * 3, 2: [(0, 1)] * 3})
    rows = ranking(MEASURES, MEMBERS, (A, B), marks)
    assert [(row.item.code, row.score_hundredths, row.place) for row in rows] == [("P-C-0001", 10_000, 1), ("P-C-0002", 0, 2)]


def test_a_score_is_the_mean_of_each_criterion_on_its_scale_times_its_weight() -> None:
    """Openness 3, 2, 2: mean 7/3 of 4. Demand 5, 4, 3: mean 4, which is 3/4 of 1 to 5. 60 * 7/12 + 40 * 3/4 = 35 + 30."""
    (row,) = ranking(MEASURES, MEMBERS, (A,), marked({1: [(3, 5), (2, 4), (2, 3)]}))
    assert row.score_hundredths == 6_500
    assert row.by_criterion == {1: 233, 2: 400}
    assert (row.evaluators, row.excluded) == (3, 0)


def test_equal_scores_share_a_place_and_the_next_place_counts_them() -> None:
    items = (A, B, C, Item(4, "P-C-0004"))
    rows = ranking(MEASURES, MEMBERS, items, marked({1: [(4, 5)] * 3, 2: [(2, 3)] * 3, 3: [(2, 3)] * 3, 4: [(0, 1)] * 3}))
    assert [(row.place, row.item.code) for row in rows] == [(1, "P-C-0001"), (2, "P-C-0002"), (2, "P-C-0003"), (4, "P-C-0004")]


def test_who_declared_a_conflict_does_not_count() -> None:
    judge = replace(MEMBERS[0], conflicts=Conflicts(frozenset({1})))
    members = (judge, *MEMBERS[1:])
    (row,) = ranking(MEASURES, members, (A,), marked({1: [(0, 1), (4, 5), (4, 5)]}))
    assert (row.score_hundredths, row.evaluators, row.excluded) == (10_000, 2, 1)


def test_a_conflict_with_an_organisation_covers_all_it_proposed() -> None:
    conflicts = Conflicts(organisations=frozenset({"red vecinal"}))
    assert conflicts.forbid(B.id, B.organisation)
    assert not conflicts.forbid(A.id, A.organisation)


@pytest.mark.parametrize(
    ("roles", "is_member", "post", "expected"),
    [
        (("SEC",), False, "Secretaría técnica", set()),
        (("ADM", "FC"), False, "Vecina", set()),
        (("ADM",), False, "Administradora", {"evaluation-role-cannot-judge"}),
        (("MOD",), False, "Moderador", {"evaluation-role-cannot-judge"}),
        ((), False, "Vecina", {"evaluation-not-of-the-space"}),
        (("FC",), True, " ", {"evaluation-already-a-member", "evaluation-no-post"}),
    ],
)
def test_a_committee_is_made_of_people_of_the_space(roles: tuple[str, ...], is_member: bool, post: str, expected: set[str]) -> None:
    assert codes(problems_with_member(post=post, roles=roles, judging={"SEC", "FC"}, is_member=is_member)) == expected


@pytest.mark.parametrize(
    ("has_conflict", "named", "statement", "expected"),
    [
        (None, 0, "", {"evaluation-conflict-not-answered"}),
        (False, 0, "", set()),
        (True, 0, "Trabajé en esa organización.", {"evaluation-conflict-not-named"}),
        (True, 1, "Sí.", {"evaluation-statement-short"}),
        (True, 1, "Trabajé en esa organización.", set()),
    ],
)
def test_a_declaration_says_yes_with_what_or_no(has_conflict: bool | None, named: int, statement: str, expected: set[str]) -> None:
    assert codes(problems_with_declaration(has_conflict=has_conflict, named=named, statement=statement)) == expected


@pytest.mark.parametrize(
    ("member", "item", "declared", "expected"),
    [
        (MEMBERS[0], A, 3, set()),
        (MEMBERS[0], None, 3, {"evaluation-not-an-item"}),
        (Member(10), A, 3, {"evaluation-not-declared"}),
        (MEMBERS[0], A, 2, {"evaluation-few-declarations"}),
        (replace(MEMBERS[0], conflicts=Conflicts(frozenset({1}))), A, 3, {"evaluation-conflicted"}),
    ],
)
def test_nobody_scores_before_declaring_nor_with_a_conflict(member: Member, item: Item | None, declared: int, expected: set[str]) -> None:
    assert codes(problems_with_scoring(member, item, declared)) == expected


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ({1: 0, 2: 5}, set()),
        ({1: 4}, {"evaluation-score-missing"}),
        ({1: 5, 2: 0}, {"evaluation-out-of-scale"}),
        ({1: -1, 2: None}, {"evaluation-out-of-scale", "evaluation-score-missing"}),
    ],
)
def test_marks_are_whole_and_on_their_scale(marks: dict[int, int | None], expected: set[str]) -> None:
    assert codes(problems_with_marks(MEASURES, marks)) == expected


WHOLE = marked({1: [(4, 5)] * 3, 2: [(2, 3)] * 3})
ALONE = tuple(replace(m, conflicts=Conflicts(frozenset({1}))) for m in MEMBERS[:2])


@pytest.mark.parametrize(
    ("members", "items", "marks", "expected"),
    [
        (MEMBERS, (A, B), WHOLE, set()),
        (MEMBERS[:2], (A,), WHOLE, {"evaluation-few-members"}),
        ((*MEMBERS[:2], Member(12)), (A,), WHOLE, {"evaluation-few-declarations"}),
        (MEMBERS, (), WHOLE, {"evaluation-no-items"}),
        (MEMBERS, (A, C), WHOLE, {"evaluation-incomplete"}),
        ((*ALONE, MEMBERS[2]), (A,), WHOLE, {"evaluation-few-evaluators"}),
    ],
)
def test_a_ranking_is_published_whole(members: tuple[Member, ...], items: tuple[Item, ...], marks: Marks, expected: set[str]) -> None:
    assert codes(problems_with_publishing(MEASURES, members, items, marks)) == expected


def test_what_is_incomplete_is_named() -> None:
    (problem,) = problems_with_publishing(MEASURES, MEMBERS, (A, C), WHOLE)
    assert problem.code is EvaluationProblem.INCOMPLETE
    assert problem.values == {"codes": "P-C-0003", "count": 1}


@pytest.mark.parametrize(
    ("published", "opened", "expected"),
    [(None, None, None), (None, DECLARED, False), (DECLARED, None, True), (DECLARED, DECLARED, False),
     (DECLARED, datetime(2027, 3, 2, tzinfo=UTC), True)],
)  # fmt: skip
def test_criteria_are_public_before_inputs_open(published: datetime | None, opened: datetime | None, expected: bool | None) -> None:
    assert were_public_before(published, opened) is expected
