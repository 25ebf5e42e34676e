"""Counting budgets: how long and how much memory, alone and against pabutools in the same run.

`python -m benchmarks.counting [--pabutools]` for these figures alone. With pabutools it takes minutes and gigabytes.
"""

import argparse
import contextlib
import gc
import json
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

from app.budgeting.counting import comparing
from app.budgeting.counting.count import count
from app.budgeting.counting.election import Ballot, Election, Project, VoteType
from app.budgeting.counting.parameters import Completion, Parameters, Rule
from config import ROOT

PROJECTS, SIZES, COMPARED, LARGEST = 100, (100, 10_000, 100_000), 10_000, 100_000
SHEETS = {
    "más votados": Parameters(Rule.GREEDY),
    "Partes Iguales": Parameters(Rule.EQUAL_SHARES),
    "Partes Iguales con Add1 de 1 %": Parameters(Rule.EQUAL_SHARES, Completion.ADD1, increment=Fraction(1, 100), increment_is_share=True),
    "Phragmén": Parameters(Rule.PHRAGMEN),
}
UNTIL_FULL = Parameters(Rule.EQUAL_SHARES, Completion.ADD1_EXHAUSTIVE, increment=Fraction(1, 100), increment_is_share=True)
OTHER_TOWN = "0"  # 52 raises of 1 %, near the 39 of pb.md A3: the first town needs 219, and pabutools forgets nothing between raises
Row = tuple[str, float, str, str]


def synthetic(voters: int, projects: int = PROJECTS, town: str = "") -> Election:
    """Voters and projects on a map, log-normal costs, a quarter of all costs as budget, about five projects marked (pb.md A3)."""
    dice = random.Random(" ".join(filter(None, (str(voters), "x", str(projects), town))))
    cost = [max(1000, round(dice.lognormvariate(10.5, 0.8) / 100) * 100) for _ in range(projects)]
    place = [(dice.random(), dice.random(), dice.random()) for _ in range(projects)]
    ballots = []
    for _ in range(voters):
        x, y = dice.random(), dice.random()
        near = sorted(range(projects), key=lambda p: (x - place[p][0]) ** 2 + (y - place[p][1]) ** 2 - place[p][2] * dice.random())
        ballots.append(Ballot(tuple(f"p{p}" for p in near[: dice.choice((3, 4, 5, 5, 6, 7))])))
    items = tuple(Project(f"p{p}", Fraction(cost[p])) for p in range(projects))
    return Election(Fraction(sum(cost) // 4), VoteType.APPROVAL, items, tuple(ballots))


def timed(what: Callable[[], Any]) -> float:
    began = time.perf_counter()
    what()
    return time.perf_counter() - began


def figures(*, with_pabutools: bool, tell: Callable[[str], None]) -> list[Row]:
    """Rows of (name, value, unit, target). Times are the best of three, except beside pabutools: one run each, in its own process."""
    rows: list[Row] = []
    for size in SIZES:
        tell(f"contando {size:,} votos ...")
        election = synthetic(size)
        for name, sheet in SHEETS.items():
            best = min(timed(lambda sheet=sheet, election=election: count(election, sheet)) for _ in range(3))  # type: ignore[misc]
            rows.append((f"{name}, {size:,} × {PROJECTS}", round(best, 2), "segundos", ""))
        if size == COMPARED:
            result = count(election, SHEETS["más votados"])
            best = min(timed(lambda result=result: comparing.compared(result)) for _ in range(3))  # type: ignore[misc]
            rows.append((f"comparar cinco reglas, {size:,} × {PROJECTS}", round(best, 2), "segundos", "<= 2"))
    return rows + (beside_pabutools(tell) if with_pabutools else [])


def beside_pabutools(tell: Callable[[str], None]) -> list[Row]:
    """Equal Shares, shares raised by 1 % until nothing more fits, ours and theirs, each in a process of its own, one after the other.

    In processor seconds, so that a busy machine treats both alike.
    """
    tell(f"Partes Iguales con Add1, {LARGEST:,} × {PROJECTS}: el nuestro ...")
    ours = _child("ours")
    tell("... y pabutools (minutos) ...")
    theirs = _child("pabutools")
    if ours["winners"] != theirs["winners"]:
        raise RuntimeError(f"different winners: {ours['winners']} and {theirs['winners']}")
    return [
        ("Add1, el nuestro", ours["seconds"], "segundos", ""),
        ("Add1, pabutools", theirs["seconds"], "segundos", ""),
        ("Add1, memoria del nuestro", ours["megabytes"], "MB", ""),
        ("Add1, memoria de pabutools", theirs["megabytes"], "MB", ""),
        ("Add1, tiempo del nuestro", round(ours["seconds"] / theirs["seconds"], 4), "× pabutools", "<= 0.02"),
        ("Add1, memoria de contar, el nuestro", ours["more"], "MB", ""),
        ("Add1, memoria de contar, pabutools", theirs["more"], "MB", ""),
        ("Add1, memoria de contar, el nuestro", round(ours["more"] / theirs["more"], 4), "× pabutools", "<= 0.05"),
        ("Add1, memoria del proceso entero, el nuestro", round(ours["megabytes"] / theirs["megabytes"], 4), "× pabutools", "<= 0.05"),
    ]


def _child(who: str) -> dict[str, Any]:
    done = subprocess.run([sys.executable, "-m", "benchmarks.counting", "--child", who], cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(done.stderr[-1500:])
    return json.loads(done.stdout.splitlines()[-1])


def _megabytes() -> float:
    """The most this process ever held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)


def _held(kind: str) -> float:
    """Megabytes this process holds now ("VmRSS"), or held at most since `_forget_peak` ("VmHWM"). Elsewhere than Linux, the peak."""
    status = Path("/proc/self/status")
    if not status.exists():
        return _megabytes()
    line = next(line for line in status.read_text().splitlines() if line.startswith(kind))
    return int(line.split()[1]) / 1024


def _forget_peak() -> None:
    """From here on "VmHWM" is the most since now: building the ballots is not counting them."""
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")


def run_child(who: str) -> None:
    """Prints the winners, the processor seconds of the rule and the peak memory; `more` is what the count held at its highest beyond
    the interpreter and the ballots, which both hold alike."""
    election = synthetic(LARGEST, town=OTHER_TOWN)
    if who == "pabutools":
        from tests.budgeting import oracle
    gc.collect()
    _forget_peak()
    before, began = _held("VmRSS"), time.process_time()
    found = set(count(election, UNTIL_FULL).winners) if who == "ours" else oracle.raised_until_full(election)
    seconds = round(time.process_time() - began, 2)
    more = round(_held("VmHWM") - before, 1)
    print(json.dumps({"winners": sorted(found), "seconds": seconds, "megabytes": round(_megabytes()), "more": more}))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pabutools", action="store_true", help="also count with pabutools (minutes, gigabytes)")
    parser.add_argument("--child", choices=["ours", "pabutools"], help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        run_child(options.child)
        return
    for name, value, unit, target in figures(with_pabutools=options.pabutools, tell=lambda words: print(words, file=sys.stderr)):
        print(f"{name:<60} {value:>10g}  {unit:<12} {target}")


if __name__ == "__main__":
    main()
