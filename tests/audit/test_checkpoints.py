"""Checkpoints: at once for what matters, once a day for the rest, signed by a file that the database never sees."""

import os
import stat
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from app.audit import cli, queries, rules, services
from app.core.db import db
from tests.audit.world import write
from tests.world import NOON

DAY = timedelta(days=1)


@pytest.fixture
def key(app: Flask, tmp_path: Path) -> Iterator[Path]:
    """Where this test's key lives; nothing is there yet."""
    before = app.config["REGISTER_KEY"]
    app.config["REGISTER_KEY"] = str(tmp_path / "keys" / "register.ed25519")
    yield tmp_path / "keys" / "register.ed25519"
    app.config["REGISTER_KEY"] = before


def test_a_schedule_is_signed_with_its_act_and_other_acts_wait_for_the_day(context: None, key: Path) -> None:
    write(2)
    assert queries.newest_checkpoint() is None
    services.record("processes.publish-schedule", "process", "plan", at=NOON)
    db.session.commit()
    made = queries.newest_checkpoint()
    assert made is not None and (made.size, made.reason) == (3, "processes.publish-schedule")
    assert rules.read_note(made.note).root == queries.head()[1] == made.hash


def test_an_act_that_is_rolled_back_takes_its_checkpoint_along(context: None, key: Path) -> None:
    services.record("processes.publish-schedule", "process", "plan", at=NOON)
    db.session.rollback()
    assert queries.newest_checkpoint() is None and queries.head()[0] == 0


def test_the_key_is_made_once_and_only_its_owner_reads_it(context: None, key: Path) -> None:
    write(1)
    services.checkpoint(NOON)
    db.session.commit()
    content = key.read_bytes()
    assert stat.S_IMODE(os.stat(key).st_mode) == 0o600 and stat.S_IMODE(os.stat(key.parent).st_mode) == 0o700
    write(1, 1)
    services.checkpoint(NOON)
    db.session.commit()
    assert key.read_bytes() == content and [path.name for path in key.parent.iterdir()] == [key.name]
    assert len(queries.vkeys()) == 1


def test_the_private_key_is_in_no_table_and_no_log(context: None, key: Path, caplog: pytest.LogCaptureFixture) -> None:
    write(1)
    services.checkpoint(NOON)
    db.session.commit()
    secret = "".join(key.read_text().splitlines()[1:-1])
    for table in db.metadata.sorted_tables:
        for row in db.session.execute(table.select()):
            assert secret not in str(tuple(row)) and secret[-20:] not in str(tuple(row))
    assert secret[-20:] not in caplog.text


def _lose(key: Path) -> None:
    key.unlink()


def _spoil(key: Path) -> None:
    key.write_text("esto no es una llave")


def _swap(key: Path) -> None:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    key.write_bytes(Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))


@pytest.mark.parametrize("trouble", [_lose, _spoil, _swap])
def test_without_its_key_the_act_goes_on_unsigned_and_is_signed_when_the_key_is_back(context: None, key: Path, trouble: object) -> None:
    services.record("processes.publish-schedule", "process", "uno", at=NOON)
    db.session.commit()
    saved = key.read_bytes()
    trouble(key)  # type: ignore[operator]
    services.record("processes.publish-schedule", "process", "dos", at=NOON)
    db.session.commit()
    assert queries.head()[0] == 2 and queries.verdict().is_sound
    assert rules.Concern.UNSIGNED in rules.concerns(queries.standing(), NOON)
    assert "esperan su firma" in cli.sign_register(NOON)
    db.session.commit()
    assert len(queries.vkeys()) == 1, "a lost key is never replaced in silence"
    key.write_bytes(saved)
    assert cli.sign_register(NOON) == "Registro: 1 puntos de control firmados."
    db.session.commit()
    newest = queries.newest_checkpoint()
    assert newest is not None and newest.size == 2 and queries.first_unproved() is None
    assert rules.Concern.UNSIGNED not in rules.concerns(queries.standing(), NOON)


def test_a_folder_that_cannot_be_written_stops_no_act(context: None, app: Flask, key: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    app.config["REGISTER_KEY"] = str(tmp_path / "file" / "key")
    services.record("processes.publish-schedule", "process", "uno", at=NOON)
    db.session.commit()
    assert queries.head()[0] == 1 and len(queries.unsigned()) == 1


def test_an_unsigned_day_makes_one_checkpoint_not_one_each_round(context: None, key: Path) -> None:
    write(1)
    services.checkpoint(NOON - DAY)
    db.session.commit()
    key.unlink()
    for turn in range(3):
        write(1, 1 + turn)
        cli.sign_register(NOON)
        db.session.commit()
    assert len(queries.unsigned()) == 1


def test_the_worker_signs_each_day_with_acts_once(context: None, key: Path) -> None:
    assert cli.sign_register(NOON) == ""
    write(2)
    assert cli.sign_register(NOON) and not cli.sign_register(NOON)
    write(1, 2)
    assert not cli.sign_register(NOON), "the same day: the next one takes it"
    assert cli.sign_register(NOON + DAY) and not cli.sign_register(NOON + 2 * DAY), "a day without acts has nothing to sign"
    assert [size for size, _, _ in queries.checkpoints()] == [2, 3]


def test_a_new_key_is_a_public_act_and_the_old_one_stays_published(app: Flask, context: None, key: Path) -> None:
    write(1)
    services.checkpoint(NOON)
    db.session.commit()
    old = queries.vkeys()[0]
    said = app.test_cli_runner().invoke(args=["audit", "change-key"])
    assert said.exit_code == 0, said.output
    db.session.expire_all()
    assert queries.vkeys()[0] == old and len(queries.vkeys()) == 2
    assert [entry.action for entry in queries.entries_from(2)] == ["audit.change-key"]
    assert queries.first_unproved(services.public_key_of_file()) is None
    assert len(list(key.parent.glob("*.retired"))) == 1


@pytest.mark.parametrize(
    "statement",
    ["UPDATE checkpoint SET hash = 'x'", "UPDATE checkpoint SET note = 'x'", "UPDATE checkpoint SET size = 9", "DELETE FROM checkpoint"],
)
def test_a_signed_checkpoint_refuses_to_be_changed(context: None, key: Path, statement: str) -> None:
    write(1)
    services.checkpoint(NOON)
    db.session.commit()
    with pytest.raises(DatabaseError, match="never changes"):
        db.session.execute(text(statement))
    db.session.rollback()


def test_the_daily_check_keeps_what_it_found(context: None, key: Path) -> None:
    write(3)
    assert cli.check_register(NOON) == ""
    db.session.commit()
    check = queries.last_check()
    assert check is not None and (check.entries, check.first_bad) == (3, None)
    write(1, 3)
    cli.check_register(NOON + timedelta(hours=23))
    assert queries.last_check() is check
    cli.check_register(NOON + DAY)
    found = queries.last_check()
    assert found is not None and found.entries == 4
