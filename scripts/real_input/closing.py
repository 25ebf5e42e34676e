"""What stays for everybody: the public matrix, the report as PDF with every answer, the register that can be verified."""

import json
import resource
import time
from collections import Counter
from collections.abc import Mapping
from typing import Any

from app.core.cache import FragmentCache
from benchmarks.measure import pages_of
from scripts.real_input.opening import SLUG, Staff, command
from scripts.real_input.rehearsal import is_rehearsed
from scripts.real_input.steps import Diary, Step

PUBLIC = f"/procesos/{SLUG}"


def matrix(environ: Mapping[str, str]) -> list[dict[str, Any]]:
    """The public matrix, as `flask feedback export` writes it."""
    found: list[dict[str, Any]] = json.loads(command(environ, "feedback", "export", "--process", SLUG, "--format", "json"))["aportes"]
    return found


def summed(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Counts of the matrix: what has an answer, real or rehearsed, what waits, and what was decided in each."""
    answered = [row for row in rows if row["respondido"] == "si"]
    rehearsed = [row for row in answered if is_rehearsed(row["respuesta"])]
    real = [row for row in answered if not is_rehearsed(row["respuesta"])]
    return {
        "rows": len(rows), "published": len(answered), "real": len(real), "rehearsed": len(rehearsed), "waiting": len(rows) - len(answered),
        "outcomes": dict(sorted(Counter(row["decision"] for row in real).items())),
        "rehearsed_outcomes": dict(sorted(Counter(row["decision"] for row in rehearsed).items())),
    }  # fmt: skip


def worker(environ: Mapping[str, str]) -> tuple[float, float]:
    """One round of `flask worker` without mail: seconds on the clock and of processor."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    command({**environ, "MAIL_URL": ""}, "worker", "--once")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.perf_counter() - began, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def tell_report(staff: Staff, step: Step) -> int:
    """The worker draws the report; its size and pages. How many pages, 0 where this machine makes no PDF."""
    drawing, idle = worker(staff.environ), worker(staff.environ)
    report = staff["secretaria"].get(f"{PUBLIC}/informe.pdf")
    if not report.body.startswith(b"%PDF"):
        step.say("Esta máquina no tiene Pango: el informe se imprime desde el navegador.")
        return 0
    pages = pages_of(report.body)
    step.say(
        f"{pages} páginas, {len(report.body) / 1_000_000:.2f} MB; lo dibuja el worker en {drawing[0] - idle[0]:.1f} s de reloj y "
        f"{drawing[1] - idle[1]:.1f} s de procesador (descontada una vuelta sin nada que hacer, de {idle[0]:.1f} s)."
    )
    return pages


def tell_pages(staff: Staff, step: Step) -> None:
    """What the public pages over everything cost, nothing kept from before."""
    for name, path in (
        ("respuestas", f"{PUBLIC}/respuestas"), ("matriz del plan", f"{PUBLIC}/plan/matriz"), ("informe", f"{PUBLIC}/informe"),
        ("esperan", f"{PUBLIC}/respuestas/pendientes"),
    ):  # fmt: skip
        staff.app.extensions["minka.cache"] = FragmentCache("")
        began, seen = staff.meter.seconds, len(step.statements)
        size = len(staff["secretaria"].get(path).body)
        step.say(
            f"Página «{name}»: {staff.meter.seconds - began:.2f} s, {len(step.statements) - seen} sentencias SQL, {size / 1024:.0f} kB."
        )


def closed(staff: Staff, diary: Diary) -> dict[str, Any]:
    """The counts of the matrix with the pages of the report."""
    with diary.step("Matriz pública (flask feedback export) y sus páginas") as step:
        found = summed(matrix(staff.environ))
        step.say(
            f"{found['rows']} filas: {found['real']} con la razón oficial, {found['rehearsed']} de ensayo, {found['waiting']} esperan."
        )
        step.say(f"Con razón oficial: {_counts(found['outcomes'])}. De ensayo: {_counts(found['rehearsed_outcomes'])}.")
        tell_pages(staff, step)
    with diary.step("Informe del proceso en PDF, con todas las respuestas") as step:
        found["report_pages"] = tell_report(staff, step)
    with diary.step("Registro público (flask audit verify)") as step:
        step.say(*command(staff.environ, "audit", "verify").strip().splitlines()[:3])
    return found


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts.items()) or "ninguna"
