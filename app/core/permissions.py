"""Who may do what: a table of pure predicates an auditor can read. Nothing is allowed unless a row says so."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Protocol


@dataclass(frozen=True)
class Scope:
    """Where a thing lives: its space, and its process when it belongs to one."""

    space_id: int
    process_id: int | None = None


class Scoped(Protocol):
    @property
    def scope(self) -> Scope: ...


@dataclass(frozen=True)
class HeldRole:
    """A role held in a space, or in one process of it; between two days, both inclusive."""

    role: str
    space_id: int
    process_id: int | None = None
    organisation_id: int | None = None
    starts_on: date | None = None
    ends_on: date | None = None

    def covers(self, scope: Scope) -> bool:
        return self.space_id == scope.space_id and self.process_id in (None, scope.process_id)


@dataclass(frozen=True)
class Actor:
    """The person acting now. `person_id` is None for somebody who has not signed in.

    `awaits_second_factor`: their roles ask for a second step they have not taken; until then they hold none.
    """

    person_id: int | None = None
    name: str = ""
    roles: tuple[HeldRole, ...] = ()
    awaits_second_factor: bool = False

    @property
    def is_signed_in(self) -> bool:
        return self.person_id is not None


NOBODY = Actor()
Predicate = Callable[[Actor, Any], bool]
Grants = Mapping[StrEnum, Sequence[tuple[Predicate, ...]]]


def is_allowed(grants: Grants, permission: StrEnum, actor: Actor, subject: Any) -> bool:
    """True when every predicate of at least one row holds. A permission without rows is refused."""
    return any(all(holds(actor, subject) for holds in row) for row in grants.get(permission, ()))
