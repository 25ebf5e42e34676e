"""Who runs what when several workers share a run: hooks that tests/conftest.py gives to pytest.

The last file of a run leaves the other workers idle, so long files go first. A browser and the site it visits are costly to start
and are closed when their package ends: one worker takes the packages that need them, one file after another, and the others begin
with the rest. Whoever has done their part takes from what is left.
"""

from typing import Any

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling
from xdist.workermanage import WorkerController

WITH_BROWSER = ("tests/access", "tests/journeys")
TOGETHER = ("tests/demo",)
"""Packages whose preparation costs more than their tests: one worker runs all of it."""
WORDS = ("slow", "postgres")
"""Marks of tests that take long, longest first."""


class BrowserApart(LoadFileScheduling):
    """A file at a time to each worker, in the order of the collection."""

    def __init__(self, config: pytest.Config, log: Producer | None = None) -> None:
        super().__init__(config, log)
        config.option.loadscopereorder = False  # it would put the files with most tests first, and the journeys have few

    def _split_scope(self, nodeid: str) -> str:
        return next((package for package in TOGETHER if nodeid.startswith(f"{package}/")), super()._split_scope(nodeid))

    def _assign_work_unit(self, node: WorkerController) -> None:
        has_browser = node is self.nodes[0]
        fitting = (scope for scope in self.workqueue if scope.startswith(WITH_BROWSER) is has_browser)
        if (scope := next(fitting, None)) is not None:
            self.workqueue.move_to_end(scope, last=False)
        super()._assign_work_unit(node)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> BrowserApart | None:
    return BrowserApart(config, log) if config.getvalue("dist") == "loadfile" else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Only where there are workers: whoever runs a few tests at their desk reads them in the order they are written."""
    if not hasattr(config, "workerinput"):
        return
    files: dict[Any, list[pytest.Item]] = {}
    for item in items:
        files.setdefault(item.path, []).append(item)
    items.sort(key=lambda item: _order(files[item.path]))


def _order(tests: list[pytest.Item]) -> tuple[object, ...]:
    """Packages with browser stay together; then files with slow tests, files with a server, and those with most tests."""
    package = next((package for package in WITH_BROWSER if tests[0].nodeid.startswith(package)), "~")
    return package, *(not any(test.get_closest_marker(word) for test in tests) for word in WORDS), -len(tests), tests[0].nodeid
