"""`make bench`: ratios against our own floor, measured in one run, each with its target and verdict. `--json` for machines.

`RACE_ROUNDS=200 make bench` also runs the races of two people at once that many times each.
"""

import argparse
import json
import logging
import os
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from flask import Flask

from app.core.cache import FragmentCache
from benchmarks import batches, counting, measure, races, report, scratch, trace
from benchmarks.floor import create_floor
from tests.world import World

SIZES = (100, 10_000, 100_000)
MAIN_SIZE = 10_000
ROWS_TO_IMPORT = 10_000


@dataclass(frozen=True)
class Figure:
    """One measured value. `target` reads "<= 8" or ">= 0.5"; empty when there is nothing to reach."""

    name: str
    value: float
    unit: str
    target: str = ""

    @property
    def is_reached(self) -> bool:
        if not self.target:
            return True
        sign, limit = self.target.split()
        return self.value <= float(limit) if sign == "<=" else self.value >= float(limit)


def pages(world: World) -> dict[str, str]:
    return {
        "respuestas": f"/procesos/{world.slug}/respuestas",
        "aportes": f"/procesos/{world.slug}/aportes",
        "historia": f"/aportes/{world.code}-C-0042",
        "búsqueda": f"/procesos/{world.slug}/aportes?q=agua",
    }


def statement_counts(app: Flask, world: World, size: int) -> list[Figure]:
    found = []
    for name, path in pages(world).items():
        app.extensions["minka.cache"] = FragmentCache("")
        measure.one(app, path)
        app.extensions["minka.cache"] = FragmentCache("")
        with measure.statements(app) as seen:
            status, _, _ = measure.one(app, path)
        if not status.startswith("200"):
            raise RuntimeError(f"{path}: {status}")
        found.append(Figure(f"SQL de {name}, {size:,} aportes", len(seen), "consultas", "<= 8" if name == "respuestas" else ""))
    return found


def rates(app: Flask, world: World, folder: Path) -> list[Figure]:
    """The feedback page rendered whole, as a 304 and from the fragment cache, against the bare page."""
    path = pages(world)["respuestas"]
    floor = create_floor(folder / "minka.db", world.process_id)
    tag = measure.one(app, path)[1].get("etag", "")
    whole, same, bare = measure.environ_of(path), measure.environ_of(path, {"If-None-Match": tag}), measure.environ_of("/")

    def uncached() -> Any:
        app.extensions["minka.cache"] = FragmentCache("")
        return measure.answer(app, whole)

    if not measure.answer(app, same)[0].startswith("304"):
        raise RuntimeError("the feedback page does not answer 304")
    contestants: dict[str, Callable[[], Any]] = {
        "floor": lambda: measure.answer(floor, bare),
        "whole": uncached,
        "304": lambda: measure.answer(app, same),
    }
    speed = measure.side_by_side(contestants)
    kept = FragmentCache("")
    app.extensions["minka.cache"] = kept
    cached = measure.side_by_side({"floor": contestants["floor"], "cached": lambda: measure.answer(app, whole)})
    return [
        Figure("página mínima de Flask, 30 filas", round(speed["floor"]), "por segundo"),
        Figure("respuestas, entera", round(speed["whole"] / speed["floor"], 2), "× la mínima", ">= 0.5"),
        Figure("respuestas, 304", round(speed["304"] / speed["floor"], 2), "× la mínima", ">= 3"),
        Figure("respuestas, fragmentos guardados", round(cached["cached"] / cached["floor"], 2), "× la mínima", ">= 3"),
    ]


def weight(app: Flask, world: World) -> list[Figure]:
    """Bytes of a first visit without headers: answers part by part, each page in all. A browser's: tests/journeys/test_weight.py."""
    parts = measure.first_visit(app, pages(world)["respuestas"])
    shown = [Figure(f"primera visita: {name}", round(size / 1024, 1), "KB") for name, size in parts.items()]
    others = {
        "inicio": "/",
        "proceso": f"/procesos/{world.slug}",
        "cronograma": f"/procesos/{world.slug}/cronograma",
        "aportes": pages(world)["aportes"],
        "respuestas": pages(world)["respuestas"],
        "crear cuenta": "/crear-cuenta",
        "aportar": f"/procesos/{world.slug}/aportes/nuevo",
        "seguir": f"/seguir/procesos/{world.slug}",
    }
    whole = {name: sum(measure.first_visit(app, path).values()) for name, path in others.items()}
    return [*shown, *(Figure(f"primera visita, todo: {name}", round(size / 1024, 1), "KB", "<= 45") for name, size in whole.items())]


