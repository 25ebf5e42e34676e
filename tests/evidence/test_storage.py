"""A local folder and S3-compatible storage keep and serve the same bytes."""

import contextlib
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import upgrade

from app.core.db import db
from app.evidence import queries, services
from app.evidence.rules import FileUpload
from app.factory import create_app
from config import Config
from tests.cast import INES
from tests.conftest import SECRET
from tests.factories import files
from tests.world import NOON, build_world


@pytest.fixture(scope="module")
def bucket() -> Iterator[str]:
    """An S3 server of our own in this process, with one bucket."""
    server = pytest.importorskip("moto.server")
    import boto3

    with contextlib.closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    running = server.ThreadedMotoServer(ip_address="127.0.0.1", port=port, verbose=False)
    running.start()
    address = f"http://127.0.0.1:{port}"
    keys = {"aws_access_key_id": "minka", "aws_secret_access_key": "minka-minka", "region_name": "us-east-1"}
    boto3.client("s3", endpoint_url=address, **keys).create_bucket(Bucket="minka-prueba")
    yield address
    running.stop()


@pytest.fixture(params=["folder", "s3"])
def storing_app(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    environ = {"SECRET_KEY": SECRET, "DATA_DIR": str(tmp_path), "SITE_URL": "http://localhost"}
    if request.param == "s3":
        address = request.getfixturevalue("bucket")
        for name, value in {
            "AWS_ENDPOINT_URL": address, "AWS_ALLOW_HTTP": "true", "AWS_ACCESS_KEY_ID": "minka", "AWS_SECRET_ACCESS_KEY": "minka-minka",
            "AWS_REGION": "us-east-1",
        }.items():  # fmt: skip
            monkeypatch.setenv(name, value)
        environ["STORAGE_URL"] = "s3://minka-prueba/archivos"
    made = create_app(Config(environ, TESTING=True, WTF_CSRF_ENABLED=False))
    with made.app_context():
        upgrade()
        db.session.remove()
        db.engine.dispose()
    yield made
    with made.app_context():
        db.session.remove()
        db.engine.dispose()


def test_both_storages_keep_and_serve_the_same(storing_app: Flask) -> None:
    photo = files.picture()
    with storing_app.app_context():
        world = build_world()
        kept = {}
        for name, content in (("foto.jpg", photo), ("acta.pdf", files.pdf()), ("voz.wav", files.wav(20))):
            file = services.attach(
                FileUpload(name, content), subject_kind="activity", subject_id=1, kind=None, title=name, is_public=True,
                person_id=world.id_of(INES), now=NOON,
            )  # fmt: skip
            kept[file.key] = (file.sha256, queries.content(file))
        db.session.commit()
    client = storing_app.test_client()
    for key, (sha256, content) in kept.items():
        response = client.get(f"/documentos/{key}")
        assert response.status_code == 200 and response.data == content
        assert sha256 in response.headers["ETag"]
        assert response.content_length == len(content)
    assert client.get("/healthz").status_code == 200


def test_a_file_that_storage_lost_is_unavailable_not_an_error(storing_app: Flask) -> None:
    with storing_app.app_context():
        from app.core import storage

        world = build_world()
        file = services.attach(
            FileUpload("acta.pdf", files.pdf()), subject_kind="activity", subject_id=1, kind=None, title="Acta", is_public=True,
            person_id=world.id_of(INES), now=NOON,
        )  # fmt: skip
        storage.delete(queries.stored_name(file.key))
        db.session.commit()
        key = file.key
    assert storing_app.test_client().get(f"/documentos/{key}").status_code == 503
