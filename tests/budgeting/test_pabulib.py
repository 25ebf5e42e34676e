"""Reading and writing Pabulib: every way real files are written, and a reason with its line for what cannot be read."""

from fractions import Fraction

import pytest

from app.budgeting.counting import amounts, pabulib_reading, pabulib_writing
from app.budgeting.counting.count import count
from app.budgeting.counting.parameters import Parameters, Rule
from app.budgeting.counting.problems import CountingProblem
from app.core.errors import RuleBroken
from tests.budgeting import real
from tests.budgeting.elections import random_election

FILE = """META
key;value
description;Prueba
budget;100.50
vote_type;approval
rule;greedy
PROJECTS
project_id;cost;name;district
BO.D10.2/24;60;"Pileta; ""La Fuente"" vieja";Norte
c22;40.25;Parque;
VOTES
voter_id;vote;age
1;BO.D10.2/24,c22;30-39
2;c22;
3;;18-29
"""


def read(text: str) -> pabulib_reading.Election:
    return pabulib_reading.read(text.encode())


def problem(text: str) -> tuple[CountingProblem, dict[str, object]]:
    with pytest.raises(RuleBroken) as refused:
        read(text)
    return refused.value.problems[0].code, refused.value.problems[0].values


def test_ids_are_texts_amounts_are_exact_and_quotes_are_understood() -> None:
    election = read(FILE)
    assert election.budget == Fraction(201, 2)
    assert [(p.id, p.cost, p.name, p.district) for p in election.projects] == [
        ("BO.D10.2/24", 60, 'Pileta; "La Fuente" vieja', "Norte"), ("c22", Fraction("40.25"), "Parque", ""),
    ]  # fmt: skip
    assert [(b.projects, b.more) for b in election.ballots] == [
        (("BO.D10.2/24", "c22"), {"age": "30-39"}), (("c22",), {"age": ""}), ((), {"age": "18-29"}),
    ]  # fmt: skip


@pytest.mark.parametrize("before", ["\ufeff", "\n\n"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_mark_at_the_start_and_the_lines_of_windows_change_nothing(before: str, end: str) -> None:
    assert read(before + FILE.replace("\n", end)) == read(FILE)


def test_a_name_may_hold_a_line_separator_or_a_quoted_line_break() -> None:
    assert read(FILE.replace("Parque", "Par\u2028que")).project("c22").name == "Par\u2028que"
    assert read(FILE.replace("Parque", '"Par\nque"')).project("c22").name == "Par\nque"


def test_points_go_with_their_projects_and_ranks_with_their_order() -> None:
    weighed = FILE.replace("approval", "cumulative").replace("vote;age", "vote;points").replace("c22;30-39", "c22;2,1.5")
    weighed = weighed.replace("2;c22;", "2;c22;3").replace("3;;18-29", "3;;")
    assert [b.points for b in read(weighed).ballots] == [(2, Fraction(3, 2)), (3,), ()]
    ranked = count(read(FILE.replace("approval", "ordinal")), Parameters(Rule.GREEDY)).contest.profile
    assert {name: ranked.scores[at] for at, name in enumerate(ranked.ids)} == {"BO.D10.2/24": 2, "c22": 2}


def test_a_scoring_ballot_gives_the_default_to_what_it_does_not_name() -> None:
    text = FILE.replace("approval", "scoring\ndefault_score;1").replace("vote;age", "vote;points").replace("c22;30-39", "c22;5,-2")
    text = text.replace("2;c22;", "2;c22;3").replace("3;;18-29", "3;;")
    profile = count(read(text), Parameters(Rule.GREEDY)).contest.profile
    assert {name: profile.scores[at] for at, name in enumerate(profile.ids)} == {"BO.D10.2/24": 5 + 1 + 1, "c22": -2 + 3 + 1}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hola", (CountingProblem.NOT_PABULIB, {})),
        (FILE.replace("PROJECTS\n", ""), (CountingProblem.SECTION_MISSING, {"section": "PROJECTS"})),
        (FILE.replace("budget;100.50\n", ""), (CountingProblem.META_MISSING, {"key": "budget"})),
        (FILE.replace("approval", "a ojo"), (CountingProblem.UNKNOWN_VOTE_TYPE, {"type": "a ojo"})),
        (FILE.replace("40.25", "cuarenta"), (CountingProblem.NOT_AN_AMOUNT, {"row": 10, "value": "cuarenta"})),
        (FILE.replace("40.25", "-1"), (CountingProblem.NOT_AN_AMOUNT, {"row": 10, "value": "-1"})),
        (FILE.replace("40.25", "9" * 18), (CountingProblem.NUMBER_TOO_LARGE, {"row": 10, "value": "9" * 18})),
        (FILE.replace("c22;40", "BO.D10.2/24;40"), (CountingProblem.PROJECT_TWICE, {"row": 10, "project": "BO.D10.2/24"})),
        (FILE.replace("2;c22", "2;c23"), (CountingProblem.UNKNOWN_PROJECT, {"row": 14, "project": "c23"})),
        (FILE.replace("voter_id;vote", "voter_id;voto"), (CountingProblem.COLUMN_MISSING, {"section": "VOTES", "column": "vote"})),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_line(text: str, expected: tuple[CountingProblem, dict[str, object]]) -> None:
    assert problem(text) == expected


def test_a_file_in_another_encoding_is_refused() -> None:
    with pytest.raises(RuleBroken) as refused:
        pabulib_reading.read(FILE.replace("Parque", "Ñandú").encode("latin-1"))
    assert refused.value.problems[0].code is CountingProblem.NOT_UTF8


@pytest.mark.parametrize("name", real.SMALL)
def test_a_real_file_that_is_written_and_read_again_is_the_same_election(name: str) -> None:
    election = real.election(name)
    again = pabulib_reading.read(pabulib_writing.write(election))
    assert (again.budget, again.vote_type, again.projects, again.ballots) == (
        election.budget, election.vote_type, election.projects, election.ballots,
    )  # fmt: skip
    assert {name: again.meta[name] for name in election.meta} == {**election.meta, "num_projects": again.meta["num_projects"]}


def test_any_election_that_is_written_and_read_again_has_the_same_winners() -> None:
    for number in range(40):
        election = random_election(number)
        again = pabulib_reading.read(pabulib_writing.write(election))
        sheet = Parameters(Rule.EQUAL_SHARES, seed="7")
        assert count(again, sheet).winners == count(election, sheet).winners


def test_numbers_are_written_without_floats() -> None:
    written = [amounts.exact(Fraction(value)) for value in ("0.1", "2532645.83", "-3", "1/3", "1e6")]
    assert written == ["0.1", "2532645.83", "-3", "1/3", "1000000"]
    assert [amounts.money(Fraction(value)) for value in ("1/3", "0.005", "0.015", "-12.5")] == ["0.33", "0.00", "0.02", "-12.50"]
    assert [amounts.number(text) for text in ("12,50", "1e3", " 7 ", "0x1", "nan", "")] == [Fraction(25, 2), 1000, 7, None, None, None]
