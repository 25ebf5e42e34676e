"""T03: every public act is in the register; taken back with it; and stopped when the register cannot be written."""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from app.activities import queries as activity_queries
from app.activities import services as activities
from app.activities.models import Activity
from app.audit import messages, queries, rules
from app.audit import services as audit
from app.core.db import db
from app.moderation import services as moderation
from app.moderation.rules import HidingReason
from app.plans import services as plans
from app.plans.rules import PlanSeat
from app.processes import services as processes
from app.processes.rules.drafts import CriterionDraft, ThemeDraft
from app.processes.rules.states import ProcessState
from app.spaces import queries as spaces_queries
from app.spaces import services as spaces
from app.spaces.rules import Role
from tests.cast import FELIX, GLORIA, MARCO, MATEO, SARA
from tests.factories import activities as workshops
from tests.feedback.answers import approve, make_plan, process_of, publish, say
from tests.house.source import APP, TEMPLATES, name_of, python_files, tree
from tests.processes.test_services import BEFORE, Story
from tests.world import NOON, World, sample_schedule

WITH_OWN_RECORD = ("audit", "scrutiny")  # packages whose services call a function of that name
ACTION = re.compile(r"[a-z]+\.[a-z]+([_-][a-z]+)*")
# reliability.md 5 "Acts recorded", each with the act that records it here. Rolls, ballots and tallies arrive with budgeting.
PROMISED = {
    "schedule published or changed": ["processes.publish-schedule"],
    "phase opened or closed": ["processes.advance", "processes.record-start"],
    "rules and budget set": ["processes.publish-criteria", "processes.add-theme", "forum.publish-rules"],
    "proposal published, hidden, cut; withdrawn by its answer": ["contributions.publish", "moderation.hide", "moderation.redact"],
    "decision and written feedback published": ["feedback.publish"],
    "contributions imported": ["contributions.import"],
    "plan approved": ["plans.approve", "plans.override"],
    "votes counted": ["forum.close-motion", "feedback.record-votes"],
    "minutes, by the hash of their file": ["activities.publish", "forum.publish-minutes"],
    "role grants": ["spaces.appoint", "spaces.end-role"],
    "settings and software version": ["audit.change-release", "audit.change-key"],
}


def _calls() -> Iterator[tuple[Path, ast.AST, ast.Call]]:
    """Every call that appends to the register, with the function it stands in."""
    for path in python_files("app"):
        for function in ast.walk(tree(path)):
            if isinstance(function, ast.FunctionDef):
                for node in ast.walk(function):
                    if isinstance(node, ast.Call) and _is_record(path, node):
                        yield path, function, node


def _is_record(path: Path, call: ast.Call) -> bool:
    if isinstance(call.func, ast.Name):
        return call.func.id == "record" and path.relative_to(APP).parts[0] in WITH_OWN_RECORD
    return isinstance(call.func, ast.Attribute) and call.func.attr == "record" and getattr(call.func.value, "id", "") == "audit"


def _recorded() -> dict[str, str]:
    """Names of acts written in files that append to the register, with one such file."""
    found = {}
    for path in {path for path, _, _ in _calls()}:
        for node in ast.walk(tree(path)):
            name = node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
            is_letter = (TEMPLATES / "emails" / f"{name.replace('.', '/', 1)}.txt").exists()
            if ACTION.fullmatch(name) and name.split(".")[0] == path.relative_to(APP).parts[0] and not is_letter:
                found[name] = name_of(path)
    return found


def test_the_search_for_acts_finds_them() -> None:
    assert len(list(_calls())) > 20 and len(_recorded()) > 20


@pytest.mark.parametrize("promise", sorted(PROMISED))
def test_every_act_of_the_list_is_recorded_by_some_service(promise: str) -> None:
    assert [action for action in PROMISED[promise] if action not in _recorded()] == []


