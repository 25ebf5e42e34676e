"""R15: a backup taken while others write restores whole; a damaged one is refused; the restored site writes to nobody."""

import hashlib
import os
import random
import shutil
import threading
import uuid
import zipfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from flask import Flask
from flask_migrate import upgrade

from app.audit import queries, services
from app.core import storage
from app.core.db import db
from app.factory import create_app
from app.notifications import cli as mail
from app.notifications import services as notifications
from config import Config
from tests.conftest import SECRET
from tests.world import NOON, build_world

TIMES = int(os.environ.get("BACKUP_TIMES", "3"))  # ten is the bar


def site(folder: Path, **more: str) -> Flask:
    environ = {"SECRET_KEY": SECRET, "DATA_DIR": str(folder), "SITE_URL": "http://localhost", **more}
    return create_app(Config(environ, TESTING=True))


def close(app: Flask) -> None:
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def live(tmp_path: Path) -> Iterator[Flask]:
    """A site with people, acts, files and a letter that waits."""
    app = site(tmp_path / "live")
    with app.app_context():
        upgrade()
        build_world()
        _fill()
        db.session.remove()
    yield app
    close(app)


def _fill() -> None:
    for n in range(20):
        services.record("processes.publish-schedule", "process", f"p{n}", at=NOON)
        storage.put(f"aa/{n}", os.urandom(2_000))
    notifications.queue(
        "portal.confirm-following", address="rosa@example.pe", subject_kind="register", subject_id=0, content={"token": "x"},
        dedupe_key="una", at=NOON,
    )  # fmt: skip
    db.session.commit()


def run(app: Flask, *words: str) -> tuple[int, str]:
    done = app.test_cli_runner().invoke(args=["backup", *words])
    return done.exit_code, done.output


def contents(app: Flask) -> dict[str, str]:
    """One hash for each table, and one for all files."""
    with app.app_context():
        found = {}
        for table in db.metadata.sorted_tables:
            rows = sorted(str(tuple(row)) for row in db.session.execute(table.select()))
            found[table.name] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
        found["files"] = hashlib.sha256(b"".join(storage.get(name) for name in storage.names())).hexdigest()
        db.session.remove()
    return found


def test_what_is_restored_is_what_was_there(live: Flask, tmp_path: Path) -> None:
    code, said = run(live, "create", str(tmp_path / "copia.zip"))
    assert code == 0 and "20 archivos" in said and "acto 20" in said
    assert (tmp_path / "copia.zip").stat().st_mode & 0o077 == 0
    other = site(tmp_path / "other")
    code, said = run(other, "restore", str(tmp_path / "copia.zip"))
    assert code == 0 and "20 actos, registro completo" in said, said
    assert contents(other) == contents(live)
    with other.app_context():
        assert queries.verdict().is_sound and queries.first_unproved() is None
    assert other.test_client().get("/registro").status_code == 200
    close(other)


def test_the_key_that_signs_is_not_in_the_copy(live: Flask, tmp_path: Path) -> None:
    run(live, "create", str(tmp_path / "copia.zip"))
    secret = (tmp_path / "live" / "keys" / "register.ed25519").read_bytes().splitlines()[1]
    with zipfile.ZipFile(tmp_path / "copia.zip") as archive:
        assert all(secret not in archive.read(name) for name in archive.namelist())


def test_a_restored_site_writes_to_nobody_until_it_is_told(live: Flask, tmp_path: Path) -> None:
    from aiosmtpd.controller import Controller
    from aiosmtpd.handlers import Sink

    run(live, "create", str(tmp_path / "copia.zip"))
    server = Controller(Sink(), hostname="127.0.0.1", port=0)
    server.port = _free_port()
    server.start()
    other = site(tmp_path / "other", MAIL_URL=f"smtp://127.0.0.1:{server.port}")
    try:
        run(other, "restore", str(tmp_path / "copia.zip"))
        with other.app_context():
            assert mail.deliver_due(lambda: NOON).sent == 0
        run(other, "mail-on")
        with other.app_context():
            assert mail.deliver_due(lambda: NOON).sent == 1
    finally:
        server.stop()
        close(other)


def _free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_copies_under_writes_are_whole_every_time(live: Flask, tmp_path: Path) -> None:
    stop, written = threading.Event(), []

    def keep_writing() -> None:
        with live.app_context():
            while not stop.is_set():
                name = f"bb/{uuid.uuid4().hex}"
                storage.put(name, name.encode() * 50)
                services.record("test.write", "file", name, at=NOON)
                db.session.commit()
                written.append(name)

    writer = threading.Thread(target=keep_writing)
    writer.start()
    try:
        for turn in range(TIMES):
            before = len(written)
            copy = tmp_path / f"copia-{turn}.zip"
            assert run(live, "create", str(copy))[0] == 0
            other = site(tmp_path / f"other-{turn}")
            code, said = run(other, "restore", str(copy))
            assert code == 0, said
            with other.app_context():
                named = [entry.subject_ref for entry in queries.entries_from(21, 100_000)]
                assert set(written[:before]) <= set(named), "nothing acknowledged before it is missing (RPO)"
                assert all(storage.get(name) == name.encode() * 50 for name in named), "each file that a row names is there"
            close(other)
    finally:
        stop.set()
        writer.join()


