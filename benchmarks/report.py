"""The report of a process as PDF, with every answer: drawn in a process of its own, so that its memory is its own.

`python -m benchmarks.report FOLDER` draws the report of the instance in that folder and says what it took, as JSON.
"""

import json
import resource
import sys
import time
from pathlib import Path

from app.core import pdf
from app.core.clock import now
from app.processes import queries as processes
from app.reports.documents.content import gather
from app.reports.services import draw
from benchmarks import measure, scratch

ANSWERS = 1_000
_CONTRIBUTIONS = 1_111
"""Nine of ten are answered: a thousand."""
Row = tuple[str, float, str, str]


def measured(folder: Path) -> list[Row]:
    """(name, value, unit, target); nothing where this machine cannot make PDF."""
    if not pdf.is_available():
        return []
    scratch.build(folder, _CONTRIBUTIONS)
    _, _, output = measure.child(["benchmarks.report", str(folder)], {"SECRET_KEY": scratch.SECRET})
    found = json.loads(output)
    if found["answers"] != ANSWERS:
        raise RuntimeError(f"{found['answers']} answers in the report instead of {ANSWERS}")
    name = f"informe en PDF, {ANSWERS:,} respuestas"
    return [
        (name, round(found["seconds"], 1), "segundos", ""),
        (f"{name}, procesador", round(found["processor"], 1), "segundos", "<= 60"),
        (f"{name}, tamaño", round(found["megabytes"], 2), "MB", "<= 5"),
        (f"{name}, páginas", found["pages"], "páginas", ""),
        (f"memoria al dibujar el informe, {ANSWERS:,} respuestas", round(found["peak"]), "MB", "<= 1000"),
    ]


def main(folder: Path) -> None:
    app = scratch.open_instance(folder)
    with app.app_context(), app.test_request_context(base_url=app.config["SITE_URL"]):
        content = gather(processes.public_processes()[0], now())
        began, processor = time.perf_counter(), time.process_time()
        drawn = draw(content)
        took, worked = time.perf_counter() - began, time.process_time() - processor
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)
    answers = content.report.total.answered
    print(json.dumps({
        "answers": answers, "seconds": took, "processor": worked, "megabytes": len(drawn) / 1_000_000, "pages": measure.pages_of(drawn),
        "peak": peak,
    }))  # fmt: skip


if __name__ == "__main__":
    main(Path(sys.argv[1]))
