"""What the page tells of each way of counting is what the count does."""

from fractions import Fraction

import pytest
from flask import Flask

from app.budgeting.counting.contest import Fate
from app.budgeting.counting.count import count
from app.budgeting.counting.parameters import Order, Parameters, Rule
from app.core.db import db
from app.voting import messages
from app.voting.messages.examples import ADVICE, EXAMPLES, PER_COST
from app.voting.rules.announcing import RULES
from tests.browser import Browser
from tests.budgeting.test_counting import fates, poll
from tests.factories.voting import SHEET, an_open_vote
from tests.world import build_world

THREE = poll(100, {"A": 60, "B": 50, "C": 40}, {"A": 5, "B": 4, "C": 3})
WON, LACKS, STOPPED, LOW = Fate.WON, Fate.DOES_NOT_FIT, Fate.AFTER_THE_STOP, Fate.BELOW_THRESHOLD


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (Rule.GREEDY, (WON, LACKS, WON)), (Rule.GREEDY_NO_SKIP, (WON, LACKS, STOPPED)), (Rule.GREEDY_THRESHOLD, (WON, LACKS, LOW)),
        (Rule.GREEDY_NO_SKIP_THRESHOLD, (WON, LACKS, LOW)),
    ],
)  # fmt: skip
def test_the_most_voted_as_told(rule: Rule, expected: tuple[Fate, ...]) -> None:
    found = fates(THREE, Parameters(rule, threshold=Fraction(4) if rule.wants_threshold else None))
    assert (found["A"], found["B"], found["C"]) == expected and "A cuesta 60 y tiene 5" in str(EXAMPLES[rule])


def test_votes_for_each_sol_as_told() -> None:
    told = poll(100, {"A": 90, "B": 20, "C": 30}, {"A": 5, "B": 2, "C": 2})
    assert count(told, Parameters(Rule.GREEDY, order=Order.SCORE_PER_COST)).winners == ("B", "C") and "Ganan B y C" in str(PER_COST)


def test_equal_shares_as_told() -> None:
    told = poll(90, {"A": 40, "B": 40, "C": 18}, {"A B": 8, "C": 2})
    for seed in ("1", "2", "3", "4"):
        won = set(count(told, Parameters(Rule.EQUAL_SHARES, seed=seed)).winners)
        assert "C" in won and len(won) == 2
    assert set(count(told, Parameters(Rule.GREEDY)).winners) == {"A", "B"}


def test_phragmen_as_told() -> None:
    told = poll(100, {"A": 60, "B": 50, "C": 5}, {"A": 6, "B": 4, "C": 1})
    result = count(told, Parameters(Rule.PHRAGMEN))
    assert result.winners == ("C", "A") and [step.price for step in result.steps if step.fate is WON] == [5, 10]


def test_every_rule_has_its_example_on_the_page_of_the_vote(app: Flask, database: None, during: None, browser: Browser) -> None:
    assert set(EXAMPLES) == set(RULES)
    with app.app_context():
        vote = an_open_vote(build_world(), rules={"sheet": SHEET | {"rule": "equal-shares"}})
        db.session.commit()
        assert messages.example(vote.rules["sheet"])[1] == str(ADVICE)
        db.session.remove()
    page = browser.get("voting.show", slug="plan-prueba", vote="votacion")
    assert "Un ejemplo, para entenderlo" in page and str(EXAMPLES["equal-shares"]) in page and str(ADVICE) in page
