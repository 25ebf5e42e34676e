"""Several workers at once on PostgreSQL: each follower is told of each act once; the same wish twice at once is one."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from app.audit import services as audit
from app.core.db import db
from app.follows import services
from app.follows.cli import take_news, tell_followers
from app.follows.models import Follow, Follower, FollowItem, FollowPace, News
from app.follows.rules import NewsKind, Pace, Rhythm, Subject, SubjectKind
from app.notifications.models import Notification
from tests.world import NOON, World, build_world

WORKERS, FOLLOWERS, ACTS = 4, 60, 5
PROCESS = Subject(SubjectKind.PROCESS, "plan-prueba")


@pytest.fixture
def followed(postgres_app: Flask) -> World:
    """The world with sixty followers of its process, and five acts nobody was told of."""
    with postgres_app.app_context():
        world = build_world()
        for n in range(FOLLOWERS):
            follower = Follower(address=f"f{n}@example.pe", handle=f"h{n}", created_at=NOON)
            db.session.add(follower)
            db.session.flush()
            db.session.add(
                Follow(
                    follower_id=follower.id, subject_kind=PROCESS.kind, subject_ref=PROCESS.ref, since_seq=0, created_at=NOON,
                    confirmed_at=NOON,
                )
            )  # fmt: skip
            db.session.add_all([FollowPace(follower_id=follower.id, kind=kind, pace=Pace.AT_ONCE) for kind in NewsKind])
        for version in range(2, ACTS + 2):
            audit.record("processes.publish-schedule", "process", "plan-prueba", {"version": version}, at=NOON)
        db.session.commit()
    return world


def test_four_workers_tell_each_follower_of_each_act_once(postgres_app: Flask, followed: World) -> None:
    start = Barrier(WORKERS)

    def work(_n: int) -> None:
        with postgres_app.app_context():
            start.wait()
            for minute in (0, 11, 22):
                for job in (take_news, tell_followers):
                    try:
                        job(NOON + timedelta(minutes=minute))
                        db.session.commit()
                    except IntegrityError:  # the very first row of the walk: the worker logs it and does the job again in its next round
                        db.session.rollback()
            db.session.remove()

    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(work, range(WORKERS)))
    with postgres_app.app_context():
        for job in (take_news, tell_followers):
            job(NOON + timedelta(hours=1))
        letters = db.session.scalars(select(Notification).where(Notification.kind == "follows.digest")).all()
        told = sorted((letter.address, item["text"]) for letter in letters for item in letter.content["items"])
        assert len(told) == len(set(told)) == FOLLOWERS * ACTS
        assert db.session.scalar(select(func.count()).select_from(News)) == ACTS
        assert db.session.scalar(select(func.count()).select_from(FollowItem)) == 0
        db.session.rollback()


def test_the_same_wish_from_many_windows_is_one_follow_and_one_letter(postgres_app: Flask, followed: World) -> None:
    start = Barrier(WORKERS)

    def ask(_n: int) -> str:
        with postgres_app.app_context():
            start.wait()
            try:
                services.ask_to_follow(PROCESS, "nueva@example.pe", Rhythm.DAILY, title="Plan", now=NOON)
                db.session.commit()
            except IntegrityError:
                db.session.rollback()
                return "refused"
            finally:
                db.session.remove()
            return "done"

    with ThreadPoolExecutor(WORKERS) as pool:
        outcomes = list(pool.map(ask, range(WORKERS)))
    with postgres_app.app_context():
        assert outcomes == ["done"] * WORKERS
        follower = db.session.scalars(select(Follower).where(Follower.address == "nueva@example.pe")).one()
        assert db.session.scalar(select(func.count()).where(Follow.follower_id == follower.id)) == 1
        letters = select(func.count()).where(Notification.kind == "follows.confirm", Notification.address == "nueva@example.pe")
        assert db.session.scalar(letters) == 1
        db.session.rollback()