def importing(folder: Path) -> list[Figure]:
    """10,000 rows through the command that people use."""
    app, world = scratch.build(folder, 0)
    del app
    source = folder / "filas.csv"
    source.write_text("\r\n".join(scratch.import_lines(ROWS_TO_IMPORT)) + "\r\n", encoding="utf-8")
    environ = {"SECRET_KEY": scratch.SECRET, "DATA_DIR": str(folder), "SITE_URL": "http://localhost"}
    command = ["flask", "--app", "wsgi", "contributions", "import", str(source), "--process", world.slug, "--json"]
    seconds, megabytes, output = measure.child(command, environ)
    report = json.loads(output)
    if report["imported"] != ROWS_TO_IMPORT:
        raise RuntimeError(f"imported {report['imported']} of {ROWS_TO_IMPORT}: {report['problems'][:3]}")
    return [
        Figure(f"importar {ROWS_TO_IMPORT:,} filas", round(seconds, 1), "segundos", "<= 30"),
        Figure("memoria al importar", round(megabytes), "MB", "<= 300"),
    ]


def all_figures(folder: Path, tell: Callable[[str], None], *, with_pabutools: bool = False) -> list[Figure]:
    tell(f"importando {ROWS_TO_IMPORT:,} filas ...")
    figures = importing(folder / "importing")
    tell(f"respondiendo {batches.ANSWERS:,} aportes de una vez ...")
    figures += [Figure(*row) for row in batches.answered_at_once(folder / "batches")]
    tell(f"dibujando el informe de {report.ANSWERS:,} respuestas ...")
    figures += [Figure(*row) for row in report.measured(folder / "report")]
    if os.environ.get("RACE_ROUNDS"):
        tell("corriendo las carreras ...")
        figures += [Figure(*row) for row in races.measured()]
    for size in SIZES:
        tell(f"preparando {size:,} aportes ...")
        app, world = scratch.build(folder / str(size), size)
        figures += statement_counts(app, world, size)
        if size == MAIN_SIZE:
            tell("midiendo ...")
            figures += rates(app, world, folder / str(size)) + weight(app, world)
        trace.spread(app, world)
        figures += [Figure(*row) for row in trace.measured(app, world, size)]
    figures += [Figure(*row) for row in counting.figures(with_pabutools=with_pabutools, tell=tell)]
    counts = {f.value for f in figures if f.name.startswith("SQL de respuestas")}
    matrix = {f.value for f in figures if f.name.startswith("SQL de matriz, ")}
    return [
        *figures,
        Figure("SQL de respuestas: diferencia entre tamaños", max(counts) - min(counts), "consultas", "<= 0"),
        Figure("SQL de la matriz: diferencia entre tamaños", max(matrix) - min(matrix), "consultas", "<= 0"),
    ]


def table(figures: list[Figure]) -> str:
    width = max(len(f.name) for f in figures)
    lines = [f"{'medida':<{width}}  {'valor':>10}  {'unidad':<14}{'meta':<9}resultado", "-" * (width + 48)]
    for f in figures:
        verdict = "" if not f.target else "alcanzada" if f.is_reached else "NO alcanzada"
        lines.append(f"{f.name:<{width}}  {f.value:>10,g}  {f.unit:<14}{f.target:<9}{verdict}")
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--pabutools", action="store_true", help="count 100,000 ballots with pabutools too: minutes and gigabytes")
    options = parser.parse_args()
    logging.getLogger("alembic").setLevel(logging.WARNING)
    with tempfile.TemporaryDirectory(prefix="minka-bench-") as folder:
        figures = all_figures(Path(folder), lambda words: print(words, file=sys.stderr, flush=True), with_pabutools=options.pabutools)
    if options.json:
        print(json.dumps([{**asdict(f), "reached": f.is_reached} for f in figures], ensure_ascii=False, indent=1))
    else:
        print(table(figures))
    return 0 if all(f.is_reached for f in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
