"""Our counting against two others: pabutools, and the hundred lines that travel in every bundle.

ELECTIONS=1000 runs the whole of it (B07); otherwise every fifth of those elections. ORACLE=full adds the two largest real files,
on which pabutools takes minutes.
"""

import io
import json
import os
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

import pytest

from app.budgeting.counting.count import count
from app.budgeting.counting.election import Election, VoteType
from app.budgeting.counting.parameters import Completion, Order, Parameters, Rule, Utility
from app.budgeting.counting.replay import bundle, recount
from tests.budgeting import oracle, real
from tests.budgeting.elections import random_election

ELECTIONS, PARTS = int(os.environ.get("ELECTIONS", "200")), 10
MARKS_ONLY = (VoteType.APPROVAL, VoteType.CHOOSE_1)
STEP = Fraction(1, 4)


def sheets(election: Election) -> list[Parameters]:
    """Every rule, utility and completion that pabutools also knows.

    Its greedy divides by cost, so by votes it is our order by score, with cost utilities, and else our order per cost.
    """
    found = [Parameters(Rule.PHRAGMEN)]
    is_marked = election.vote_type in MARKS_ONLY
    for utility in Utility:
        order = Order.SCORE if utility is Utility.COST else Order.SCORE_PER_COST
        greedy_is_same = is_marked if utility is not Utility.POINTS else not is_marked
        if greedy_is_same:
            found.append(Parameters(Rule.GREEDY, utility=utility, order=order))
        for completion in Completion:
            uses_greedy = completion in (Completion.GREEDY, Completion.ADD1U, Completion.COMPARISON)
            if (greedy_is_same or not uses_greedy) and not (is_marked and utility is Utility.POINTS):
                found.append(Parameters(Rule.EQUAL_SHARES, completion, utility, STEP, order=order))
    return found


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_random_elections_have_the_winners_of_pabutools(part: int) -> None:
    """Each election with four of its sheets, in turn."""
    different = []
    for number in range(part, ELECTIONS, PARTS):
        election = random_election(number)
        every = sheets(election)
        for at in range(4):
            parameters = every[(number // PARTS + at * (len(every) // 4 or 1)) % len(every)]
            if set(count(election, parameters).winners) != oracle.winners(election, parameters):
                different.append((number, parameters.rule, parameters.completion, parameters.utility))
    assert different == []


LEFT_OUT = () if os.environ.get("ORACLE") == "full" else real.HUGE
ALIKE = [name for name in real.SMALL + real.LARGE if name not in LEFT_OUT]
REAL_SHEETS = (
    Parameters(Rule.GREEDY),
    Parameters(Rule.PHRAGMEN),
    Parameters(Rule.EQUAL_SHARES),
    Parameters(Rule.EQUAL_SHARES, utility=Utility.CARDINALITY),
    Parameters(Rule.EQUAL_SHARES, Completion.ADD1, increment=Fraction(20)),
    Parameters(Rule.EQUAL_SHARES, Completion.ADD1_EXHAUSTIVE, increment=Fraction(20)),
)


@pytest.mark.slow
@pytest.mark.parametrize("name", ALIKE)
def test_real_elections_have_the_winners_of_pabutools(name: str) -> None:
    election = real.election(name)
    is_marked = election.vote_type in MARKS_ONLY
    different = []
    for parameters in REAL_SHEETS:
        if parameters.rule is Rule.GREEDY and not is_marked:
            parameters = replace(parameters, order=Order.SCORE_PER_COST)
        if set(count(election, parameters).winners) != oracle.winners(election, parameters):
            different.append((parameters.rule, parameters.completion, parameters.utility))
    assert different == []


def awkward_sheets(number: int, election: Election) -> Iterator[Parameters]:
    """Every rule and completion, with lots, conflicts, thresholds and exclusions that pabutools does not know."""
    ids = [p.id for p in election.projects]
    base = Parameters(
        Rule.GREEDY, utility=tuple(Utility)[number % 3], increment=STEP, order=tuple(Order)[number % 2],
        threshold=Fraction(2) if number % 5 == 0 else None, minimum_votes=number % 3,
        fair_share=Fraction(1, 3) if number % 7 == 0 else None, exclusions={ids[-1]: "retirado"} if number % 6 == 0 else {},
        conflicts=(frozenset(ids[:2]),) if number % 4 == 0 else (), seed=None if number % 3 == 0 else str(number),
    )  # fmt: skip
    for rule in Rule:
        threshold = Fraction(3) if rule.wants_threshold else base.threshold
        for completion in Completion if rule is Rule.EQUAL_SHARES else (Completion.NONE,):
            yield replace(base, rule=rule, completion=completion, threshold=threshold)


def recounted(made: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        return recount.Count(archive.read("eleccion.pb").decode(), json.loads(archive.read("reglas.json"))).winners()  # type: ignore[no-untyped-call]


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_the_hundred_lines_of_the_bundle_count_them_alike(part: int) -> None:
    """Three of its eleven sheets for each election; the same winners, bought in the same order."""
    different = []
    for number in range(part, ELECTIONS, PARTS):
        election = random_election(number)
        every = list(awkward_sheets(number, election))
        for at in range(3):
            parameters = every[(number // PARTS + 4 * at) % len(every)]
            result = count(election, parameters)
            if recounted(bundle.make(result)) != list(result.winners):
                different.append((number, parameters))
    assert different == []


def test_the_counter_of_the_bundle_fits_on_a_hundred_lines() -> None:
    assert len(bundle._COUNTER.read_text(encoding="utf-8").splitlines()) <= 100
