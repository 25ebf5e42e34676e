"""`make real-input`: the real record of another city's participatory budget, through the commands and pages a user has.

Nothing of the record is kept in this repository. Prints what was imported, what was published, and what still waits.
"""

import json
import os
import subprocess
import sys
import tempfile
from datetime import timedelta
from pathlib import Path

from app.core import clock
from app.factory import create_app
from config import Config
from scripts.real_input.visitor import Visitor

ROOT = Path(__file__).resolve().parents[2]
RECORD = ROOT.parent / "shared" / "data" / "valladolid_pp2027_propuestas_con_respuesta.csv"
MAPS = Path(__file__).parent
SLUG, SPACE, FIRST_DAY = "presupuesto-registro", "ciudad-registro", "2025-12-09"
PEOPLE = {"SEC": "secretaria", "FG": "gobierno", "FC": "sociedad-civil"}


def command(environ: dict[str, str], *arguments: str) -> str:
    """Run `flask …` as an operator would; what it printed."""
    flask = [sys.executable, "-m", "flask", "--app", "wsgi", *arguments]
    done = subprocess.run(flask, cwd=ROOT, env=environ, capture_output=True, text=True, check=False)  # noqa: S603 - our own command
    if done.returncode:
        raise SystemExit(f"flask {' '.join(arguments[:3])}: {done.stderr or done.stdout}")
    return done.stdout


def prepare(environ: dict[str, str]) -> dict[str, str]:
    """A migrated database, a space and its people; their first passwords."""
    command(environ, "db", "upgrade")
    command(environ, "spaces", "create", SPACE, "Registro de otra ciudad", "--kind", "district", "--contact", "registro@example.org")
    passwords = {}
    for role, name in PEOPLE.items():
        printed = command(environ, "spaces", "appoint", SPACE, f"{name}@example.org", name.title(), role)
        passwords[role] = printed.split("Primera clave: ")[1].strip()
    return passwords


def publish_process(app, passwords: dict[str, str]) -> None:  # type: ignore[no-untyped-def]
    """The process and its past schedule, drafted and approved by two people on the pages they have."""
    sec = Visitor(app, "secretaria@example.org", passwords["SEC"])
    civil = Visitor(app, "sociedad-civil@example.org", passwords["FC"])
    desk = f"/mesa/procesos/{SLUG}"
    sec.fill(f"/mesa/espacios/{SPACE}/personas", "/organizaciones", name="Ayuntamiento (registro)", sector="government")
    sec.fill(
        f"/mesa/espacios/{SPACE}/procesos/nuevo",
        "/procesos/nuevo",
        title="Presupuesto participativo de otra ciudad",
        slug=SLUG,
        code="REG",
        kind="participatory-budget",
        summary="Registro público de 1,008 propuestas y de las razones oficiales que se llegaron a publicar.",
        influence="consultar",
        is_retroactive="y",
    )
    sec.fill(f"{desk}/cronograma", "/cronograma")
    sec.fill(f"{desk}/cronograma", "/cronograma/plantilla", **{"template-day": FIRST_DAY})
    sec.fill(f"{desk}/cronograma/inicio", "/cronograma/inicio", day=FIRST_DAY, time="09:00")
    sec.fill(
        f"{desk}/cronograma/oportunidades/nueva",
        "/oportunidades/nueva",
        title="Propuestas en línea",
        kind="online",
        starts_on=FIRST_DAY,
        starts_time="00:00",
        ends_on="2026-01-09",
        ends_time="23:59",
        url="https://example.org/propuestas",
        who_can_join="Toda persona empadronada.",
        how_to_register="En la página del ayuntamiento.",
        contact="registro@example.org",
    )
    reason = "Registro cargado después de los hechos, tal como lo publicó la ciudad."
    sec.fill(f"{desk}/cronograma", "/cronograma/enviar", reason=reason)
    sec.fill(f"{desk}/cronograma/revision", "/aprobar/secretaria")
    civil.fill(f"{desk}/cronograma/revision", "/aprobar/no-gubernamental")
    sec.fill(f"{desk}/cronograma/revision", "/publicar")


