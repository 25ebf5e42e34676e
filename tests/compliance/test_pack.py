"""The evidence pack: unpacked somewhere else, every hash checked, its index read without us, no personal data in it."""

import csv
import hashlib
import io
import json
import zipfile
from html.parser import HTMLParser

import html5lib
import pytest

from app.compliance import documents, queries, services
from app.compliance.rules.findings import Requirement
from app.core import clock
from app.core.db import db
from app.processes.rules import schedule as schedules
from tests.cast import EVERYBODY
from tests.factories import activities as workshops
from tests.factories import compliance as factory
from tests.feedback.answers import approve, publish, say
from tests.world import NOON, sample_schedule

ZIP = "/procesos/plan-prueba/requisitos/evidencias.zip"


@pytest.fixture(autouse=True)
def at_noon(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON)


@pytest.fixture
def told(app, world):
    """A process with something of everything, and with secrets that must not leave: names, addresses, a DNI, a telephone."""
    with app.app_context():
        workshops.published(world)
        factory.told(world)
        factory.signed(world)
        said = say(world, speaker="Eustaquia Mamani Choque", email="eustaquia.mamani@example.pe")
        publish(world, approve(world, said))
        say(world, "oculto", publish=False, speaker="Wenceslao Ttito", text="Mi DNI es 45678912 y mi celular 984123456: quiero agua.")
        services.check_all(NOON)
        db.session.commit()
        db.session.remove()
    return world


_KEPT: list[bytes] = []


@pytest.fixture
def pack(request):
    """The pack as a visitor downloads it; made once for every test that only reads it."""
    if not _KEPT:
        request.getfixturevalue("told")
        response = request.getfixturevalue("browser").client.get(ZIP)
        assert response.status_code == 200, response.get_data(as_text=True)[:500]
        _KEPT.append(response.get_data())
    return zipfile.ZipFile(io.BytesIO(_KEPT[0]))


def manifest_of(pack):
    return json.loads(pack.read("manifest.json"))


def test_every_file_is_in_the_manifest_and_is_what_its_hash_says(pack):
    assert pack.testzip() is None
    listed = {entry["path"]: entry for entry in manifest_of(pack)["files"]}
    assert set(pack.namelist()) == set(listed) | {"manifest.json"}
    for path, entry in listed.items():
        assert hashlib.sha256(pack.read(path)).hexdigest() == entry["sha256"], path
        assert len(pack.read(path)) == entry["size"]
    assert all(not name.startswith(("/", "\\")) and ".." not in name and name.isascii() for name in pack.namelist())


def test_it_holds_what_domain_15_lists(pack):
    names = set(pack.namelist())
    assert {"index.html", "manifest.json", "checklist.csv", "feedback_matrix.csv", "feedback_matrix.json"} <= names
    assert names & {"attestations.pdf", "attestations.html"}
    assert {f"{requirement}/hechos.json" for requirement in Requirement} <= names
    assert {"MR-3.1/cronograma-v1.json", "MR-4.1a/acta-taller-ccorca.txt", "registro/actos.jsonl", "registro/prueba.zip"} <= names
    rows = list(csv.reader(io.StringIO(pack.read("checklist.csv").decode("utf-8-sig")), delimiter=";"))
    assert [row[0] for row in rows[1:]] == [str(requirement) for requirement in Requirement]
    assert len(json.loads(pack.read("feedback_matrix.json"))["aportes"]) == 2


def test_texts_are_the_very_bytes_whose_hash_is_in_the_register(pack):
    minutes = hashlib.sha256(pack.read("MR-4.1a/acta-taller-ccorca.txt")).hexdigest()
    schedule = hashlib.sha256(pack.read("MR-3.1/cronograma-v1.json")).hexdigest()
    assert schedule == schedules.sha256(schedules.to_json(sample_schedule()))
    acts = [json.loads(line) for line in pack.read("registro/actos.jsonl").decode().splitlines()]
    assert any(minutes in act["body"] for act in acts)


class _Links(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        self.found += [(tag, values[name]) for name in ("href", "src") if values.get(name)]


def test_the_index_opens_without_network_and_every_link_inside_leads_somewhere(pack):
    page = pack.read("index.html").decode()
    parser = html5lib.HTMLParser()
    tree = parser.parse(page)
    assert tree is not None
    assert not [e for e in parser.errors if e[1] != "unexpected-end-tag-implies-table-voodoo"]
    assert "Estimación de la plataforma. No es una evaluación del IRM." in page
    assert '<html lang="es">' in page
    assert "<script" not in page
    links = _Links()
    links.feed(page)
    loaded = [target for tag, target in links.found if tag in ("link", "img", "script", "iframe")]
    assert loaded == ["estilo.css"]
    inside = {target for tag, target in links.found if tag == "a" and not target.startswith("http")}
    assert inside <= set(pack.namelist())
    listed = {entry["path"] for entry in manifest_of(pack)["files"] if entry["included"]} - {"index.html", "estilo.css"}
    assert listed <= inside | {f"{r}/hechos.json" for r in Requirement}
    assert "http" not in pack.read("estilo.css").decode()


def test_no_personal_data_leaves_in_it(pack):
    secrets = [
        "Eustaquia", "Mamani", "eustaquia.mamani", "Wenceslao", "Ttito", "45678912", "984123456", "receipt_hash",
        *(member.email for member in EVERYBODY), *(member.name for member in EVERYBODY),
    ]  # fmt: skip
    texts = {name: pack.read(name) for name in pack.namelist() if not name.endswith((".zip", ".jpg", ".pdf"))}
    proof = zipfile.ZipFile(io.BytesIO(pack.read("registro/prueba.zip")))
    texts |= {f"prueba/{name}": proof.read(name) for name in proof.namelist()}
    found = [(name, secret) for name, content in texts.items() for secret in secrets if secret.encode() in content]
    assert found == []


def test_the_same_pack_is_built_once_and_again_when_something_public_changes(told, browser, app, data_dir):
    first = browser.client.get(ZIP)
    kept = list((data_dir / "packs").glob("plan-prueba.*.zip"))
    assert len(kept) == 1
    before = kept[0].stat().st_mtime_ns
    assert browser.client.get(ZIP, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    assert kept[0].stat().st_mtime_ns == before
    with app.app_context():
        factory.told(told, key="c" * 32)
        db.session.commit()
        db.session.remove()
    browser.client.get(ZIP)
    now_kept = list((data_dir / "packs").glob("plan-prueba.*.zip"))
    assert len(now_kept) == 1
    assert now_kept != kept
    assert not list((data_dir / "packs").glob("*.part"))


def test_files_too_heavy_are_named_with_hash_and_address(told, app):
    with app.test_request_context():
        target = io.BytesIO()
        documents.build_pack(target, queries.judge(factory.process_of(told), NOON), None, most_bytes=1_000)
    pack = zipfile.ZipFile(target)
    left = [entry for entry in manifest_of(pack)["files"] if not entry["included"]]
    assert left
    assert all(entry["url"].startswith("http://localhost/documentos/") and len(entry["sha256"]) == 64 for entry in left)
    assert left[0]["url"] in pack.read("index.html").decode()
