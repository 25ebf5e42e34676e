"""Turnout by territory without telling how anybody voted: small and unanimous groups go up into a larger one (reliability.md 6.1, B13)."""

from collections.abc import Sequence
from dataclasses import dataclass

FEWEST_SHOWN = 10


@dataclass(frozen=True)
class Zone:
    """A territory in a vote: people on its roll, those who voted, ballots in the box, ballots without any winner.

    `is_unanimous`: all of its ballots say the same, or all name some project; its figures would tell how each of them voted.
    """

    ubigeo: str
    name: str
    on_roll: int
    voted: int
    ballots: int
    without: int
    is_unanimous: bool = False


@dataclass(frozen=True)
class Group:
    """One territory, or several shown together so that none can be worked out by subtraction. `names` in the order of the alphabet."""

    ubigeos: tuple[str, ...]
    names: tuple[str, ...]
    on_roll: int
    voted: int
    ballots: int
    without: int

    @property
    def is_merged(self) -> bool:
        return len(self.ubigeos) > 1


def grouped(zones: Sequence[Zone], fewest: int = FEWEST_SHOWN) -> list[Group]:
    """Each territory with `fewest` ballots or more that are not unanimous by itself; all others together in one group.

    A group of a single small territory, or one still too small, takes in the next smallest: otherwise a subtraction from the
    total would tell it. Territories where nobody voted hold no secret and stay as they are.
    """
    ordered = sorted(zones, key=lambda zone: (zone.ballots, zone.name))
    hidden = [zone for zone in ordered if zone.ballots and (zone.ballots < fewest or zone.is_unanimous)]
    shown = [zone for zone in ordered if zone not in hidden]
    candidates = [zone for zone in shown if zone.ballots]
    while hidden and candidates and (len(hidden) < 2 or sum(zone.ballots for zone in hidden) < fewest):
        taken = candidates.pop(0)
        hidden.append(taken)
        shown.remove(taken)
    groups = [_group([zone]) for zone in shown]
    if hidden:
        groups.append(_group(hidden))
    return sorted(groups, key=lambda group: (group.is_merged, group.names))


def is_too_small(groups: Sequence[Group], fewest: int = FEWEST_SHOWN) -> bool:
    """Whether even together there are too few ballots: then nothing is shown by territory, and the page warns."""
    return any(0 < group.ballots < fewest for group in groups)


def _group(zones: Sequence[Zone]) -> Group:
    named = sorted(zones, key=lambda zone: zone.name)
    return Group(
        tuple(zone.ubigeo for zone in named), tuple(zone.name for zone in named), sum(zone.on_roll for zone in named),
        sum(zone.voted for zone in named), sum(zone.ballots for zone in named), sum(zone.without for zone in named),
    )  # fmt: skip