def write_plan(app, passwords: dict[str, str]) -> None:  # type: ignore[no-untyped-def]
    """The one commitment that adopted proposals point to: the final vote."""
    sec = Visitor(app, "secretaria@example.org", passwords["SEC"])
    plan = f"/mesa/procesos/{SLUG}/plan"
    sec.fill(plan, "/plan", title="Proyectos sometidos a votación", summary="Lo que la ciudad llevó a su votación final.")
    sec.fill(
        f"{plan}/compromisos/nuevo",
        "/compromisos/nuevo",
        number="1",
        title="Votación final de proyectos",
        organisation="ayuntamiento-registro",
        description="Los proyectos seleccionados por las mesas de zona se someten al voto de la ciudadanía con su importe estimado.",
    )


def sign_and_publish(app, passwords: dict[str, str]) -> None:  # type: ignore[no-untyped-def]
    """The drafts go to review together, both sectors sign what they read, the secretariat publishes all of them together."""
    visitors = {role: Visitor(app, f"{name}@example.org", passwords[role]) for role, name in PEOPLE.items()}
    pages = f"/mesa/procesos/{SLUG}"
    visitors["SEC"].fill(f"{pages}/responder?estado=borrador&marcar=todas", "/responder/enviar", tick="chosen")
    for role in ("FG", "FC"):
        while visitors[role].has(f"{pages}/firmas", "chosen"):
            visitors[role].fill(f"{pages}/firmas", "/firmas", tick="chosen")
    visitors["SEC"].fill(f"{pages}/publicacion", "/publicacion", tick="chosen")


def run(folder: str) -> dict[str, object]:
    """Everything, in a scratch instance in `folder`; what was imported, published, waiting."""
    environ = {**os.environ, "SECRET_KEY": "real-input-scratch-instance-0123456789", "DATA_DIR": folder, "SITE_URL": "http://localhost"}
    passwords = prepare(environ)
    app = create_app(Config(environ, STAFF_SECOND_FACTOR=False))  # its people are made for this run and go with it
    publish_process(app, passwords)
    imported = json.loads(
        command(
            environ,
            "contributions",
            "import",
            str(RECORD),
            "--process",
            SLUG,
            "--map",
            str(MAPS / "contributions.toml"),
            "--create-themes",
            "--json",
        )
    )
    write_plan(app, passwords)
    answers = json.loads(
        command(environ, "feedback", "import", str(RECORD), "--process", SLUG, "--map", str(MAPS / "answers.toml"), "--json")
    )
    sign_and_publish(app, passwords)
    matrix = command(environ, "feedback", "export", "--process", SLUG, "--format", "json")
    rows = json.loads(matrix)["aportes"]
    command(environ, "audit", "verify")
    return {
        "contributions": imported["imported"],
        "drafted": answers["imported"],
        "published": sum(r["respondido"] == "si" for r in rows),
        "waiting": sum(r["respondido"] == "no" for r in rows),
        "outcomes": _count(r["decision"] for r in rows if r["decision"]),
    }


def _count(values) -> dict[str, int]:  # type: ignore[no-untyped-def]
    found: dict[str, int] = {}
    for value in values:
        found[value] = found.get(value, 0) + 1
    return dict(sorted(found.items()))


def main() -> None:
    if not RECORD.exists():
        print(f"No está {RECORD}: make real-input se omite. Es un registro público de terceros que no se guarda en este repositorio.")
        return
    kept = os.environ.get("REAL_INPUT_DIR")
    started = clock.now()
    with tempfile.TemporaryDirectory() as scratch:
        found = run(kept or scratch)
    print(json.dumps(found, ensure_ascii=False, indent=1))
    total = int(found["published"]) + int(found["waiting"])  # type: ignore[call-overload]
    seconds = (clock.now() - started) // timedelta(seconds=1)
    print(f"{found['published']} de {total} con respuesta publicada; {found['waiting']} esperan. {seconds} s.")


if __name__ == "__main__":
    main()
