"""Two people at the same schedule on PostgreSQL: one text stands, the other person is told."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest
from flask import Flask

from app.core.db import db
from app.core.errors import RuleBroken, SomebodyWasFirst
from app.processes import queries, services
from app.processes.models import ScheduleApproval, ScheduleVersion
from app.processes.rules.schedule import from_json
from app.processes.rules.states import ApprovalSeat
from tests.cast import FELIX, SARA
from tests.world import NOON, World, build_world, sample_schedule

TOGETHER = 6


@pytest.fixture
def crowded(postgres_app: Flask) -> World:
    """The world with a draft of the schedule open."""
    with postgres_app.app_context():
        world = build_world()
        process = queries.process_by_slug(world.slug)
        assert process
        services.open_draft(process, person_id=world.id_of(SARA), now=NOON)
        db.session.commit()
    return world


def together(app: Flask, act) -> list[str]:  # type: ignore[no-untyped-def]
    """`act(n)` by six people at the same instant; what became of each."""
    start = Barrier(TOGETHER)

    def run(n: int) -> str:
        with app.app_context():
            version = queries.open_version("plan-prueba")
            process = queries.process_by_slug("plan-prueba")
            start.wait()
            try:
                act(n, version, process)
                db.session.commit()
            except SomebodyWasFirst:
                db.session.rollback()
                return "second"
            except RuleBroken as refusal:
                db.session.rollback()
                return str(refusal.problems[0].code)
            return "done"

    with ThreadPoolExecutor(TOGETHER) as pool:
        return sorted(pool.map(run, range(TOGETHER)))


def test_one_of_six_savers_wins_and_the_others_are_told(postgres_app: Flask, crowded: World) -> None:
    def save(n: int, version: ScheduleVersion, process: object) -> None:
        schedule = sample_schedule()
        changed = replace(schedule, opportunities=(replace(schedule.opportunities[0], title=f"Taller {n}"), *schedule.opportunities[1:]))
        services.save_draft(version, changed, reason="", revision=1, person_id=crowded.id_of(SARA), now=NOON)

    assert together(postgres_app, save) == ["done"] + ["second"] * (TOGETHER - 1)
    with postgres_app.app_context():
        version = queries.open_version("plan-prueba")
        assert version and version.revision == 2
        assert any(plan.title.startswith("Taller ") for plan in from_json(version.content).opportunities)


def test_a_seat_approves_once(postgres_app: Flask, crowded: World) -> None:
    with postgres_app.app_context():
        version = queries.open_version("plan-prueba")
        assert version
        changed = replace(sample_schedule(), opportunities=sample_schedule().opportunities[:1])
        services.save_draft(
            version, changed, reason="Se cierra el canal en línea por falta de gente.", revision=1, person_id=crowded.id_of(SARA), now=NOON
        )
        services.submit(version, person_id=crowded.id_of(SARA), now=NOON)
        db.session.commit()

    def approve(n: int, version: ScheduleVersion, process: object) -> None:
        services.approve(version, ApprovalSeat.NON_GOVERNMENT, version.sha256, person_id=crowded.id_of(FELIX), now=NOON)

    assert together(postgres_app, approve) == ["already-approved"] * (TOGETHER - 1) + ["done"]
    with postgres_app.app_context():
        assert db.session.query(ScheduleApproval).count() == 1


def test_six_openings_make_one_draft(postgres_app: Flask) -> None:
    with postgres_app.app_context():
        world = build_world()
        db.session.commit()
        sara = world.id_of(SARA)

    def open_one(n: int, version: object, process) -> None:  # type: ignore[no-untyped-def]
        services.open_draft(process, person_id=sara, now=NOON)

    assert set(together(postgres_app, open_one)) <= {"done", "second"}
    with postgres_app.app_context():
        assert db.session.query(ScheduleVersion).filter(ScheduleVersion.n.is_(None)).count() == 1
