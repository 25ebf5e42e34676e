"""Following and being told: once, the newest first, nothing that is not public, a letter when it is due."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, func, select

from app.activities import services as activities
from app.activities.rules import RegistrationDraft
from app.audit import services as audit
from app.contributions import services as receiving
from app.contributions.models import Contribution
from app.contributions.rules.drafts import ContributionDraft
from app.core.db import db
from app.core.errors import RuleBroken
from app.follows import services
from app.follows.cli import take_news, tell_followers
from app.follows.models import Follow, Follower, FollowItem, FollowPace, News
from app.follows.queries import follower_by_address, newest, paces_of, target
from app.follows.rules import MOST_UNCONFIRMED, NewsKind, Pace, Rhythm, Subject, SubjectKind
from app.moderation import services as moderation
from app.moderation.rules import HidingReason
from app.notifications.models import Notification
from app.processes import queries as processes
from app.processes.models import Process
from tests.cast import MARCO, ROSA
from tests.contributions.test_importing import check, csv_of, row
from tests.processes.test_services import Story, moved_workshop
from tests.world import NOON, World

READER = "lectora@example.pe"
PROCESS = Subject(SubjectKind.PROCESS, "plan-prueba")


@pytest.fixture
def here(app: Flask, world: World) -> Iterator[World]:
    with app.app_context():
        yield world
        db.session.rollback()


def _follows(subject: Subject, address: str = READER, rhythm: Rhythm = Rhythm.AT_ONCE, now: datetime = NOON) -> Follower:
    services.ask_to_follow(subject, address, rhythm, title="Algo", now=now)
    follow = db.session.scalars(select(Follow).join(Follower).where(Follower.address == address, Follow.subject_ref == subject.ref)).one()
    found = follower_by_address(address)
    assert found is not None
    assert services.confirm(services.confirmation_token(follow, found.handle), now=now) is not None
    return found


def _contribution(world: World, number: int = 1, *, theme: str = "agua", ubigeo: str = "080102") -> Contribution:
    draft = ContributionDraft(
        f"Hace falta un pozo de agua en el sector {number} de la comunidad.", f"Pozo número {number}", speaker="Rosa Quispe",
        theme_slug=theme, ubigeo=ubigeo,
    )  # fmt: skip
    process = db.session.get_one(Process, world.process_id)
    key = f"follow-{number:04d}"
    return receiving.receive(draft, process, submission_key=key, received_at=NOON, now=NOON, publish=True).contribution


def _round(now: datetime) -> None:
    take_news(now)
    tell_followers(now)
    db.session.commit()


def _digests(address: str = READER) -> list[dict[str, Any]]:
    rows = db.session.scalars(
        select(Notification).where(Notification.kind == "follows.digest", Notification.address == address).order_by(Notification.id)
    )
    return [row.content for row in rows]


def _texts(address: str = READER) -> list[str]:
    return [item["text"] for digest in _digests(address) for item in digest["items"]]


def _publish_schedule(version: int, now: datetime) -> None:
    audit.record("processes.publish-schedule", "process", "plan-prueba", {"version": version}, at=now, role="secretaría")


def test_whoever_follows_a_process_is_told_of_its_new_dates_once(here: World) -> None:
    _follows(PROCESS)
    _publish_schedule(2, NOON)
    _round(NOON)
    _round(NOON + timedelta(days=8))
    assert _texts() == ["Se publicó el cronograma, versión 2"]
    assert db.session.scalar(select(func.count()).select_from(FollowItem)) == 0


def test_what_happened_before_following_is_not_told(here: World) -> None:
    _publish_schedule(2, NOON)
    _follows(PROCESS)
    _round(NOON)
    assert _digests() == []


def test_following_the_process_the_theme_the_territory_and_the_contribution_brings_one_line(here: World) -> None:
    contribution = _contribution(here)
    for subject in (
        PROCESS, Subject(SubjectKind.THEME, "plan-prueba/agua"), Subject(SubjectKind.TERRITORY, "08"),
        Subject(SubjectKind.CONTRIBUTION, contribution.code),
    ):  # fmt: skip
        _follows(subject)
    audit.record("feedback.publish", "process", "plan-prueba", {"answers": [{"code": contribution.code}], "batch": 1}, at=NOON)
    _round(NOON)
    assert _texts() == [f"Hay respuesta al aporte {contribution.code}, «{contribution.title}»"]


@pytest.mark.parametrize(
    ("kind", "ref", "is_told"),
    [
        (SubjectKind.THEME, "plan-prueba/agua", True), (SubjectKind.THEME, "plan-prueba/obras", False),
        (SubjectKind.TERRITORY, "080102", True), (SubjectKind.TERRITORY, "0801", True), (SubjectKind.TERRITORY, "080101", False),
    ],
)  # fmt: skip
def test_a_new_contribution_is_told_to_its_theme_and_its_territories_only(here: World, kind: SubjectKind, ref: str, is_told: bool) -> None:
    _follows(Subject(kind, ref))
    contribution = _contribution(here)
    _round(NOON)
    assert (_texts() == [f"Nuevo aporte: {contribution.code}, «{contribution.title}»"]) is is_told


@pytest.mark.parametrize(
    ("kind", "ref", "is_told"),
    [
        (SubjectKind.THEME, "plan-prueba/agua", True), (SubjectKind.THEME, "plan-prueba/obras", False),
        (SubjectKind.TERRITORY, "080102", True), (SubjectKind.TERRITORY, "080101", False),
    ],
)  # fmt: skip
def test_an_import_is_told_to_themes_and_places_of_what_became_public(here: World, kind: SubjectKind, ref: str, is_told: bool) -> None:
    _follows(Subject(kind, ref))
    process = db.session.get_one(Process, here.process_id)
    theme = next(t.name for t in processes.themes(process.id) if t.slug == "agua")
    rows = csv_of(row(tema=theme, ubigeo="080102"), row(texto="Llámeme al 984 123 456 para ver la fuga de la calle.", ubigeo="080101"))
    found = receiving.import_rows(check(process, rows), process, activity=None, person_id=None, now=NOON)
    assert (len(found.codes), found.held) == (2, 1)
    _round(NOON)
    assert (_texts() == ["Se recibieron 2 aportes"]) is is_told


def test_what_was_hidden_meanwhile_is_not_told(here: World) -> None:
    _follows(PROCESS, rhythm=Rhythm.DAILY)
    contribution = _contribution(here)
    take_news(NOON)
    moderation.hide(contribution, HidingReason.PERSONAL_DATA, "Nombra a una niña.", moderator_id=here.id_of(MARCO), now=NOON)
    _round(NOON + timedelta(days=2))
    assert _digests() == []
    assert db.session.scalar(select(func.count()).select_from(FollowItem)) == 0
    assert newest(PROCESS) == []


def test_letters_wait_for_their_day_and_put_the_newest_first(here: World) -> None:
    _follows(PROCESS, rhythm=Rhythm.DAILY)
    for version in (2, 3, 4):
        _publish_schedule(version, NOON)
    _round(NOON)
    assert _digests() == []
    _round(NOON + timedelta(days=1))
    assert len(_digests()) == 1
    assert _texts() == [f"Se publicó el cronograma, versión {n}" for n in (4, 3, 2)]


def test_each_kind_of_news_has_its_own_pace(here: World) -> None:
    reader = _follows(PROCESS, rhythm=Rhythm.DATES_AT_ONCE)
    _publish_schedule(2, NOON)
    contribution = _contribution(here)
    _round(NOON)
    assert _texts() == ["Se publicó el cronograma, versión 2"]
    services.choose_paces(reader, {**paces_of(reader.id), NewsKind.CONTRIBUTIONS: Pace.AT_ONCE})
    _round(NOON + timedelta(minutes=11))
    assert _texts()[1:] == [f"Nuevo aporte: {contribution.code}, «{contribution.title}»"]


def test_what_is_never_wanted_is_dropped_also_when_it_already_waited(here: World) -> None:
    reader = _follows(PROCESS, rhythm=Rhythm.WEEKLY)
    _publish_schedule(2, NOON)
    take_news(NOON)
    services.choose_paces(reader, {**paces_of(reader.id), NewsKind.DATES: Pace.NEVER})
    _publish_schedule(3, NOON)
    _round(NOON + timedelta(days=9))
    assert _digests() == []


def test_nothing_at_all_is_not_a_choice(here: World) -> None:
    reader = _follows(PROCESS)
    with pytest.raises(RuleBroken):
        services.choose_paces(reader, dict.fromkeys(NewsKind, Pace.NEVER))


def test_a_burst_of_acts_is_one_more_letter_not_thirty(here: World) -> None:
    _follows(PROCESS)
    for minute in range(9):
        _publish_schedule(minute + 2, NOON + timedelta(minutes=minute))
        _round(NOON + timedelta(minutes=minute))
    assert len(_digests()) == 1
    _round(NOON + timedelta(minutes=10))
    assert [digest["count"] for digest in _digests()] == [1, 8]


def test_nobody_is_told_before_saying_yes(here: World) -> None:
    services.ask_to_follow(PROCESS, READER, Rhythm.AT_ONCE, title="Plan", now=NOON)
    _publish_schedule(2, NOON)
    _round(NOON)
    assert _digests() == []


def test_a_link_of_somebody_else_confirms_nothing(here: World) -> None:
    services.ask_to_follow(PROCESS, READER, Rhythm.AT_ONCE, title="Plan", now=NOON)
    follow = db.session.scalars(select(Follow)).one()
    assert services.confirm(services.confirmation_token(follow, "otro"), now=NOON) is None
    assert services.confirm("nada", now=NOON) is None
    assert follow.confirmed_at is None


def test_a_stranger_cannot_flood_an_address_with_confirmations(here: World) -> None:
    for number in range(MOST_UNCONFIRMED + 3):
        services.ask_to_follow(Subject(SubjectKind.CONTRIBUTION, f"X-{number}"), READER, Rhythm.AT_ONCE, title="X", now=NOON)
        services.ask_to_follow(Subject(SubjectKind.CONTRIBUTION, f"X-{number}"), READER, Rhythm.AT_ONCE, title="X", now=NOON)
    assert db.session.scalar(select(func.count()).select_from(Notification)) == MOST_UNCONFIRMED


def test_a_stranger_cannot_change_how_often_somebody_is_told(here: World) -> None:
    reader = _follows(PROCESS, rhythm=Rhythm.WEEKLY)
    services.ask_to_follow(Subject(SubjectKind.TERRITORY, "08"), READER, Rhythm.AT_ONCE, title="Cusco", now=NOON)
    assert set(paces_of(reader.id).values()) == {Pace.WEEKLY}


def test_wishes_nobody_confirms_are_forgotten_with_their_address(here: World) -> None:
    services.ask_to_follow(PROCESS, READER, Rhythm.AT_ONCE, title="Plan", now=NOON)
    _follows(PROCESS, "otra@example.pe")
    take_news(NOON + timedelta(days=8))
    assert [row.address for row in db.session.scalars(select(Follower))] == ["otra@example.pe"]


def test_leaving_forgets_the_address_and_what_waited_for_it(here: World) -> None:
    reader = _follows(PROCESS, rhythm=Rhythm.WEEKLY)
    _publish_schedule(2, NOON)
    take_news(NOON)
    assert services.stop_following(reader, PROCESS)
    for table in (Follower, Follow, FollowPace, FollowItem):
        assert db.session.scalar(select(func.count()).select_from(table)) == 0


def test_an_account_follows_without_being_asked_by_mail(here: World) -> None:
    rosa = here.id_of(ROSA)
    for _again in range(2):
        services.follow_with_account(PROCESS, person_id=rosa, email=ROSA.email, now=NOON)
    _publish_schedule(2, NOON)
    _round(NOON)
    assert _texts(ROSA.email) == ["Se publicó el cronograma, versión 2"]


def test_who_registered_and_got_the_letter_about_the_change_is_not_told_again(here: World) -> None:
    for address in (READER, "inscrita@example.pe"):
        _follows(PROCESS, address)
    db.session.add(
        Notification(
            kind="processes.schedule-changed", address="inscrita@example.pe", subject_kind="process",
            subject_id=here.process_id, content={},
            dedupe_key="x", message_id="<x@minka>", created_at=NOON, next_attempt_at=NOON,
        )
    )  # fmt: skip
    _publish_schedule(2, NOON)
    _round(NOON)
    assert len(_digests(READER)) == 1
    assert _digests("inscrita@example.pe") == []


def test_a_change_of_date_reaches_everybody_registered_and_every_follower_once(here: World) -> None:
    opportunity = processes.opportunity("plan-prueba", "taller-ccorca")
    assert opportunity is not None
    before = opportunity.starts_at - timedelta(days=5)
    for number, address in enumerate(("inscrita@example.pe", "las-dos@example.pe")):
        activities.register(opportunity, RegistrationDraft("Ada Poma", address), submission_key=f"{number}" * 32, now=before)
    for address in (READER, "las-dos@example.pe"):
        _follows(PROCESS, address, now=before)
    Story(here).published(opportunity.process, moved_workshop(), before)
    _round(before)
    told = db.session.execute(
        select(Notification.address, Notification.kind)
        .where(Notification.kind.in_(("processes.schedule-changed", "follows.digest")))
        .order_by(Notification.address)
    ).all()
    assert [tuple(row) for row in told] == [
        ("inscrita@example.pe", "processes.schedule-changed"),
        ("las-dos@example.pe", "processes.schedule-changed"),
        (READER, "follows.digest"),
    ]


def test_many_answers_are_one_line_that_names_those_one_follows(here: World) -> None:
    codes = [_contribution(here, n).code for n in range(1, 5)]
    _follows(Subject(SubjectKind.CONTRIBUTION, codes[2]))
    audit.record("feedback.publish", "process", "plan-prueba", {"answers": [{"code": c} for c in codes], "batch": 1}, at=NOON)
    _round(NOON)
    (digest,) = _digests()
    assert [(item["text"], item["own"]) for item in digest["items"]] == [("Se publicaron 4 respuestas", [codes[2]])]


def test_pages_show_what_the_worker_has_not_taken_yet(here: World) -> None:
    _publish_schedule(2, NOON)
    take_news(NOON)
    _publish_schedule(3, NOON)
    assert [one.detail for one in newest(PROCESS)] == ["3", "2"]
    assert [one.detail for one in newest(Subject(SubjectKind.TERRITORY, "0801"))] == ["3", "2"]


def test_what_can_be_followed_is_public(here: World) -> None:
    contribution = _contribution(here)
    assert target(code=contribution.code) is not None
    moderation.hide(contribution, HidingReason.PERSONAL_DATA, "Nombra a una niña.", moderator_id=here.id_of(MARCO), now=NOON)
    assert target(code=contribution.code) is None
    assert target(slug="no-existe") is None
    assert target(slug="plan-prueba", theme="no-existe") is None
    assert target(ubigeo="99") is None


def test_the_same_statements_for_three_followers_or_three_hundred(here: World) -> None:
    def statements(count: int, version: int) -> int:
        for n in range(count):
            follower = Follower(address=f"v{version}-{n}@example.pe", handle=f"h{version}-{n}", created_at=NOON)
            db.session.add(follower)
            db.session.flush()
            db.session.add_all(
                [
                    Follow(
                        follower_id=follower.id, subject_kind=PROCESS.kind, subject_ref=PROCESS.ref, since_seq=0, created_at=NOON,
                        confirmed_at=NOON,
                    ),
                    *(FollowPace(follower_id=follower.id, kind=kind, pace=Pace.AT_ONCE) for kind in NewsKind),
                ]
            )  # fmt: skip
        _publish_schedule(version, NOON)
        db.session.commit()
        seen = []

        def note(*arguments: Any) -> None:
            seen.append(arguments[2])

        event.listen(db.engine, "before_cursor_execute", note)
        _round(NOON + timedelta(days=version))
        event.remove(db.engine, "before_cursor_execute", note)
        return len(seen)

    few = statements(3, 2)
    many = statements(300, 3)
    assert db.session.scalar(select(func.count()).select_from(Notification).where(Notification.kind == "follows.digest")) == 3 + 303
    assert many <= few + 2
    assert db.session.scalar(select(func.count()).select_from(News)) == 2
