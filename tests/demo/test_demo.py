"""The demo loads whole, once, and says what the issue of the spine asks of it."""

import json
from collections import Counter

import pytest
from sqlalchemy import func, select

from app.accounts.models import Person
from app.audit import queries as audit
from app.contributions.models import Contribution
from app.core.clock import lima_day
from app.core.db import db
from app.demo import importing, services
from app.feedback import queries as feedback
from app.feedback.models import Decision
from app.feedback.rules.outcomes import Outcome
from app.plans import queries as plans
from app.processes import queries as processes
from app.processes.models import Process
from app.processes.rules.states import ProcessState
from app.spaces.models import RoleAssignment
from app.spaces.rules import Role
from tests.browser import Browser
from tests.demo.conftest import NOW

pytestmark = pytest.mark.slow  # loading it is


@pytest.fixture
def context(app, demo):
    with app.app_context():
        yield


def test_loading_twice_changes_nothing(context):
    before = {table.name: db.session.scalar(select(func.count()).select_from(table)) for table in db.metadata.sorted_tables}
    assert services.load(NOW) == []
    assert before == {table.name: db.session.scalar(select(func.count()).select_from(table)) for table in db.metadata.sorted_tables}


def test_there_is_somebody_for_every_role(context):
    held = {assignment.role for assignment in db.session.scalars(select(RoleAssignment))}
    assert held == set(Role)
    assert all(person.email.endswith("example.pe") for person in db.session.scalars(select(Person)))


def test_the_national_forum_published_its_schedule_more_than_two_weeks_ahead(context):
    process = processes.process_by_slug("plan-nacional-7")
    versions = processes.published_versions(process.id)
    assert process.state is ProcessState.SCHEDULED
    assert process.start_at is None
    assert versions[0].notice_days >= 21


def test_cusco_is_in_the_middle_answered_in_every_outcome(context):
    process = processes.process_by_slug("plan-cusco-2027")
    coverage = feedback.coverage(process.id)
    assert 145 <= coverage.received <= 180
    assert coverage.answered > coverage.received / 2
    assert coverage.waiting > 20
    assert set(coverage.by_outcome) == set(Outcome)
    assert processes.published_versions(process.id)[0].notice_days == 21
    languages = Counter(db.session.scalars(select(Contribution.language).where(Contribution.process_id == process.id)))
    assert languages["qu"] >= 15
    corrected = db.session.scalar(select(func.count()).where(Decision.process_id == process.id, Decision.version == 2))
    assert corrected == 3


def test_sicaya_is_finished_with_its_plan_approved_and_nobody_waiting(context):
    process = processes.process_by_slug("plan-sicaya-2026")
    assert process.state is ProcessState.SUBMITTED
    assert feedback.coverage(process.id).waiting == 0


def test_sicaya_is_followed_by_both_sectors_who_do_not_say_the_same(context, demo):
    plan = plans.plan_of(processes.process_by_slug("plan-sicaya-2026").id)
    assert [str(version.kind) for version in plans.versions(plan.id)] == ["consultation", "approved"]
    rows = plans.tracker(plan, lima_day(NOW))
    assert [row.differ for row in rows] == [True, True, False] and rows[0].milestones.keys() == {"1.1"}
    clauses = plans.clauses(plan.process_id)
    assert len(clauses) > 60 and [plan_balance.plan.n for plan_balance in plans.past_plans()] == [1, 2, 3, 4, 5, 6]


def test_the_register_of_the_demo_is_sound(context):
    assert audit.verdict().is_sound
    assert db.session.scalar(select(func.count(Process.id))) == 6


def test_the_command_prints_processes_and_people_as_promised(app, demo):
    result = app.test_cli_runner().invoke(args=["demo", "load", "--json"])
    assert result.exit_code == 0, result.output
    printed = json.loads(result.output)
    assert {p["slug"] for p in printed["processes"]} == {
        "plan-nacional-7",
        "plan-cusco-2027",
        "plan-sicaya-2026",
        "presupuesto-participativo-2027",
        "presupuesto-sicaya-en-marcha",
        "presupuesto-sicaya-2027",
    }
    assert all(set(p) == {"email", "password", "roles"} for p in printed["people"])
    assert len(printed["people"]) == len(importing.demo_people())


def test_letters_are_shown_in_the_demonstration_and_nowhere_else(app, demo, monkeypatch):
    browser = Browser(app)
    assert browser.client.get("/demo/correo").status_code == 404
    monkeypatch.setitem(app.config, "DEMO", True)
    page = browser.get("demo.letters")
    assert "@example.pe" in page
    assert len(page.soup.select("main section")) == 30
