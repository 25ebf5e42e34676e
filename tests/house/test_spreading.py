"""The workers of a run share its files without leaving any out (tests/spreading.py)."""

from types import SimpleNamespace
from typing import Any

import pytest

from tests.spreading import BrowserApart

FILES = ["tests/access/test_a.py", "tests/journeys/test_b.py", "tests/journeys/test_c.py", "tests/core/test_d.py", "tests/demo/test_e.py",
         "tests/demo/test_f.py", "tests/feedback/test_g.py"]  # fmt: skip
PER_FILE = 4


class Worker:
    """Does nothing but write down what it is given."""

    gateway, shutting_down = SimpleNamespace(id="worker"), False

    def __init__(self) -> None:
        self.given: list[int] = []

    def send_runtest_some(self, indices: list[int]) -> None:
        self.given += indices

    def shutdown(self) -> None:
        self.shutting_down = True


@pytest.fixture
def tests() -> list[str]:
    return [f"{file}::test_{n}" for file in FILES for n in range(PER_FILE)]


def _spread(tests: list[str], turns: tuple[int, ...]) -> tuple[list[str], list[str]]:
    """The files of each of two workers, when they end a test in those turns, repeated until nothing is left."""
    config: Any = SimpleNamespace(getvalue=lambda _: ["2*popen"], option=SimpleNamespace(loadscopereorder=True), hook=None)
    scheduler, workers = BrowserApart(config), (Worker(), Worker())
    for worker in workers:
        scheduler.add_node(worker)  # type: ignore[arg-type]
        scheduler.add_node_collection(worker, tests)  # type: ignore[arg-type]
    scheduler.schedule()
    done = [0, 0]
    while scheduler.has_pending:
        for turn in turns:
            if done[turn] < len(workers[turn].given):
                scheduler.mark_test_complete(workers[turn], workers[turn].given[done[turn]])  # type: ignore[arg-type]
                done[turn] += 1
    assert sorted(workers[0].given + workers[1].given) == list(range(len(tests)))
    first, second = (list(dict.fromkeys(tests[index].split("::")[0] for index in worker.given)) for worker in workers)
    return first, second


def test_one_worker_takes_what_needs_a_browser_and_the_other_the_rest(tests: list[str]) -> None:
    assert _spread(tests, (0, 1, 1)) == (FILES[:3], FILES[3:])


def test_who_has_done_their_part_takes_from_what_is_left(tests: list[str]) -> None:
    assert _spread(tests, (0, 0, 0, 0, 1)) == ([*FILES[:3], FILES[6]], FILES[3:6])
    assert _spread(tests, (0, 1, 1, 1, 1, 1))[1][:5] == [*FILES[3:], FILES[2]]
