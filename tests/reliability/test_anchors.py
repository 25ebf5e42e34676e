"""T05: the time-stamp authority is down for a day. Acts go on, the light turns amber at 25 hours, everything is caught up."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from flask import Flask

from app.audit import cli, queries, rules, services
from app.audit.rules import AnchorKind, Concern
from app.core import clock
from app.core.db import db, sqlite_driver
from tests.audit.authority import Authority, _made, authority, needs_openssl  # noqa: F401 - fixtures
from tests.world import NOON

pytestmark = needs_openssl
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture(autouse=True)
def settings(app: Flask, context: None, authority: Authority) -> Iterator[None]:  # noqa: F811
    before = {name: app.config[name] for name in ("TSA_URL", "TSA_CERTS")}
    app.config.update(TSA_URL=authority.url, TSA_CERTS=str(authority.certificates))
    yield
    app.config.update(before)


def publish(at: datetime, times: int = 1) -> None:
    for _ in range(times):
        services.record("processes.publish-schedule", "process", "plan", at=at)
        db.session.commit()


def work(at: datetime) -> str:
    """One round of the worker's part."""
    said = " ".join(filter(None, (job(at) for job in (cli.sign_register, cli.stamp_register, cli.check_register))))
    db.session.commit()
    return said


def test_a_day_without_authority_loses_nothing(authority: Authority) -> None:  # noqa: F811
    """The stamp tells the authority's own time, so this day starts now."""
    start = clock.now()
    publish(start)
    work(start)
    assert rules.concerns(queries.standing(), start) == ()
    stamped_at = queries.newest_anchor().at  # type: ignore[union-attr]
    authority.mood = "down"
    ambers = []
    for minutes in range(10, 26 * 60 + 1, 10):
        now = start + timedelta(minutes=minutes)
        if minutes % 60 == 0:
            publish(now)
        work(now)
        if Concern.ANCHOR_OLD in rules.concerns(queries.standing(), now):
            ambers.append(now - stamped_at)  # type: ignore[operator]
    assert 25 * HOUR < ambers[0] <= 25 * HOUR + 10 * MINUTE, "amber at 25 hours, not before"
    assert queries.head()[0] == 1 + 26 and queries.verdict().is_sound, "acts go on"
    assert len(authority.asked) <= 4 * 26, "asked soon after each new checkpoint, then hourly: never in a storm"
    authority.mood = "good"
    rounds = 0
    while queries.unanchored(AnchorKind.TIME_STAMP):
        now += HOUR
        work(now)
        rounds += 1
    assert rounds <= 3
    assert len(list(queries.anchored_tokens())) == len(list(queries.checkpoints())) == 27, "none is lost"
    assert Concern.ANCHOR_OLD not in rules.concerns(queries.standing(), now)


def test_the_newest_goes_first(authority: Authority) -> None:  # noqa: F811
    authority.mood = "down"
    publish(NOON, 25)
    work(NOON)
    authority.mood = "good"
    work(NOON + HOUR)
    assert [size for size, _ in queries.anchored_tokens()] == list(range(6, 26))
    work(NOON + HOUR)
    assert len(list(queries.anchored_tokens())) == 25


@pytest.mark.parametrize("mood", ["down", "noise", "other"])
def test_what_does_not_verify_is_never_kept(authority: Authority, mood: str) -> None:  # noqa: F811
    authority.mood = mood
    publish(NOON)
    assert "La autoridad de sellado no responde bien" in work(NOON)
    assert list(queries.anchored_tokens()) == []
    assert queries.unanchored(AnchorKind.TIME_STAMP)[0].attempts == 1
    asked = len(authority.asked)
    work(NOON + timedelta(seconds=30))
    assert len(authority.asked) == asked, "it rests for a minute"


def test_a_reply_whose_certificates_are_out_of_order_is_judged_by_openssl(authority: Authority) -> None:  # noqa: F811
    """`openssl ts -reply -chain` makes such replies; rfc3161-client cannot read some of them (reliability.md 5)."""
    authority.mood = "chain"
    publish(NOON)
    work(NOON)
    assert len(list(queries.anchored_tokens())) == 1


def test_without_certificates_no_stamp_is_taken(app: Flask, authority: Authority) -> None:  # noqa: F811
    app.config["TSA_CERTS"] = ""
    publish(NOON)
    assert "TSA_CERTS" in work(NOON)
    assert authority.asked == [] and list(queries.anchored_tokens()) == []


def test_nobody_waits_for_the_authority(authority: Authority, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    """While it thinks, another connection can write: the worker holds no lock."""
    publish(NOON)
    wrote, path = [], str(db.engine.url.database)
    answer = authority.reply

    def slowly(query: bytes) -> bytes:
        other = sqlite_driver.connect(path, timeout=0.2, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        other.execute("ROLLBACK")
        other.close()
        wrote.append(True)
        return answer(query)

    monkeypatch.setattr(authority, "reply", slowly)
    work(NOON)
    assert wrote == [True] and len(list(queries.anchored_tokens())) == 1
