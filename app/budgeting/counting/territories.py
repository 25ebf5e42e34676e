"""Counting by territory: each with its own ceiling and its own voters, the districts first and what is for everybody last."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from app.budgeting.counting.count import Result, count
from app.budgeting.counting.election import CITYWIDE, Ballot, Election
from app.budgeting.counting.parameters import Parameters
from app.budgeting.counting.problems import CountingProblem, refuse


def count_by_territory(election: Election, parameters: Parameters, ceilings: Mapping[str, Fraction]) -> dict[str, Result]:
    """A result for each territory with projects, in the order counted; CITYWIDE is the projects of no district.

    In a conflict between territories the first counted wins: a district's project before one for everybody. The voters of a
    territory are those registered in it or, when ballots do not say, those who marked some project of it; everybody votes for
    CITYWIDE. Raises RuleBroken when a ceiling is missing or names a territory without projects.
    """
    zones = sorted({p.district for p in election.projects}, key=lambda zone: (zone == CITYWIDE, zone))
    for zone in zones:
        if zone not in ceilings:
            refuse(CountingProblem.TERRITORY_WITHOUT_CEILING, territory=zone)
    for zone in ceilings:
        if zone not in zones:
            refuse(CountingProblem.UNKNOWN_TERRITORY, territory=zone)
    results: dict[str, Result] = {}
    taken = frozenset[str]()
    for zone in zones:
        part = restricted(election, zone, ceilings[zone])
        results[zone] = count(part, _sheet_of(part, parameters, taken), taken)
        taken |= frozenset(results[zone].winners)
    return results


def restricted(election: Election, zone: str, ceiling: Fraction) -> Election:
    """The election of one territory: its projects, its voters, its ceiling."""
    projects = tuple(p for p in election.projects if p.district == zone)
    ids = {p.id for p in projects}
    ballots = tuple(_only(ballot, ids) for ballot in election.ballots if _votes_in(ballot, zone, ids))
    return replace(election, budget=ceiling, projects=projects, ballots=ballots)


def _votes_in(ballot: Ballot, zone: str, ids: set[str]) -> bool:
    if zone == CITYWIDE:
        return True
    return ballot.district == zone if ballot.district else not ids.isdisjoint(ballot.projects)


def _only(ballot: Ballot, ids: set[str]) -> Ballot:
    keep = [at for at, name in enumerate(ballot.projects) if name in ids]
    return replace(
        ballot, projects=tuple(ballot.projects[at] for at in keep), points=tuple(ballot.points[at] for at in keep) if ballot.points else ()
    )


def _sheet_of(part: Election, parameters: Parameters, taken: frozenset[str]) -> Parameters:
    """What of the sheet is about these projects, and about those that already won."""
    ids = {p.id for p in part.projects}
    return replace(
        parameters,
        exclusions={name: why for name, why in parameters.exclusions.items() if name in ids},
        conflicts=tuple(group & (ids | taken) for group in parameters.conflicts if not group.isdisjoint(ids)),
    )