def test_a_plain_copy_of_the_file_is_not_a_backup(live: Flask, tmp_path: Path) -> None:
    """The negative control: what was committed a moment ago is still in the WAL, beside the file."""
    with live.app_context():
        services.record("test.write", "file", "ahora", at=NOON)
        db.session.commit()
        (tmp_path / "plain").mkdir()
        shutil.copyfile(tmp_path / "live" / "minka.db", tmp_path / "plain" / "minka.db")
    other = site(tmp_path / "plain")
    try:
        with other.app_context():
            lost = queries.head()[0] < 21
    except Exception:
        lost = True
    close(other)
    assert lost


@pytest.mark.slow
def test_a_damaged_copy_is_refused_and_leaves_nothing(live: Flask, tmp_path: Path) -> None:
    run(live, "create", str(tmp_path / "copia.zip"))
    good = (tmp_path / "copia.zip").read_bytes()
    chance = random.Random(11)
    broken = tmp_path / "rota.zip"
    with zipfile.ZipFile(tmp_path / "copia.zip") as archive:
        data_ends = archive.start_dir
    damaged = [good[: len(good) // 2], b"", good[:-30]]
    for _ in range(12):
        place = chance.randrange(100, data_ends - 100)
        damaged.append(good[:place] + bytes([good[place] ^ 4]) + good[place + 1 :])
    for n, content in enumerate(damaged):
        broken.write_bytes(content)
        other = site(tmp_path / f"other-{n}")
        code, said = run(other, "restore", str(broken))
        untouched = not (tmp_path / f"other-{n}" / "minka.db").exists()
        close(other)
        assert (code == 1 and said and untouched) or (n > 2 and contents_equal(tmp_path / "copia.zip", broken)), (n, said)


def contents_equal(one: Path, other: Path) -> bool:
    with zipfile.ZipFile(one) as a, zipfile.ZipFile(other) as b:
        return {name: a.read(name) for name in a.namelist()} == {name: b.read(name) for name in b.namelist()}


def test_a_site_that_exists_is_never_overwritten(live: Flask, tmp_path: Path) -> None:
    run(live, "create", str(tmp_path / "copia.zip"))
    before = contents(live)
    code, said = run(live, "restore", str(tmp_path / "copia.zip"))
    assert code == 1 and "Aquí ya hay un sitio" in said
    assert contents(live) == before
    with live.app_context():
        from app.core import restored

        assert not restored.is_marked()


@pytest.mark.postgres
def test_the_same_on_postgresql(postgres_app: Flask, postgres_url: str, tmp_path: Path) -> None:
    if shutil.which("pg_dump") is None:
        pytest.skip("No hay pg_dump; para probarlo: sudo sh scripts/test-services.sh --install")
    url, name = postgres_app.config["SQLALCHEMY_DATABASE_URI"], f"minka_restored_{uuid.uuid4().hex[:8]}"
    live = site(tmp_path / "live", DATABASE_URL=url)
    with live.app_context():
        build_world()
        _fill()
        db.session.remove()
    code, said = run(live, "create", str(tmp_path / "copia.zip"))
    if code and "server version mismatch" in said:
        pytest.skip("pg_dump es de otra versión que el servidor")
    assert code == 0, said
    with psycopg.connect(postgres_url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        other = site(tmp_path / "other", DATABASE_URL=f"{url.rsplit('/', 1)[0]}/{name}")
        try:
            code, said = run(other, "restore", str(tmp_path / "copia.zip"))
            assert code == 0, said
            assert contents(other) == contents(live)
            assert run(other, "restore", str(tmp_path / "copia.zip"))[0] == 1
        finally:
            close(other)
            close(live)
            connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def test_a_database_that_does_not_answer_is_a_sentence(tmp_path: Path) -> None:
    app = site(tmp_path / "none", DATABASE_URL=f"postgresql+psycopg://root@127.0.0.1:{_free_port()}/nada")
    done = app.test_cli_runner().invoke(args=["backup", "create", str(tmp_path / "copia.zip")])
    assert done.exit_code == 1 and not (tmp_path / "copia.zip").exists()
    assert "No se pudo guardar la copia" in done.stderr
