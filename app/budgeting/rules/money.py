"""The money of a round: the whole, and what of it is kept for a territory, for a theme, or for both. Integer céntimos."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.budgeting.rules.documents import SHORTEST_REASON
from app.core.errors import Problem

LARGEST_CENTS = 10**13
"""A hundred thousand million soles: more than the whole State invests in a year. Above it somebody typed a zero too many."""


class MoneyProblem(StrEnum):
    CEILING_MISSING = "round-ceiling-missing"
    CEILING_TOO_LARGE = "round-ceiling-too-large"
    PART_WITHOUT_PLACE = "ceiling-without-place"
    PART_REPEATED = "ceiling-repeated"
    PART_EMPTY = "ceiling-empty"
    PARTS_EXCEED = "ceilings-exceed"
    INSIDE_EXCEEDS = "ceiling-inside-exceeds"
    REASON_MISSING = "ceiling-reason-missing"
    NOTHING_CHANGES = "ceiling-nothing-changes"
    FROZEN = "ceiling-frozen"
    DECIDING = "ceiling-deciding"


@dataclass(frozen=True)
class Part:
    """What is kept for a territory (`ubigeo`), a theme (its slug), or that theme in that territory."""

    ubigeo: str
    theme: str
    amount_cents: int

    @property
    def key(self) -> str:
        """As it is unique in a round: "080101/agua"."""
        return f"{self.ubigeo}/{self.theme}"


@dataclass(frozen=True)
class CeilingDraft:
    ceiling_cents: int
    parts: tuple[Part, ...] = ()
    reason: str = ""


def shared_out(parts: Sequence[Part]) -> int:
    """The largest sum that belongs to one level: parts by territory and parts by theme cut the same whole in two ways.

    A part of a theme inside a territory is inside the part of that territory when it has one, and counts by itself when not.
    """
    territories = {part.ubigeo: part.amount_cents for part in parts if part.ubigeo and not part.theme}
    themes = sum(part.amount_cents for part in parts if part.theme and not part.ubigeo)
    inside: dict[str, int] = {}
    for part in parts:
        if part.ubigeo and part.theme:
            inside[part.ubigeo] = inside.get(part.ubigeo, 0) + part.amount_cents
    by_place = sum(territories.values()) + sum(cents for ubigeo, cents in inside.items() if ubigeo not in territories)
    return max(by_place, themes)


def problems_with_ceiling(draft: CeilingDraft, *, is_first: bool) -> tuple[Problem, ...]:
    """Parts may not exceed the whole, in either way of cutting it; a change says why."""
    problems = []
    if draft.ceiling_cents <= 0:
        problems.append(Problem(MoneyProblem.CEILING_MISSING, "ceiling"))
    if draft.ceiling_cents > LARGEST_CENTS:
        problems.append(Problem(MoneyProblem.CEILING_TOO_LARGE, "ceiling"))
    if any(not part.ubigeo and not part.theme for part in draft.parts):
        problems.append(Problem(MoneyProblem.PART_WITHOUT_PLACE, "parts"))
    if any(part.amount_cents <= 0 for part in draft.parts):
        problems.append(Problem(MoneyProblem.PART_EMPTY, "parts"))
    keys = [part.key for part in draft.parts]
    if len(keys) != len(set(keys)):
        problems.append(Problem(MoneyProblem.PART_REPEATED, "parts"))
    problems += _problems_with_sum(draft)
    if not is_first and len(draft.reason.strip()) < SHORTEST_REASON:
        problems.append(Problem(MoneyProblem.REASON_MISSING, "reason", {"shortest": SHORTEST_REASON}))
    return tuple(problems)


def _problems_with_sum(draft: CeilingDraft) -> list[Problem]:
    problems = []
    if shared_out(draft.parts) > draft.ceiling_cents > 0:
        over = shared_out(draft.parts) - draft.ceiling_cents
        problems.append(Problem(MoneyProblem.PARTS_EXCEED, "parts", {"over": soles(over)}))
    both = [part for part in draft.parts if part.ubigeo and part.theme]
    for part in draft.parts:
        if part in both:
            continue
        inside = sum(one.amount_cents for one in both if (one.ubigeo == part.ubigeo if part.ubigeo else one.theme == part.theme))
        if inside > part.amount_cents:
            field = f"territory-{part.ubigeo}" if part.ubigeo else f"theme-{part.theme}"
            problems.append(Problem(MoneyProblem.INSIDE_EXCEEDS, field, {"over": soles(inside - part.amount_cents)}))
    return problems


WHOLE = "*"
"""The pot of what has no ceiling of its own."""


def pots(ceiling_cents: int, parts: Sequence[Part]) -> dict[str, int]:
    """The céntimos there are to choose with, in pots that do not overlap and add up to the whole.

    A theme inside a territory is its own pot ("080101/agua"), what the territory has left another ("080101"). Themes of the whole
    ("/agua") are pots only where nothing is kept by territory: together they would cut the same money twice, so there they are a
    purpose, not a pot.
    """
    by_place = [part for part in parts if part.ubigeo]
    found: dict[str, int] = {}
    for part in by_place:
        inside = sum(one.amount_cents for one in by_place if one.ubigeo == part.ubigeo and one.theme)
        found[part.key if part.theme else part.ubigeo] = part.amount_cents - (0 if part.theme else inside)
    if not by_place:
        found = {part.key: part.amount_cents for part in parts}
    found[WHOLE] = ceiling_cents - sum(found.values())
    return found


def pot_of(found: Collection[str], ubigeo: str, theme: str) -> str:
    """The pot that pays for a project of that territory ("" for all) and that theme: the narrowest there is."""
    narrowest = (f"{ubigeo}/{theme}", ubigeo, f"/{theme}")
    return next((pot for pot in narrowest if pot not in ("", "/") and pot in found), WHOLE)


def pots_of_territory(found: Collection[str], ubigeo: str) -> frozenset[str]:
    """The pots that belong to one territory; with "", those of none."""
    return frozenset(pot for pot in found if (pot.split("/")[0] if pot != WHOLE else "") == ubigeo)


def soles(cents: int) -> str:
    """S/ 1,234.50, or S/ 1,234 when there are no céntimos, as Peru writes it; the space does not break."""
    return f"S/\u00a0{cents // 100:,}" + (f".{cents % 100:02}" if cents % 100 else "")
