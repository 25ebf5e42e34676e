"""What a rule says when it refuses: codes, never sentences. Pure: standard library only."""

import dataclasses
from collections.abc import Iterable
from enum import StrEnum
from typing import Any


@dataclasses.dataclass(frozen=True)
class Problem:
    """One reason for refusing. `field` is the form field it belongs to, `values` fill the sentence."""

    code: StrEnum
    field: str | None = None
    values: dict[str, Any] = dataclasses.field(default_factory=dict)


class RuleBroken(Exception):
    """A rule refused; nothing was written."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(", ".join(str(p.code) for p in self.problems))


class SomebodyWasFirst(Exception):
    """The row changed since it was read; nothing was written. `current` is what now stands."""

    def __init__(self, current: Any = None) -> None:
        self.current = current
        super().__init__("somebody was first")


def refuse_if_any(problems: Iterable[Problem]) -> None:
    """Raise RuleBroken when there is at least one problem."""
    found = tuple(problems)
    if found:
        raise RuleBroken(found)
