"""Counting a box: the frozen rules, city-wide or by territory, and everything a page tells of it as plain data.

Nothing here names a voter, and a part of the vote with few ballots, or where all say the same, is told without figures.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import Any

from app.budgeting.counting import amounts, comparing, explaining, privacy, report
from app.budgeting.counting.count import Result, count
from app.budgeting.counting.election import CITYWIDE, Election
from app.budgeting.counting.parameters import Parameters
from app.budgeting.counting.territories import count_by_territory
from app.scrutiny.rules.elections import CENTS, Choices, Contest, election_of, settled_for
from app.scrutiny.rules.territories import FEWEST_SHOWN, Zone, grouped, is_too_small

Paper = tuple[str | None, Choices]


@dataclass(frozen=True)
class Box:
    """`cast` are ballots as stored, (UBIGEO, choices); `made` are papers that add up to the totals of tables, and are nobody's."""

    cast: Sequence[Paper]
    made: Sequence[Paper] = ()

    @property
    def papers(self) -> list[Paper]:
        return [*self.cast, *self.made]


@dataclass(frozen=True)
class Counted:
    """A result by territory, in the order counted (CITYWIDE alone when the vote is one), and the election they came from."""

    election: Election
    parameters: Parameters
    results: Mapping[str, Result]

    @property
    def winners(self) -> list[str]:
        return [name for result in self.results.values() for name in result.winners]

    @cached_property
    def apart(self) -> dict[str, Result]:
        """The same results, each by itself: what a program that sees one territory at a time counts again."""
        found, taken = {}, frozenset[str]()
        for zone, result in self.results.items():
            settled = settled_for(result.election, self.parameters, taken)
            depends = any(group & taken for group in self.parameters.conflicts)
            found[zone] = count(result.election, settled) if depends else replace(result, parameters=settled)
            taken |= frozenset(result.winners)
        return found


def counted(contest: Contest, parameters: Parameters, box: Box) -> Counted:
    """Raises RuleBroken when the sheet makes no sense for this vote."""
    election = election_of(contest, box.papers)
    if not contest.is_by_territory:
        return Counted(election, parameters, {CITYWIDE: count(election, parameters)})
    ceilings = {zone: Fraction(cents, CENTS) for zone, cents in contest.ceilings.items()}
    return Counted(election, parameters, count_by_territory(election, parameters, ceilings))


def may_publish_ballots(done: Counted, *, is_wanted: bool) -> bool:
    """Only by the organiser's decision, announced before the vote, and when five people or more cast each ballot (6.1).

    The open file joins what a person marked for their territory and for everybody: each whole ballot counts, not only its parts.
    """
    elections = [done.election, *(result.election for result in done.results.values())]
    return is_wanted and all(privacy.publication(election).may_publish_ballots for election in elections)


def is_discreet(box: Box, zone: str, contest: Contest, fewest: int) -> bool:
    """Whether the figures of a part of the vote would tell how people voted: too few ballots, or a project in all of them."""
    ids = {o.number for o in contest.options if not contest.is_by_territory or (o.ubigeo or CITYWIDE) == zone}
    mine = [
        frozenset(pair[0] for pair in choices) & ids for ubigeo, choices in box.papers
        if not contest.is_by_territory or zone == CITYWIDE or contest.zone_of(ubigeo) == zone
    ]  # fmt: skip
    return len(mine) < fewest or bool(frozenset.intersection(*mine))


def told(
    done: Counted, contest: Contest, box: Box, *, names: Mapping[str, str], turnout: Sequence[tuple[str | None, int, int]],
    fewest: int = FEWEST_SHOWN,
) -> dict[str, Any]:  # fmt: skip
    """Everything the pages of a result show. `turnout` is (UBIGEO, people on the roll, people who voted)."""
    winners = {int(name) for name in done.winners}
    groups = grouped(_zones(box, names, turnout, winners), fewest)
    too_small = is_too_small(groups, fewest)
    return {
        "by_territory": contest.is_by_territory,
        "by_totals": bool(box.made),
        "kind": str(contest.kind),
        "most": contest.most,
        "points": contest.points,
        "parts": [_part(zone, result, done, contest, box, names, fewest) for zone, result in done.results.items()],
        "winners": done.winners,
        "reach": _reach(box.cast, winners),
        "territories": {"too_small": too_small, "fewest": fewest, "groups": [] if too_small else [asdict(group) for group in groups]},
    }


