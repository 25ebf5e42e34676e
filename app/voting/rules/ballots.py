"""The only judge of a ballot (reliability.md 6.1, B03). The form, the services and the count ask here and nowhere else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from app.core.errors import Problem
from app.voting.rules.terms import BallotKind, Extent

Choices = list[list[int]]
"""[[number, points], …]. Points are 1 where the kind has none; in order of preference for an ordinal ballot, by number otherwise."""
MOST_POINTS = 1_000_000
MARKED = (BallotKind.APPROVAL, BallotKind.KNAPSACK, BallotKind.ORDINAL)
WEIGHED = (BallotKind.CUMULATIVE, BallotKind.SCORE)


class BallotProblem(StrEnum):
    MALFORMED = "ballot-malformed"
    NOTHING_CHOSEN = "ballot-nothing-chosen"
    BLANK_WITH_CHOICES = "ballot-blank-with-choices"
    UNKNOWN_OPTION = "ballot-unknown-option"
    OTHER_TERRITORY = "ballot-other-territory"
    REPEATED = "ballot-repeated"
    TOO_FEW = "ballot-too-few"
    TOO_MANY = "ballot-too-many"
    OVERSPENT = "ballot-overspent"
    NOT_A_NUMBER = "ballot-not-a-number"
    TOO_MANY_POINTS = "ballot-too-many-points"
    SCORE_TOO_HIGH = "ballot-score-too-high"
    RANK_REPEATED = "ballot-rank-repeated"


@dataclass(frozen=True)
class Option:
    """A project on the ballot; cost in céntimos. Without `ubigeo` it is for everybody."""

    number: int
    cost_cents: int
    ubigeo: str | None = None


@dataclass(frozen=True)
class BallotRule:
    """What a ballot of this vote may say. `limits` are céntimos by territory, where they differ from `limit_cents`."""

    kind: BallotKind
    fewest: int
    most: int
    points: int = 0
    limit_cents: int | None = None
    extent: Extent = Extent.CITY
    options: Mapping[int, Option] = field(default_factory=dict)
    limits: Mapping[str, int] = field(default_factory=dict)

    def limit_for(self, ubigeo: str | None) -> int | None:
        """How much the projects of a ballot may cost together, in céntimos; None when nothing limits it."""
        if self.kind is not BallotKind.KNAPSACK:
            return None
        return self.limits.get(ubigeo or "", self.limit_cents or 0)


def is_offered(rule: BallotRule, option: Option, ubigeo: str | None) -> bool:
    """Whether somebody of that territory finds the project on their ballot."""
    if rule.extent is Extent.CITY:
        return True
    if option.ubigeo is None:
        return rule.extent is Extent.BOTH
    return (ubigeo or "").startswith(option.ubigeo)


def offered(rule: BallotRule, ubigeo: str | None) -> list[Option]:
    """The projects on the ballot of somebody of that territory, by number."""
    return [option for _, option in sorted(rule.options.items()) if is_offered(rule, option, ubigeo)]


def validate_ballot(rule: BallotRule, choices: Any, ubigeo: str | None, *, is_blank: bool = False) -> tuple[Problem, ...]:
    """Why this may not be put in the box. A blank ballot is one that says so, never one that was left empty."""
    if not is_well_formed(choices):
        return (Problem(BallotProblem.MALFORMED),)
    if is_blank or not choices:
        return _blank_problems(choices, is_blank)
    numbers = [number for number, _ in choices]
    problems = _option_problems(rule, numbers, ubigeo)
    problems += _count_problems(rule, len(numbers), len(offered(rule, ubigeo)))
    problems += _point_problems(rule, choices)
    limit = rule.limit_for(ubigeo)
    spent = cost_of(rule, numbers)
    if limit is not None and spent > limit:
        problems.append(Problem(BallotProblem.OVERSPENT, None, {"over": soles(spent - limit), "limit": soles(limit)}))
    return tuple(problems)


def is_well_formed(choices: Any) -> bool:
    """A list of pairs of whole numbers, and nothing else."""
    return isinstance(choices, list) and all(
        isinstance(pair, (list, tuple)) and len(pair) == 2 and all(type(part) is int and abs(part) <= MOST_POINTS for part in pair)
        for pair in choices
    )


def cost_of(rule: BallotRule, numbers: Sequence[int]) -> int:
    """What those projects cost together, in céntimos; unknown ones cost nothing here."""
    return sum(rule.options[number].cost_cents for number in numbers if number in rule.options)


def tidy(rule: BallotRule, choices: Choices) -> Choices:
    """As it is stored: by number, so that the order of marking tells nothing; by preference where preference is the vote."""
    pairs = [[number, points] for number, points in choices]
    return pairs if rule.kind is BallotKind.ORDINAL else sorted(pairs)


def ranked(ranks: Mapping[int, int]) -> tuple[Choices, tuple[Problem, ...]]:
    """The choices of an ordinal form: project number -> place written beside it. Two projects may not share a place."""
    problems = [
        Problem(BallotProblem.RANK_REPEATED, None, {"rank": rank})
        for rank in sorted(set(ranks.values())) if list(ranks.values()).count(rank) > 1
    ]  # fmt: skip
    return [[number, 1] for number, _ in sorted(ranks.items(), key=lambda pair: (pair[1], pair[0]))], tuple(problems)


def soles(cents: int) -> str:
    """Céntimos as Peru writes soles: "1,234" or "1,234.50"."""
    return f"{cents // 100:,}" if cents % 100 == 0 else f"{cents / 100:,.2f}"


def _blank_problems(choices: Choices, is_blank: bool) -> tuple[Problem, ...]:
    if is_blank and choices:
        return (Problem(BallotProblem.BLANK_WITH_CHOICES),)
    return () if is_blank else (Problem(BallotProblem.NOTHING_CHOSEN),)


def _option_problems(rule: BallotRule, numbers: Sequence[int], ubigeo: str | None) -> list[Problem]:
    problems = []
    for number in sorted(set(numbers)):
        option = rule.options.get(number)
        if option is None:
            problems.append(Problem(BallotProblem.UNKNOWN_OPTION, None, {"number": number}))
        elif not is_offered(rule, option, ubigeo):
            problems.append(Problem(BallotProblem.OTHER_TERRITORY, None, {"number": number}))
        if numbers.count(number) > 1:
            problems.append(Problem(BallotProblem.REPEATED, None, {"number": number}))
    return problems


def _count_problems(rule: BallotRule, chosen: int, on_ballot: int) -> list[Problem]:
    fewest = min(rule.fewest, on_ballot)  # a territory with two projects cannot ask for three
    if chosen < fewest:
        return [Problem(BallotProblem.TOO_FEW, None, {"fewest": fewest, "chosen": chosen})]
    return [Problem(BallotProblem.TOO_MANY, None, {"most": rule.most, "chosen": chosen})] if chosen > rule.most else []


def _point_problems(rule: BallotRule, choices: Choices) -> list[Problem]:
    points = [given for _, given in choices]
    if any(given < 1 for given in points) or (rule.kind in MARKED and any(given != 1 for given in points)):
        return [Problem(BallotProblem.NOT_A_NUMBER)]
    if rule.kind is BallotKind.CUMULATIVE and sum(points) > rule.points:
        return [Problem(BallotProblem.TOO_MANY_POINTS, None, {"most": rule.points, "given": sum(points)})]
    if rule.kind is BallotKind.SCORE and max(points) > rule.points:
        return [Problem(BallotProblem.SCORE_TOO_HIGH, None, {"most": rule.points})]
    return []
