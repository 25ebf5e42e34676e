"""T01 and T02: what the proof catches, with nothing of this site but the bundle, Python and openssl."""

import hashlib
import json
import random
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from app.audit import documents, queries, services
from app.core.db import db
from tests.audit.authority import Authority, _made, authority, needs_openssl  # noqa: F401 - fixtures
from tests.audit.world import HOUR, bundle, chain_again, disarm, repacked, with_authority, write
from tests.world import NOON

pytestmark = needs_openssl
TEXT = json.dumps({"start_at": "2027-03-01T09:00:00-05:00"}).encode()


@pytest.fixture
def clean(tmp_path: Path) -> Path:
    """A folder that holds nothing but verify.py, as a citizen has it."""
    (tmp_path / "verify.py").write_bytes(documents.VERIFIER.read_bytes())
    return tmp_path


@pytest.fixture
def settings(app: Flask) -> object:
    before = {name: app.config[name] for name in ("TSA_URL", "TSA_CERTS", "REGISTER_KEY")}
    yield
    app.config.update(before)


def verify(folder: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run it as a stranger would: another interpreter, isolated, outside this project."""
    command = [sys.executable, "-I", "verify.py", *map(str, arguments)]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60, check=False)


@pytest.fixture
def six(context: None) -> str:
    """Six acts; the fourth was signed, and somebody keeps that note. Gives the note."""
    write(4)
    services.checkpoint(NOON)
    write(2, 4)
    kept = queries.newest_checkpoint()
    assert kept is not None
    return kept.note


def _edit() -> None:
    db.session.execute(text("UPDATE audit_entry SET body = replace(body, 'p1', 'p9') WHERE seq = 2"))


def _delete() -> None:
    db.session.execute(text("DELETE FROM audit_entry WHERE seq = 2"))


def _truncate() -> None:
    """Cut acts and everything that speaks of them: without what others keep, nothing is missing."""
    db.session.execute(text("DELETE FROM audit_entry WHERE seq > 3"))
    db.session.execute(text("DELETE FROM checkpoint WHERE size > 3"))
    db.session.execute(text("UPDATE audit_head SET seq = 3, hash = (SELECT hash FROM audit_entry WHERE seq = 3)"))


def _rewrite_old() -> None:
    _edit()
    chain_again(2)
    db.session.execute(text("DELETE FROM checkpoint"))


def _rewrite_new() -> None:
    db.session.execute(text("UPDATE audit_entry SET body = replace(body, 'p5', 'p9') WHERE seq = 6"))
    chain_again(6)


def _attack(how: object) -> None:
    disarm()
    how()  # type: ignore[operator]
    db.session.commit()


ATTACKS = [(_edit, "acto 2 "), (_delete, "acto 2 "), (_truncate, "falta el acto 4"), (_rewrite_old, "fue cambiado")]


@pytest.mark.parametrize(("how", "said"), ATTACKS)
def test_every_attack_is_caught_by_who_keeps_a_note(clean: Path, six: str, how: object, said: str) -> None:
    (clean / "nota.txt").write_text(six)
    before = verify(clean, bundle(clean), "nota.txt")
    assert before.returncode == 0, before.stderr
    _attack(how)
    after = verify(clean, bundle(clean), "nota.txt")
    assert after.returncode == 1 and said in after.stderr, after.stdout + after.stderr


@pytest.mark.parametrize(("how", "is_caught"), [(_edit, True), (_delete, True), (_truncate, False), (_rewrite_old, False)])
def test_without_an_anchor_a_cut_register_passes(clean: Path, six: str, how: object, is_caught: bool) -> None:
    """The negative control: the chain alone sees edits and deletions, never a shorter or a rewritten history."""
    _attack(how)
    assert (verify(clean, bundle(clean)).returncode == 1) is is_caught


def test_what_comes_after_the_last_anchor_is_not_proved_until_the_next(clean: Path, six: str) -> None:
    (clean / "nota.txt").write_text(six)
    _attack(_rewrite_new)
    unseen = verify(clean, bundle(clean), "nota.txt")
    assert unseen.returncode == 0
    assert "Los actos 5 a 6 son posteriores al último punto de control: nadie responde por ellos todavía." in unseen.stdout


@pytest.mark.parametrize("how", [_edit, _delete, _truncate, _rewrite_old])
def test_the_command_of_the_site_catches_them_too(app: Flask, tmp_path: Path, six: str, how: object) -> None:
    (tmp_path / "nota.txt").write_text(six)
    command = ["audit", "verify", "--note", str(tmp_path / "nota.txt")]
    good = app.test_cli_runner().invoke(args=command)
    assert good.exit_code == 0 and "Último punto de control: actos 1 a 4" in good.output, good.output
    _attack(how)
    bad = app.test_cli_runner().invoke(args=command)
    assert bad.exit_code == 1 and "el acto" in bad.stderr


def test_a_forger_who_keeps_the_checkpoints_cannot_sign_them(app: Flask, six: str) -> None:
    """Old acts rewritten, roots of checkpoints rewritten, notes copied: the signature is of another root."""
    disarm()
    _edit()
    chain_again(2)
    db.session.execute(text("UPDATE checkpoint SET hash = (SELECT hash FROM audit_entry WHERE seq = checkpoint.size)"))
    db.session.commit()
    assert queries.verdict().is_sound
    assert queries.first_unproved() == 1
    assert services.check_register(NOON).first_bad == 1


def test_a_forger_who_brings_a_key_is_betrayed_by_the_file(app: Flask, six: str) -> None:
    """Everything signed again with another key that the database publishes: the file, outside the database, says otherwise."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from app.audit.services.keys import Signer

    forger = Signer("localhost/registro", Ed25519PrivateKey.generate())
    from app.audit import rules

    disarm()
    _edit()
    chain_again(2)
    root = db.session.scalar(text("SELECT hash FROM audit_entry WHERE seq = 4"))
    db.session.execute(text("UPDATE checkpoint SET hash = :root, note = :note"), {"root": root, "note": forger.note(4, str(root))})
    db.session.execute(text("UPDATE signing_key SET vkey = :vkey"), {"vkey": rules.vkey(forger.name, forger.public)})
    db.session.commit()
    assert queries.first_unproved() is None, "its own books are in order"
    assert services.check_register(NOON).first_bad == 1
    assert app.test_cli_runner().invoke(args=["audit", "verify"]).exit_code == 1


@pytest.fixture
def stamped(app: Flask, settings: None, context: None, authority: Authority, clean: Path) -> Path:  # noqa: F811
    """A schedule published among other acts, signed and stamped; its bundle."""
    with_authority(app, authority.url, authority.certificates)
    write(3)
    services.record("processes.publish-schedule", "process", "plan", {"sha256": hashlib.sha256(TEXT).hexdigest()}, at=NOON)
    db.session.commit()
    write(2, 5)
    assert services.stamp_due(NOON) == (1, "")
    db.session.commit()
    return bundle(clean, certificates=authority.certificates.read_bytes(), texts=[("cronograma-plan-v1.json", TEXT)])


def test_the_date_of_a_schedule_is_proved_on_a_clean_machine_in_seconds(clean: Path, stamped: Path) -> None:
    began = time.monotonic()
    done = verify(clean, stamped.name)
    assert done.returncode == 0, done.stderr
    assert time.monotonic() - began < 5
    assert "textos/cronograma-plan-v1.json: es exactamente el que nombra el acto 4; existía el 20" in done.stdout
    assert "Sellos de tiempo válidos: 1. Los actos 1 a 4 ya existían el 20" in done.stdout
    assert done.stdout.endswith("Todo coincide.\n")


def test_openssl_alone_says_the_same(clean: Path, stamped: Path) -> None:
    with zipfile.ZipFile(stamped) as files:
        files.extractall(clean)
    command = ["ts", "-verify", "-data", "checkpoints/00000004.txt", "-in", "checkpoints/00000004.tsr", "-CAfile", "certificados.pem"]
    assert b"Verification: OK" in subprocess.run(["openssl", *command], cwd=clean, capture_output=True, check=True).stdout
    assert subprocess.run(["sha256sum", "-c", "--quiet", "SHA256SUMS"], cwd=clean, check=False).returncode == 0


def test_any_flipped_byte_is_refused(clean: Path, stamped: Path) -> None:
    """Every 61st byte of the file: either it is refused, or no file inside changed (dates and other trimmings of the ZIP itself)."""
    from app.audit.documents import verify as proof

    good = stamped.read_bytes()
    with zipfile.ZipFile(stamped) as files:
        inside = {name: files.read(name) for name in files.namelist()}
    flipped = clean / "otra.zip"
    unnoticed = []
    for place in range(0, len(good), 61):
        flipped.write_bytes(good[:place] + bytes([good[place] ^ 1]) + good[place + 1 :])
        if _is_accepted(proof, flipped) and not _holds(flipped, inside):
            unnoticed.append(place)
    assert unnoticed == []


def _is_accepted(proof: object, path: Path) -> bool:
    import contextlib
    import io

    with contextlib.redirect_stderr(io.StringIO()), contextlib.redirect_stdout(io.StringIO()):
        return proof.main([str(path)]) == 0  # type: ignore[attr-defined, no-any-return]


def _holds(path: Path, inside: dict[str, bytes]) -> bool:
    with zipfile.ZipFile(path) as files:
        return {name: files.read(name) for name in files.namelist()} == inside


@pytest.mark.parametrize(
    ("member", "said"),
    [("acts.jsonl", "acto"), ("checkpoints/00000004.txt", "00000004.txt"), ("checkpoints/00000004.tsr", "sello de tiempo"),
     ("textos/cronograma-plan-v1.json", "ningún acto nombra"), ("clave.txt", "llave"), ("certificados.pem", "sello de tiempo")],
)  # fmt: skip
def test_a_forged_file_is_named_even_when_its_sums_are_right(clean: Path, stamped: Path, member: str, said: str) -> None:
    with zipfile.ZipFile(stamped) as files:
        content = files.read(member)
    seeded = random.Random(7)
    for _ in range(3):
        place = seeded.randrange(len(content) // 4, len(content) * 3 // 4)
        forged = repacked(stamped, member, content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
        refused = verify(clean, forged)
        assert refused.returncode == 1, (place, refused.stdout)
        assert said in refused.stderr or "dañado" in refused.stderr, refused.stderr


def test_sums_tell_when_a_file_is_left_out(clean: Path, stamped: Path) -> None:
    with zipfile.ZipFile(stamped) as old, zipfile.ZipFile(clean / "menos.zip", "w") as new:
        for name in old.namelist():
            if name != "LEEME.txt":
                new.writestr(name, old.read(name))
    refused = verify(clean, "menos.zip")
    assert refused.returncode == 1 and "falta el archivo LEEME.txt" in refused.stderr


def test_the_key_and_the_certificates_one_has_count_more_than_those_inside(clean: Path, stamped: Path, authority: Authority) -> None:  # noqa: F811
    (clean / "mia.txt").write_text("\n".join(queries.vkeys()) + "\n")
    assert verify(clean, stamped, "--clave", "mia.txt", "--certificados", authority.certificates).returncode == 0
    from app.audit import rules

    (clean / "otra.txt").write_text(rules.vkey("localhost/registro", bytes(32)) + "\n")
    refused = verify(clean, stamped, "--clave", "otra.txt")
    assert refused.returncode == 1 and "no es de la llave publicada" in refused.stderr


@pytest.mark.parametrize(("arguments", "code"), [([], 2), (["--clave"], 2), (["nada.zip"], 2), (["verify.py"], 1)])
def test_it_says_how_it_is_used(clean: Path, arguments: list[str], code: int) -> None:
    done = verify(clean, *arguments)
    assert done.returncode == code and done.stderr


def test_the_command_of_the_site_checks_a_bundle(app: Flask, clean: Path, stamped: Path) -> None:
    good = app.test_cli_runner().invoke(args=["audit", "verify", "--bundle", str(stamped)])
    assert good.exit_code == 0 and "Todo coincide." in good.output
    (clean / "rota.zip").write_bytes(stamped.read_bytes()[:-40])
    assert app.test_cli_runner().invoke(args=["audit", "verify", "--bundle", str(clean / "rota.zip")]).exit_code == 1


def test_a_note_of_another_register_is_not_ours(clean: Path, six: str) -> None:
    (clean / "nota.txt").write_text(six.replace("4\n", "5\n", 1))
    refused = verify(clean, bundle(clean), "nota.txt")
    assert refused.returncode == 1 and "la firma de nota.txt" in refused.stderr


def test_the_bundle_says_what_it_does_not_prove(clean: Path, stamped: Path) -> None:
    with zipfile.ZipFile(stamped) as files:
        words = files.read("LEEME.txt").decode()
    assert "QUÉ NO PRUEBA" in words and "lo escrito es verdad" in words and HOUR
