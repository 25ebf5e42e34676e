"""Files are kept once, hashed, shown, removed with a reason, and never deleted."""

import hashlib
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from app.core.db import db
from app.core.errors import RuleBroken
from app.core.permissions import Scope
from app.evidence import queries, services
from app.evidence.models import Attachment
from app.evidence.rules import MOST_PER_HOUR, MOST_PER_SUBJECT, AttachmentKind, FileProblem, FileUpload
from tests.cast import INES
from tests.factories import files
from tests.world import NOON, World


def attach(world: World, name: str = "acta.pdf", content: bytes | None = None, **more: Any) -> Attachment:
    given = {"subject_kind": "activity", "subject_id": 1, "kind": AttachmentKind.MINUTES, "title": "Acta", "is_public": True,
             "person_id": world.id_of(INES), "now": NOON, "scope": Scope(world.space_id, world.process_id)}  # fmt: skip
    return services.attach(FileUpload(name, content if content is not None else files.pdf()), **given | more)


def test_a_file_is_stored_under_a_random_name_with_the_hash_of_its_bytes(app: Flask, world: World) -> None:
    with app.app_context():
        file = attach(world, "foto de Rosa.jpg", files.picture(place=True), kind=None)
        stored = queries.content(file)
        assert hashlib.sha256(stored).hexdigest() == file.sha256
        assert file.size == len(stored)
        assert file.kind is AttachmentKind.PHOTO
        assert len(file.key) == 32 and "foto" not in file.key
        assert file.scope == Scope(world.space_id, world.process_id)
        assert file.detail.startswith("JPG, ")


def test_the_same_file_twice_is_kept_once(app: Flask, world: World) -> None:
    with app.app_context():
        assert attach(world).id == attach(world).id
        assert attach(world, kind=AttachmentKind.DOCUMENT).id != attach(world).id


def test_a_refused_file_leaves_nothing(app: Flask, world: World) -> None:
    with app.app_context():
        with pytest.raises(RuleBroken):
            attach(world, "acta.html", b"<html>")
        assert queries.attachments("activity", 1, public_only=False) == []


def test_there_is_a_limit_for_each_subject_and_for_each_hour(app: Flask, world: World) -> None:
    with app.app_context():
        for n in range(MOST_PER_SUBJECT):
            attach(world, "datos.csv", f"a;{n}".encode(), kind=None)
        with pytest.raises(RuleBroken) as full:
            attach(world, "datos.csv", b"a;otro", kind=None)
        assert full.value.problems[0].code is FileProblem.TOO_MANY
        for n in range(MOST_PER_HOUR - MOST_PER_SUBJECT):
            attach(world, "datos.csv", f"b;{n}".encode(), kind=None, subject_id=2 + n // 15)
        with pytest.raises(RuleBroken) as often:
            attach(world, subject_id=99)
        assert often.value.problems[0].code is FileProblem.TOO_MANY_TODAY
        assert attach(world, subject_id=99, now=NOON + timedelta(hours=2))


def test_removing_from_public_needs_a_reason_and_deletes_nothing(app: Flask, world: World) -> None:
    with app.app_context():
        file = attach(world)
        with pytest.raises(RuleBroken):
            services.remove_from_public(file, "no", person_id=world.id_of(INES), now=NOON)
        services.remove_from_public(file, "Se ve un número de DNI", person_id=world.id_of(INES), now=NOON)
        services.remove_from_public(file, "Otra razón distinta", person_id=world.id_of(INES), now=NOON)
        assert queries.attachments("activity", 1, public_only=True) == []
        assert [f.removed_reason for f in queries.removed_from_public("activity", 1)] == ["Se ve un número de DNI"]
        assert queries.content(file)


def test_release_shows_only_what_was_meant_and_not_removed(app: Flask, world: World) -> None:
    with app.app_context():
        meant = attach(world, is_public=False, is_for_public=True)
        attach(world, "lista.csv", b"a;b", is_public=False)
        gone = attach(world, "foto.png", files.picture("PNG"), is_public=False, is_for_public=True)
        services.remove_from_public(gone, "Salen menores de edad", person_id=world.id_of(INES), now=NOON)
        services.release("activity", 1)
        db.session.expire_all()
        assert [f.id for f in queries.attachments("activity", 1, public_only=True)] == [meant.id]


def test_verify_says_which_file_changed(app: Flask, world: World) -> None:
    with app.app_context():
        file = attach(world)
        db.session.commit()
        key = file.key
    runner = app.test_cli_runner()
    assert runner.invoke(args=["evidence", "verify"]).exit_code == 0
    with app.app_context():
        from app.core import storage

        storage.put(queries.stored_name(key), b"%PDF-otro")
    spoilt = runner.invoke(args=["evidence", "verify"])
    assert spoilt.exit_code == 1 and key in spoilt.stderr
