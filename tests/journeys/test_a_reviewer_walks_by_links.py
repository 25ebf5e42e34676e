"""A journalist, a reviewer, anybody: from the home page to the proof of everything, typing no address and trusting nobody."""

import hashlib
import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.journeys.conftest import PHONE, Visit
from tests.journeys.demonstration import DemonstrationSite
from tests.pages.desk import CUSCO
from tests.pages.walk import Walk

pytestmark = pytest.mark.browser
SICAYA = "Plan de gobierno abierto de Sicaya 2026-2027"
COUNCIL, MULTI_ACTOR = "Consejo de Coordinación Local del Cusco", "Foro Multiactor de Gobierno Abierto"


def test_how_the_forum_decides_and_whom_it_calls(visit: Visit) -> None:
    walk = Walk(visit(size=PHONE, javascript=False)).menu("Foro").follow(MULTI_ACTOR)
    assert "Quiénes se sientan" in walk.words and "Acuerdos" in walk.words
    walk.follow("Orden de prioridad de los temas")
    assert "/votaciones/" in walk.path and "Quórum" in walk.words
    walk.follow(MULTI_ACTOR).follow("Sesión del acuerdo 2.1")
    assert "/reuniones/" in walk.path
    walk.follow(MULTI_ACTOR).follow("Reglas de participación")
    walk.menu("Foro").follow(COUNCIL).follow("Postular a un asiento")
    walk.follow("Concurso de entidades")
    assert "Qué se pide" in walk.words and "Peso" in walk.words
    assert Walk(walk.page).follow("Convocatorias del foro").title == "Convocatorias"


def test_the_plan_is_read_both_ways_and_its_commitments_with_two_readings(visit: Visit) -> None:
    walk = Walk(visit())
    walk.follow(CUSCO).follow("Qué aporte llegó a qué parte del plan")
    assert "CUS27-C-0001" in walk.words
    walk.follow("Acogido: 1.1")
    assert walk.title.startswith("Compromiso 1")
    walk.follow("Ver en la matriz").follow("Del plan a los aportes").follow("Ver los aportes")
    assert "CUS27-C-0001" in walk.words
    walk.follow("CUS27-C-0001")
    assert "Qué se decidió" in walk.words

    walk.home().follow(SICAYA).follow("Seguimiento del plan")
    assert "La entidad dice" in walk.words and "La sociedad civil dice" in walk.words
    walk.follow("1. Turnos y obras de riego")
    assert "Los dos sectores no dicen lo mismo" in walk.words
    assert walk.words.count("Sustancial") >= 1 and "La pizarra de Huayao estuvo en blanco" in walk.words
    walk.home().follow("Planes anteriores del Perú").follow("VI Plan de Acción")
    assert "Lo que dicen los documentos" in walk.words


def test_the_evidence_of_the_requirements_is_whole_without_the_platform(visit: Visit) -> None:
    walk = Walk(visit(size=PHONE)).follow(CUSCO).follow("Requisitos mínimos, con su evidencia")
    assert "Estimación de la plataforma" in walk.words
    with zipfile.ZipFile(io.BytesIO(walk.download("Descargar todo (ZIP)"))) as pack:
        files = {name: pack.read(name) for name in pack.namelist()}
    manifest = json.loads(files["manifest.json"])
    named = {entry["path"]: entry["sha256"] for entry in manifest["files"]}
    assert set(named) == set(files) - {"manifest.json"}
    assert named == {name: hashlib.sha256(content).hexdigest() for name, content in files.items() if name != "manifest.json"}
    assert b"Requisitos" in files["index.html"]


def test_the_register_is_verified_with_nothing_but_python(visit: Visit, tmp_path: Path) -> None:
    walk = Walk(visit()).menu("Registro público")
    (tmp_path / "prueba.zip").write_bytes(walk.download("Descargue la prueba (ZIP)"))
    (tmp_path / "verify.py").write_bytes(walk.download("verify.py"))
    assert verified(tmp_path) == (0, True)
    spoil(tmp_path / "prueba.zip")
    assert verified(tmp_path) == (1, False)


def test_the_report_is_taken_in_five_shapes(visit: Visit, site: DemonstrationSite) -> None:
    site.work()
    walk = Walk(visit()).follow(CUSCO).follow("Informe de retroalimentación")
    assert "Cada cifra sale de la matriz pública de respuestas" in walk.words
    for name, beginning in (("PDF", b"%PDF-"), ("Word (DOCX)", b"PK"), ("Anexo en CSV", b"\xef\xbb\xbf"), ("Datos en JSON", b"{")):
        assert walk.download(name).startswith(beginning), name


def verified(folder: Path) -> tuple[int, bool]:
    """The exit of verify.py in an empty environment, and whether it says that everything agrees."""
    done = subprocess.run([sys.executable, "-I", "verify.py", "prueba.zip"], cwd=folder, capture_output=True, text=True, timeout=60)
    return done.returncode, "Todo coincide" in done.stdout


def spoil(bundle: Path) -> None:
    """One letter of one act is another."""
    with zipfile.ZipFile(bundle) as whole:
        files = {name: whole.read(name) for name in whole.namelist()}
    acts = next(name for name in files if name.endswith("acts.jsonl"))
    files[acts] = files[acts].replace(b"publish", b"publisk", 1)
    with zipfile.ZipFile(bundle, "w") as spoilt:
        for name, content in files.items():
            spoilt.writestr(name, content)
