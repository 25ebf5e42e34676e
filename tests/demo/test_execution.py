"""The finished place of the demo has a round in execution: from the line of the act to what was done, what is late and what will not be."""

import pytest

from app.agreements import queries as agreements
from app.agreements.rules.execution import LineState, is_late
from app.budgeting import queries as rounds
from app.budgeting.rules import RoundState
from app.core.clock import lima_day
from app.projects import queries as projects
from app.projects.rules.matrix import MatrixState
from app.vigilance import queries as vigilance
from app.vigilance.rules.findings import FindingState
from tests.browser import Browser
from tests.demo.conftest import NOW

SLUG = "presupuesto-sicaya-en-marcha"


@pytest.fixture
def context(app, demo):
    with app.app_context():
        yield


def test_sicaya_executes_what_its_matrix_prioritised(context):
    round_ = rounds.round_of(SLUG)
    assert round_.state is RoundState.EXECUTING and round_.fiscal_year <= lima_day(NOW).year
    assert projects.published_matrix(round_.id).state is MatrixState.RANKED
    assert projects.without_answer(round_.id) == []
    rows = agreements.in_force(agreements.standing_act(round_.id), lima_day(NOW))
    assert [row.state for row in rows] == [LineState.DONE, LineState.STOPPED, LineState.NOT_DONE]
    assert is_late(rows[1].state, rows[1].line.due_on, lima_day(NOW)) and rows[1].last.why and rows[2].last.why
    assert all(row.last.cui for row in rows)


def test_each_line_of_an_act_commits_to_something_of_its_own(context):
    for slug in (SLUG, "presupuesto-participativo-2027"):
        lines = agreements.lines_of(agreements.standing_act(rounds.round_of(slug).id).id)
        assert len({line.entity_commits for line in lines}) == len({line.agents_commit for line in lines}) == len(lines) >= 3


def test_its_committee_was_answered_and_a_hearing_accounted_for_it(context):
    round_ = rounds.round_of(SLUG)
    (finding,) = vigilance.public_findings(round_.id)
    assert finding.state is FindingState.REPLIED
    assert [seen.title for seen in rounds.hearings_seen(round_.id)] == ["Audiencia de rendición de cuentas de Sicaya"]
    assert rounds.own_facts(round_, NOW)["hearings_accounted"] == 1


def test_everybody_follows_it_from_its_page(app, demo):
    browser = Browser(app)
    page = browser.get("agreements.execution", slug=SLUG)
    for words in ("Revestir el canal Cunas", "Cocina y techo del comedor", "Puente peatonal de Pampa Cruz"):
        assert words in page
    line = browser.get("agreements.line", slug=SLUG, code="SICPP-PR-001")
    assert line.soup.select("main img[src]") and "520 metros" in line
