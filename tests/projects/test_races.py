"""Two people deciding at once: one decides, the other is told; on PostgreSQL."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask

from app.budgeting.rules import RoundState
from app.core.db import db
from app.core.errors import RuleBroken, SomebodyWasFirst
from app.projects import queries, services
from app.projects.models import Evaluation, Project, ProjectAnswer, ProjectChange
from app.projects.rules import ProjectState
from app.projects.rules.writing import ChangeKind
from tests.cast import ANA, GLORIA, INES, LUIS
from tests.factories.budgeting import bring_to
from tests.factories.projects import (
    LATER,
    REASON,
    REFUSAL,
    a_sheet,
    a_written_project,
    an_admissible_project,
    an_evaluation,
    municipal_team,
    project_draft,
)
from tests.world import World, build_world

pytestmark = pytest.mark.postgres


def _at_once(app: Flask, *acts: Callable[[], None]) -> list[str]:
    """Each act in its own transaction, all starting together; what became of each."""
    gate = threading.Barrier(len(acts))

    def go(act: Callable[[], None]) -> str:
        with app.app_context():
            gate.wait()
            try:
                act()
                db.session.commit()
            except RuleBroken as broken:
                db.session.rollback()
                return str(broken.problems[0].code)
            except SomebodyWasFirst:
                db.session.rollback()
                return "somebody-was-first"
            finally:
                db.session.remove()
        return "stored"

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(go, acts))


def _world(app: Flask, make: Callable[[World], Project]) -> tuple[World, int]:
    with app.app_context():
        world = build_world()
        municipal_team(world)
        project_id = make(world).id
        db.session.commit()
        db.session.remove()
    return world, project_id


def _found(project_id: int) -> Project:
    found = queries.project_by_id(project_id)
    assert found is not None
    return found


def test_two_approvals_of_one_answer_publish_it_once(postgres_app: Flask) -> None:
    world, project_id = _world(postgres_app, an_admissible_project)
    with postgres_app.app_context():
        bring_to(_found(project_id).round, RoundState.PRIORITISATION)
        services.not_prioritise(_found(project_id), source="Votación", reason=REFUSAL, person_id=world.id_of(ANA), now=LATER)
        db.session.commit()
        db.session.remove()

    def approve(person: int) -> Callable[[], None]:
        def act() -> None:
            answer = queries.open_answer(project_id)
            if answer is not None:
                services.approve_answers([answer], {answer.id: answer.revision}, person_id=person, now=LATER)

        return act

    _at_once(postgres_app, *(approve(world.id_of(member)) for member in (LUIS, INES, GLORIA)))
    with postgres_app.app_context():
        assert db.session.query(ProjectAnswer).filter(ProjectAnswer.published_at.is_not(None)).count() == 1
        assert db.session.query(ProjectChange).filter_by(kind=ChangeKind.ANSWERED).count() == 1


def test_an_evaluation_approved_and_returned_at_once_is_one_of_the_two(postgres_app: Flask) -> None:
    def made(world: World) -> Project:
        project = a_written_project(world)
        an_evaluation(world, project, approved_by=None)
        return project

    world, project_id = _world(postgres_app, made)

    def approve(person: int) -> None:
        evaluation = queries.open_evaluation(project_id)
        assert evaluation is not None
        services.approve(evaluation, revision=evaluation.revision, person_id=person, now=LATER)

    def assign() -> None:
        services.assign(_found(project_id), world.id_of(GLORIA), due_on=None, person_id=world.id_of(LUIS), now=LATER)

    ids = [world.id_of(LUIS), world.id_of(INES)]
    outcomes = _at_once(postgres_app, lambda: approve(ids[0]), lambda: approve(ids[1]), assign)
    assert sorted(outcomes) == ["evaluation-already-assigned", "evaluation-not-in-review", "stored"]
    with postgres_app.app_context():
        rows = db.session.query(Evaluation).all()
        assert len(rows) == 1 and rows[0].approved_by_id in ids


def test_two_assignments_at_once_give_it_to_one(postgres_app: Flask) -> None:
    def made(world: World) -> Project:
        a_sheet(world)
        return a_written_project(world)

    world, project_id = _world(postgres_app, made)

    def assign(person: int) -> Callable[[], None]:
        return lambda: services.assign(_found(project_id), person, due_on=None, person_id=world.id_of(LUIS), now=LATER) and None

    outcomes = _at_once(postgres_app, *(assign(world.id_of(member)) for member in (ANA, INES, GLORIA, LUIS)))
    assert sorted(outcomes) == ["evaluation-already-assigned"] * 3 + ["stored"]


def test_merging_while_somebody_edits_loses_neither_text_nor_origin(postgres_app: Flask) -> None:
    def made(world: World) -> Project:
        a_written_project(world, title="El otro puente de Ccorca")
        return a_written_project(world)

    world, project_id = _world(postgres_app, made)
    ana, luis = world.id_of(ANA), world.id_of(LUIS)

    def merge() -> None:
        into = queries.project_by_code("PRB-PR-001")
        assert into is not None
        services.merge(_found(project_id), into, REFUSAL, person_id=ana, now=LATER)

    def edit() -> None:
        draft = project_draft(title="Puente peatonal con barandas")
        services.edit(_found(project_id), draft, revision=1, reason=REASON, person_id=luis, now=LATER)

    outcomes = _at_once(postgres_app, merge, edit)
    with postgres_app.app_context():
        project = _found(project_id)
        assert outcomes[0] == "stored" and project.state is ProjectState.MERGED
        kept = [version.n for version in queries.versions(project_id)]
        assert (outcomes[1], kept) in (("stored", [1, 2]), ("somebody-was-first", [1]))
        assert len(queries.origins([project.merged_into_id or 0])[project.merged_into_id or 0]) == 2