def test_what_is_signed_at_once_exists() -> None:
    assert sorted(rules.AT_ONCE - set(_recorded())) == []


def test_every_act_can_be_read_in_plain_words() -> None:
    assert sorted(name for name in _recorded() if name not in messages.ACTIONS) == []


def test_no_act_is_recorded_where_a_failure_would_be_swallowed() -> None:
    """A `try` around `record` could let the act through without its entry."""
    guarded = []
    for path, function, call in _calls():
        for node in ast.walk(function):
            if isinstance(node, ast.Try) and any(call is inner for part in node.body for inner in ast.walk(part)):
                guarded.append((name_of(path), call.lineno))
    assert guarded == []


def test_acts_are_recorded_by_services_only() -> None:
    """Where the transaction of the act is: not in a view, after it."""
    misplaced = [name_of(path) for path, _, _ in _calls() if path.relative_to(APP).parts[1].split(".")[0] not in {"services"}]
    assert sorted(set(misplaced)) == []


# ------------------------------------------------------------------------------------------------- performed

Act = Callable[[], object]


def _schedule(world: World) -> Act:
    story = Story(world)
    version = story.approved(story.new_process(), sample_schedule(), BEFORE)
    return lambda: processes.publish(version, person_id=story.sara, now=BEFORE)


def _start(world: World) -> Act:
    story = Story(world)
    process = story.new_process()
    story.published(process, sample_schedule(), BEFORE)
    return lambda: processes.record_start(process, BEFORE, person_id=story.sara, now=NOON)


def _advance(world: World) -> Act:
    return lambda: processes.advance(process_of(world), ProcessState.INPUTS_CLOSED, person_id=world.id_of(SARA), now=NOON)


def _criteria(world: World) -> Act:
    story = Story(world)
    process = story.new_process()
    processes.add_criterion(process, CriterionDraft("Apertura", 100), person_id=story.sara, now=BEFORE)
    return lambda: processes.publish_criteria(process, person_id=story.sara, now=BEFORE)


def _theme(world: World) -> Act:
    return lambda: processes.add_theme(process_of(world), ThemeDraft("Caminos"), person_id=world.id_of(SARA), now=NOON)


def _publish_contribution(world: World) -> Act:
    held = say(world, publish=False)
    return lambda: moderation.publish(held, moderator_id=world.id_of(MARCO), now=NOON)


def _hide(world: World) -> Act:
    shown = say(world)
    return lambda: moderation.hide(shown, HidingReason.PERSONAL_DATA, "", moderator_id=world.id_of(MARCO), now=NOON)


def _redact(world: World) -> Act:
    held = say(world, text="Llamen al 984 123 456 para elegir a los monitores del desagüe de Ccorca.", publish=False)
    return lambda: moderation.publish_without(held, ["984 123 456"], moderator_id=world.id_of(MARCO), now=NOON)


def _answers(world: World) -> Act:
    make_plan(world)
    decision = approve(world, say(world))
    return lambda: publish(world, decision)


def _sign_plan(world: World, seat: PlanSeat, person_id: int) -> object:
    from app.plans import queries as plan_queries

    plan = plan_queries.plan_of(world.process_id)
    assert plan is not None
    return plans.sign(plan, seat, revision=plan.revision, person_id=person_id, now=NOON)


def _plan(world: World) -> Act:
    make_plan(world)
    process_of(world).state = ProcessState.PLAN_DRAFTED
    _sign_plan(world, PlanSeat.GOVERNMENT, world.id_of(GLORIA))
    return lambda: _sign_plan(world, PlanSeat.NON_GOVERNMENT, world.id_of(FELIX))


def _workshop(world: World) -> Activity:
    found = activity_queries.activity_by_slugs(world.slug, workshops.WORKSHOP)
    assert found is not None
    return found


def _record_of_workshop(world: World) -> Act:
    workshops.documented(world)
    return lambda: activities.publish_record(_workshop(world), person_id=world.id_of(SARA), now=NOON)