def _part(zone: str, result: Result, done: Counted, contest: Contest, box: Box, names: Mapping[str, str], fewest: int) -> dict[str, Any]:
    discreet = is_discreet(box, zone, contest, fewest)
    told_as = report.as_data(result)
    part: dict[str, Any] = {
        "zone": zone, "name": names.get(zone, zone), "is_discreet": discreet, "ceiling": amounts.exact(result.election.budget),
        "spent": amounts.exact(result.spent), "winners": list(result.winners),
    }  # fmt: skip
    if discreet:
        plain = ("project_id", "name", "district", "cost", "selected")
        return part | {
            "report": {
                key: told_as[key] for key in ("counting_version", "rule", "completion", "utility", "seed", "budget", "spent", "left")
            } | {"winners": told_as["winners"], "projects": [{key: row[key] for key in plain} for row in told_as["projects"]]},
            "explanations": {}, "near": [], "alternatives": [],
        }  # fmt: skip
    single, by_totals = _comparable(done.apart[zone]), bool(box.made)
    return part | {
        "report": told_as,
        "explanations": {name: _explained(found) for name, found in explaining.explained(result).items()},
        "near": explaining.near_misses(result),
        "alternatives": [_alternative(one, exact=not by_totals) for one in comparing.compared(single, _rules(single, by_totals=by_totals))],
    }


def _comparable(result: Result) -> Result:
    """Where the vote itself raises no share, other rules raise it by 1 % of the first one: one sol could take thousands of steps."""
    if result.parameters.completion.raises_shares:
        return result
    return replace(result, parameters=replace(result.parameters, increment=Fraction(1, 100), increment_is_share=True))


def _rules(result: Result, *, by_totals: bool) -> list[comparing.Way]:
    """The rules that are compared, the vote's own first; only those that need nothing but totals where there are totals."""
    own = comparing.way_of(result.parameters)
    found = [own, *(one for one in (*comparing.FIVE, comparing.PER_COST) if one != own)]
    return [one for one in found if one[0].is_greedy or not by_totals]


def _alternative(one: comparing.Alternative, *, exact: bool) -> dict[str, Any]:
    return {
        "rule": str(one.rule), "completion": str(one.completion), "order": str(one.order), "winners": list(one.winners),
        "spent": amounts.exact(one.spent),
        "added": list(one.added), "lacking": list(one.lacking), "without": one.voters_without if exact else None,
        "tie_sensitive": one.is_tie_sensitive,
    }  # fmt: skip


def _explained(found: explaining.Explanation) -> dict[str, Any]:
    return {
        "why": str(found.why), "support": found.support,
        "values": {name: amounts.exact(value) if isinstance(value, Fraction) else value for name, value in found.values.items()},
        "amounts": [name for name, value in found.values.items() if isinstance(value, Fraction)],
        "spent_on": [[name, amounts.exact(amount)] for name, amount in found.spent_on],
    }  # fmt: skip


def _reach(cast: Sequence[Paper], winners: set[int]) -> dict[str, Any]:
    """Ballots by how many of their projects won; papers keyed as totals tell nothing of this, and are not in it."""
    got = Counter(sum(pair[0] in winners for pair in choices) for _, choices in cast)
    return {
        "ballots": len(cast), "without": got[0], "blank": sum(not choices for _, choices in cast),
        "by_winners": [got[number] for number in range(max(got, default=0) + 1)],
    }  # fmt: skip


def _zones(
    box: Box, names: Mapping[str, str], turnout: Sequence[tuple[str | None, int, int]], winners: set[int]
) -> list[Zone]:  # fmt: skip
    papers: dict[str, list[Choices]] = {}
    for ubigeo, choices in box.cast:
        papers.setdefault(ubigeo or "", []).append(choices)
    people = {ubigeo or "": (on_roll, voted) for ubigeo, on_roll, voted in turnout}
    return [
        Zone(
            ubigeo, names.get(ubigeo, ""), *people.get(ubigeo, (0, 0)), len(papers.get(ubigeo, [])),
            sum(not any(pair[0] in winners for pair in choices) for choices in papers.get(ubigeo, [])),
            _is_unanimous(papers.get(ubigeo, [])),
        )
        for ubigeo in sorted(set(people) | set(papers))
    ]  # fmt: skip


def _is_unanimous(papers: Sequence[Choices]) -> bool:
    if not papers:
        return False
    chosen = [frozenset(pair[0] for pair in choices) for choices in papers]
    return bool(frozenset.intersection(*chosen)) or len({tuple(map(tuple, choices)) for choices in papers}) == 1
