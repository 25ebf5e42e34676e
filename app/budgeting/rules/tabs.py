"""The public pages of a round, in the order people read them. Each floor tells which of its own have something to show."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Tab(StrEnum):
    BUDGET = "budget"
    AGENTS = "agents"
    DOCUMENTS = "documents"
    CALENDAR = "calendar"
    PROJECTS = "projects"
    VOTE = "vote"
    ACT = "act"
    EXECUTION = "execution"
    VIGILANCE = "vigilance"


@dataclass(frozen=True)
class RoundTab:
    """A page with something published: its endpoint, and the values its address needs besides the slug of the process."""

    tab: Tab
    endpoint: str
    values: Mapping[str, str] = field(default_factory=dict)


def in_order(tabs: Iterable[RoundTab]) -> tuple[RoundTab, ...]:
    places = list(Tab)
    return tuple(sorted(tabs, key=lambda shown: places.index(shown.tab)))
