"""Two people at once, two hundred times: the tests of races run as often as reliability.md R10 asks, when RACE_ROUNDS says so."""

import os
import re
import subprocess
import sys
import time

from config import ROOT

TESTS = "tests/feedback/test_races.py"
Row = tuple[str, float, str, str]
_COUNT = re.compile(r"(\d+) (passed|failed|errors?|skipped)")


def measured() -> list[Row]:
    """(name, value, unit, target): what failed of the races; nothing unless RACE_ROUNDS is set."""
    rounds = os.environ.get("RACE_ROUNDS", "")
    if not rounds.isdecimal():
        return []
    began = time.perf_counter()
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", TESTS]
    done = subprocess.run(command, cwd=ROOT, env=dict(os.environ), capture_output=True, text=True, check=False)
    seconds, counts = time.perf_counter() - began, counted(done.stdout)
    if not counts:
        raise RuntimeError(f"{TESTS}: {done.stdout[-1500:]}{done.stderr[-1500:]}")
    failed = counts.get("failed", 0) + counts.get("error", 0)
    return [
        (f"carreras, {int(rounds):,} rondas de cada una: fallaron", failed, "pruebas", "<= 0"),
        (f"carreras, {int(rounds):,} rondas de cada una: pasaron", counts.get("passed", 0), "pruebas", ""),
        (f"carreras, {int(rounds):,} rondas de cada una: omitidas", counts.get("skipped", 0), "pruebas", ""),
        (f"carreras, {int(rounds):,} rondas de cada una", round(seconds, 1), "segundos", ""),
    ]


def counted(output: str) -> dict[str, int]:
    """What the last line of pytest counts, by its words in the singular."""
    last = next((line for line in reversed(output.splitlines()) if line.strip()), "")
    return {word.removesuffix("s") if word.startswith("error") else word: int(number) for number, word in _COUNT.findall(last)}
