"""Before anybody answers: a space with its people, a process with its past schedule, the contributions, the plan."""

import json
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask import Flask

from config import ROOT
from scripts.real_input.rehearsal import OFFICES
from scripts.real_input.steps import Diary, Step
from scripts.real_input.visitor import Meter, Visitor

MAPS = Path(__file__).parent
SLUG, SPACE, FIRST_DAY = "presupuesto-registro", "ciudad-registro", "2025-12-09"
DESK = f"/mesa/procesos/{SLUG}"
PEOPLE = {"SEC": "secretaria", "FG": "gobierno", "FC": "sociedad-civil", "MOD": "moderadora"}


def command(environ: Mapping[str, str], *arguments: str) -> str:
    """Run `flask …` as an operator would; what it printed."""
    flask = [sys.executable, "-m", "flask", "--app", "wsgi", *arguments]
    done = subprocess.run(flask, cwd=ROOT, env=dict(environ), capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"flask {' '.join(arguments[:3])}: {done.stderr or done.stdout}")
    return done.stdout


@dataclass
class Staff:
    """Everybody with an account, each signed in once."""

    app: Flask
    environ: Mapping[str, str]
    meter: Meter
    passwords: dict[str, str] = field(default_factory=dict)
    _seen: dict[str, Visitor] = field(default_factory=dict)

    def appoint(self, name: str, role: str, *more: str) -> None:
        printed = command(self.environ, "spaces", "appoint", SPACE, f"{name}@example.org", name.title(), role, *more)
        self.passwords[name] = printed.split("Primera clave: ")[1].strip()

    def __getitem__(self, name: str) -> Visitor:
        if name not in self._seen:
            self._seen[name] = Visitor(self.app, f"{name}@example.org", self.passwords[name], self.meter)
        return self._seen[name]


def open_space(staff: Staff) -> None:
    """The space, its people, and the units that answer in the rehearsal with somebody for each."""
    command(staff.environ, "spaces", "create", SPACE, "Registro de otra ciudad", "--kind", "district", "--contact", "registro@example.org")
    for role, name in PEOPLE.items():
        staff.appoint(name, role)
    people = f"/mesa/espacios/{SPACE}/personas"
    for name in ("Ayuntamiento (registro)", *OFFICES.values()):
        staff["secretaria"].fill(people, "/organizaciones", name=name, sector="government")
    for account, name in OFFICES.items():
        staff.appoint(account, "ENT", "--organisation", office_slug(name))


def office_slug(name: str) -> str:
    """How an organisation of the rehearsal is named in addresses."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def publish_process(staff: Staff) -> None:
    """The process and its past schedule, drafted and approved by two people on the pages they have."""
    sec, civil = staff["secretaria"], staff["sociedad-civil"]
    sec.fill(
        f"/mesa/espacios/{SPACE}/procesos/nuevo", "/procesos/nuevo", title="Presupuesto participativo de otra ciudad", slug=SLUG,
        code="REG", kind="participatory-budget", influence="consultar", is_retroactive="y",
        summary="Registro público de 1,008 propuestas y de las razones oficiales que se llegaron a publicar. Las demás son un ensayo.",
    )  # fmt: skip
    sec.fill(f"{DESK}/cronograma", "/cronograma")
    sec.fill(f"{DESK}/cronograma", "/cronograma/plantilla", **{"template-day": FIRST_DAY})
    sec.fill(f"{DESK}/cronograma/inicio", "/cronograma/inicio", day=FIRST_DAY, time="09:00")
    sec.fill(
        f"{DESK}/cronograma/oportunidades/nueva", "/oportunidades/nueva", title="Propuestas en línea", kind="online", starts_on=FIRST_DAY,
        starts_time="00:00", ends_on="2026-01-09", ends_time="23:59", url="https://example.org/propuestas",
        who_can_join="Toda persona empadronada.", how_to_register="En la página del ayuntamiento.", contact="registro@example.org",
    )  # fmt: skip
    reason = "Registro cargado después de los hechos, tal como lo publicó la ciudad."
    sec.fill(f"{DESK}/cronograma", "/cronograma/enviar", reason=reason)
    sec.fill(f"{DESK}/cronograma/revision", "/aprobar/secretaria")
    civil.fill(f"{DESK}/cronograma/revision", "/aprobar/no-gubernamental")
    sec.fill(f"{DESK}/cronograma/revision", "/publicar")


def load(environ: Mapping[str, str], record: Path) -> dict[str, Any]:
    """Every row of the record as a contribution: all of them or none."""
    given = ("--process", SLUG, "--map", str(MAPS / "contributions.toml"), "--create-themes", "--json")
    found: dict[str, Any] = json.loads(command(environ, "contributions", "import", str(record), *given))
    return found


def moderate(staff: Staff, step: Step) -> None:
    """What looks like personal data is taken out by a person before it is public."""
    moderator, queue, done = staff["moderadora"], f"{DESK}/moderacion", 0
    while links := moderator.open(queue).select("article h2 a"):
        for link in links:
            page = moderator.get(str(link["href"]))
            acts = {str(form.get("action")).rsplit("/", 1)[-1] for form in page.soup.find_all("form")}
            moderator.send(page, "/quitar-datos" if "quitar-datos" in acts else "/publicar")
            done += 1
    step.say(f"{done} aportes esperaban a la moderadora: publicados, sin los datos personales que se detectaron en ellos.")


def write_plan(staff: Staff) -> None:
    """The one commitment that adopted proposals point to: the final vote."""
    plan = f"{DESK}/plan"
    staff["secretaria"].fill(plan, "/plan", title="Proyectos sometidos a votación", summary="Lo que la ciudad llevó a su votación final.")
    staff["secretaria"].fill(
        f"{plan}/compromisos/nuevo", "/compromisos/nuevo", number="1", title="Votación final de proyectos",
        organisation="ayuntamiento-registro",
        description="Los proyectos seleccionados por las mesas de zona se someten al voto de la ciudadanía con su importe estimado.",
    )  # fmt: skip


def load_real_answers(environ: Mapping[str, str], record: Path) -> int:
    """A draft for each row with an official reason; how many."""
    given = ("--process", SLUG, "--map", str(MAPS / "answers.toml"), "--json")
    return int(json.loads(command(environ, "feedback", "import", str(record), *given))["imported"])


def opened(staff: Staff, record: Path, diary: Diary) -> tuple[int, int]:
    """Everything up to the drafts of the real answers: how many contributions and how many drafts."""
    with diary.step("Espacio, personas, entidades y proceso con su cronograma, aprobado por dos personas"):
        open_space(staff)
        publish_process(staff)
    with diary.step("Importación de los aportes (flask contributions import)") as step:
        found = load(staff.environ, record)
        step.say(f"{found['imported']} aportes; {found['held']} parecen llevar datos personales y esperan a la moderadora.")
        if found["held"]:
            moderate(staff, step)
    with diary.step("Respuestas reales del registro (flask feedback import)") as step:
        write_plan(staff)
        drafted = load_real_answers(staff.environ, record)
        step.say(f"{drafted} borradores con su motivo oficial.")
    return int(found["imported"]), drafted
