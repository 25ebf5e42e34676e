"""From a box to an election that can be counted: projects by their printed number, costs in soles, the sheet that was announced."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from typing import Any

from app.budgeting.counting.amounts import number
from app.budgeting.counting.election import CITYWIDE, Ballot, Election, Project, VoteType
from app.budgeting.counting.parameters import Completion, Order, Parameters, Rule, Utility
from app.voting.rules import BallotKind

TYPES = {
    BallotKind.APPROVAL: VoteType.APPROVAL,
    BallotKind.KNAPSACK: VoteType.APPROVAL,
    BallotKind.CUMULATIVE: VoteType.CUMULATIVE,
    BallotKind.ORDINAL: VoteType.ORDINAL,
    BallotKind.SCORE: VoteType.SCORING,
}
CENTS = 100
Choices = Sequence[Sequence[int]]


@dataclass(frozen=True)
class Option:
    number: int
    title: str
    cost_cents: int
    ubigeo: str | None = None


@dataclass(frozen=True)
class Contest:
    """What was announced of a vote, as the count needs it. `ceilings` are céntimos by territory; CITYWIDE is all that has none."""

    title: str
    unit: str
    year: int
    kind: BallotKind
    fewest: int
    most: int
    points: int
    limit_cents: int | None
    opens_at: datetime
    closes_at: datetime
    is_by_territory: bool
    ceilings: Mapping[str, int]
    options: Sequence[Option]

    def zone_of(self, ubigeo: str | None) -> str | None:
        """The territory among those of the options that a person of `ubigeo` votes in; None when it is not known or has no projects."""
        if not self.is_by_territory or not ubigeo:
            return None
        zones = (option.ubigeo for option in self.options if option.ubigeo)
        return max((zone for zone in zones if ubigeo.startswith(zone)), key=len, default=ubigeo)


def parameters_from(data: Mapping[str, Any], seed: str) -> Parameters:
    """The sheet that `counting.report.sheet` wrote, with the seed that was drawn. Raises KeyError or ValueError for what is no sheet."""
    increment = number(str(data["increment"])) or _fraction(data["increment"])
    return Parameters(
        Rule(data["rule"]), Completion(data["completion"]), Utility(data["utility"]) if data.get("utility") else None,
        increment or Fraction(0), bool(data.get("increment_is_share")), Order(data.get("order", Order.SCORE)),
        _fraction(data.get("threshold")), int(data.get("minimum_votes") or 0), _fraction(data.get("fair_share")),
        dict(data.get("exclusions") or {}), tuple(frozenset(group) for group in data.get("conflicts") or ()), seed or None,
    )  # fmt: skip


def _fraction(written: object) -> Fraction | None:
    return None if written is None else Fraction(str(written))


def election_of(contest: Contest, ballots: Iterable[tuple[str | None, Choices]], *, fewest_points: int = 1) -> Election:
    """`ballots` are (UBIGEO or None, choices as stored). The budget is that of everybody; territories have theirs in `ceilings`."""
    kind = TYPES[contest.kind]
    projects = tuple(
        Project(str(o.number), Fraction(o.cost_cents, CENTS), o.title, (o.ubigeo or CITYWIDE) if contest.is_by_territory else CITYWIDE)
        for o in contest.options
    )
    cast = tuple(_ballot(choices, contest.zone_of(ubigeo), kind) for ubigeo, choices in ballots)
    return Election(Fraction(sum(contest.ceilings.values()), CENTS), kind, projects, cast, _meta(contest))


def _ballot(choices: Choices, zone: str | None, kind: VoteType) -> Ballot:
    names = tuple(str(pair[0]) for pair in choices)
    return Ballot(names, tuple(pair[1] for pair in choices) if kind.has_points else (), district=zone)


def _meta(contest: Contest) -> dict[str, str]:
    meta = {
        "description": contest.title, "country": "Peru", "unit": contest.unit, "instance": str(contest.year),
        "date_begin": contest.opens_at.strftime("%d.%m.%Y"), "date_end": contest.closes_at.strftime("%d.%m.%Y"),
        "language": "es", "currency": "PEN", "min_length": str(contest.fewest),
        "max_length": str(min(contest.most, len(contest.options)) or 1),
    }  # fmt: skip
    if contest.kind is BallotKind.KNAPSACK and contest.limit_cents:
        meta["max_sum_cost"] = (
            str(Fraction(contest.limit_cents, CENTS)) if contest.limit_cents % CENTS == 0 else f"{contest.limit_cents / CENTS:.2f}"
        )
    if contest.kind is BallotKind.CUMULATIVE:
        meta["max_sum_points"] = str(contest.points)
    if contest.kind is BallotKind.SCORE:
        meta |= {"max_points": str(contest.points), "default_score": "0"}
    return meta


def from_totals(totals: Mapping[int, tuple[int, int]], valid: int, blank: int) -> list[list[list[int]]]:
    """Ballots that add up to these totals (project -> voters, points): as many papers, and each project with its voters and points.

    They are nobody's ballots. Where a project wins by its own votes the count sees the same numbers (decision 0035); no other rule
    may be given them, nor may anything be said about one voter.
    """
    made: list[list[list[int]]] = [[] for _ in range(valid + blank)]
    for option, (voters, points) in sorted(totals.items()):
        for at in range(voters):
            made[at].append([option, 1 if at else points - voters + 1])
    return made


def totals_of(ballots: Iterable[Choices]) -> dict[int, tuple[int, int]]:
    """Voters and points of each project."""
    found: dict[int, tuple[int, int]] = {}
    for choices in ballots:
        for pair in choices:
            voters, points = found.get(pair[0], (0, 0))
            found[pair[0]] = (voters + 1, points + pair[1])
    return found


def settled_for(election: Election, parameters: Parameters, taken: frozenset[str]) -> Parameters:
    """The sheet of one territory as a count that knows nothing of the others needs it: a rival that won before is a reason to be out."""
    ids = {p.id for p in election.projects}
    out = {
        name: next(iter(sorted(group & taken)))
        for group in parameters.conflicts if group & taken for name in group & ids
    }  # fmt: skip
    return replace(
        parameters,
        exclusions={**{n: why for n, why in parameters.exclusions.items() if n in ids}, **{n: f"ganó {rival}" for n, rival in out.items()}},
        conflicts=tuple(group & ids for group in parameters.conflicts if len(group & ids) > 1),
    )
