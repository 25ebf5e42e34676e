"""The right person only: every route times every person, against a table somebody reviewed (S20), plus what the table must never say."""

import pytest
from flask import Flask

from tests.security import matrix
from tests.security.rich import RichWorld

Rows = dict[tuple[str, str], matrix.Row]


@pytest.fixture
def now(app: Flask, rich: RichWorld, nothing_is_kept: None) -> Rows:
    return matrix.measured(app, rich)


@pytest.mark.slow
def test_every_door_opens_to_exactly_who_the_table_says(now: Rows) -> None:
    table = matrix.expected()
    assert sorted(set(now) - set(table)) == [], "routes without a row: python -m tests.security.matrix --write, then review"
    assert sorted(set(table) - set(now)) == [], "rows without a route"
    wrong = {key: {who: (table[key][who], now[key][who]) for who in matrix.PEOPLE if table[key][who] != now[key][who]} for key in table}
    assert {key: people for key, people in wrong.items() if people} == {}


def test_the_table_keeps_the_invariants() -> None:
    """domain.md 13: outsiders never enter; who is not signed in is asked to; the administrator edits no content; reviewers change nothing."""
    for (route, method), row in matrix.expected().items():
        address = route.split(" ")[1]
        if not address.startswith("/mesa"):
            continue
        assert row["anonymous"] == "sign-in", route
        if "<" in address:
            assert row["olga"] in ("403", "404"), f"{route}: the secretariat of another space enters"
            assert row["rosa"] in ("403", "404"), f"{route}: a citizen without a role enters"
        if method == "POST":
            assert row["vera"] != "ok", f"{route}: a reviewer writes"
            assert row["dario"] != "ok" or address.startswith("/mesa/espacios"), f"{route}: the administrator edits content"