def _appoint(world: World) -> Act:
    from app.accounts import queries as accounts

    space, mateo = spaces_queries.space_by_slug("cusco"), accounts.person_by_email(MATEO.email)
    assert space and mateo
    return lambda: spaces.appoint(space, mateo, Role.FACILITATOR, appointed_by="Resolución 4", appoints=frozenset(Role), now=NOON)


def _end_role(world: World) -> Act:
    from app.spaces.models import RoleAssignment

    space = spaces_queries.space_by_slug("cusco")
    held = db.session.query(RoleAssignment).filter_by(space_id=world.space_id, person_id=world.id_of(FELIX)).one()
    assert space
    return lambda: spaces.end_role(held, space, now=NOON)


def _release(world: World) -> Act:
    return lambda: audit.record_release(NOON)


PERFORMED: dict[str, Callable[[World], Act]] = {
    "processes.publish-schedule": _schedule,
    "processes.record-start": _start,
    "processes.advance": _advance,
    "processes.publish-criteria": _criteria,
    "processes.add-theme": _theme,
    "contributions.publish": _publish_contribution,
    "moderation.hide": _hide,
    "moderation.redact": _redact,
    "feedback.publish": _answers,
    "plans.approve": _plan,
    "activities.publish": _record_of_workshop,
    "spaces.appoint": _appoint,
    "spaces.end-role": _end_role,
    "audit.change-release": _release,
}


def _everything() -> dict[str, list[str]]:
    """Every row of every table."""
    return {table.name: sorted(str(tuple(row)) for row in db.session.execute(table.select())) for table in db.metadata.sorted_tables}


def _since(seq: int) -> list[str]:
    return [entry.action for entry in queries.entries_from(seq + 1)]


@pytest.fixture
def ready(request: pytest.FixtureRequest, world: World, context: None, app: Flask) -> Act:
    act = PERFORMED[request.param](world)
    db.session.commit()
    return act


@pytest.mark.parametrize(("ready", "action"), [(name, name) for name in PERFORMED], indirect=["ready"])
def test_the_act_leaves_its_entry(ready: Act, action: str) -> None:
    before, _ = queries.head()
    ready()
    db.session.commit()
    assert action in _since(before)
    assert queries.verdict().is_sound
    newest = queries.newest_checkpoint()
    if action in rules.AT_ONCE:
        signed = next(entry.seq for entry in queries.entries_from(before + 1) if entry.action == action)
        assert newest is not None and newest.size >= signed


@pytest.mark.parametrize("ready", list(PERFORMED), indirect=True)
def test_taken_back_it_leaves_nothing_and_without_a_register_it_does_not_happen(ready: Act) -> None:
    before = _everything()
    ready()
    db.session.rollback()
    assert _everything() == before
    db.session.execute(text("CREATE TRIGGER full BEFORE INSERT ON audit_entry BEGIN SELECT RAISE(ABORT, 'register full'); END"))
    db.session.commit()
    with pytest.raises(DatabaseError, match="register full"):
        ready()
    db.session.rollback()
    assert _everything() == before


def test_through_the_web_a_failing_register_is_an_error_and_nothing_changes(app: Flask, world: World) -> None:
    """What the person sees is an error, and the page still says what it said."""
    from tests.browser import Browser

    with app.app_context():
        held = say(world, publish=False)
        code = held.code
        db.session.execute(text("CREATE TRIGGER full BEFORE INSERT ON audit_entry BEGIN SELECT RAISE(ABORT, 'register full'); END"))
        db.session.commit()
    browser = Browser(app).sign_in(MARCO)
    app.testing = False
    try:
        refused = browser.client.post(f"/mesa/procesos/{world.slug}/moderacion/{code}/publicar", data={})
    finally:
        app.testing = True
    assert refused.status_code in (422, 500, 503)
    assert browser.client.get(f"/aportes/{code}").status_code == 404
