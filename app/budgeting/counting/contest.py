"""Who is in the contest: which projects may win, which exclude each other, and what each step of a count leaves written."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from app.budgeting.counting.election import Election
from app.budgeting.counting.parameters import Parameters, threshold_of
from app.budgeting.counting.profile import Profile


class Fate(StrEnum):
    """What became of a project, or what stood in its way."""

    WON = "won"
    WON_WITH_THE_REST = "won-with-the-rest"  # bought by the completion with the money nobody had spent
    EXCLUDED = "excluded"
    NO_VOTES = "no-votes"
    BELOW_THRESHOLD = "below-threshold"
    TOO_FEW_VOTERS = "too-few-voters"
    BELOW_FAIR_SHARE = "below-fair-share"
    CONFLICT = "conflict"
    DOES_NOT_FIT = "does-not-fit"
    AFTER_THE_STOP = "after-the-stop"
    SUPPORTERS_SHORT = "supporters-short"  # Equal Shares: its voters do not have the money together
    NOT_REACHED = "not-reached"  # Phragmén: the budget ended before its turn


@dataclass(frozen=True, slots=True)
class Step:
    """One decision of a count. Projects are numbers of the profile; amounts are in currency units.

    `price` is what one point of support pays under Equal Shares, and the load reached under Phragmén. `full` voters pay it
    whole, `short` ones give all they had. `tied` are those that were level, in the order of their lots; `was_settled` says
    that the others were bought next at the same price, so that the lot decided nothing.
    """

    project: int
    fate: Fate
    left: Fraction
    price: Fraction | None = None
    full: int = 0
    short: int = 0
    tied: tuple[int, ...] = ()
    was_settled: bool = True


@dataclass(frozen=True)
class Contest:
    """`barred` says why a project may not win; `rivals[p]` are those of which at most one wins together with p."""

    profile: Profile
    barred: dict[int, Fate]
    rivals: dict[int, frozenset[int]]

    @property
    def entrants(self) -> list[int]:
        """In the order of their lots."""
        return [p for p in range(len(self.profile.ids)) if p not in self.barred]

    def rivals_of(self, project: int) -> frozenset[int]:
        return self.rivals.get(project, frozenset())


def open_contest(profile: Profile, election: Election, parameters: Parameters, taken: frozenset[str] = frozenset()) -> Contest:
    """A project nobody voted for never wins, however much money is left (decision 0025). Raises RuleBroken without a threshold.

    `taken` won in a count that came before: their rivals are out of this one.
    """
    threshold = threshold_of(parameters, election)
    barred = {}
    for project in range(len(profile.ids)):
        fate = _bar(profile, project, parameters, threshold)
        if fate is not None:
            barred[project] = fate
    place = {project_id: at for at, project_id in enumerate(profile.ids)}
    rivals: dict[int, frozenset[int]] = {}
    for group in parameters.conflicts:
        members = frozenset(place[project_id] for project_id in group if project_id in place)
        for member in members:
            if group & taken:
                barred.setdefault(member, Fate.CONFLICT)
            rivals[member] = rivals.get(member, frozenset()) | members - {member}
    return Contest(profile, barred, rivals)


def _bar(profile: Profile, project: int, parameters: Parameters, threshold: Fraction | None) -> Fate | None:
    votes, cost = profile.votes[project], profile.costs[project]
    if profile.ids[project] in parameters.exclusions:
        return Fate.EXCLUDED
    if votes == 0 or profile.scores[project] <= 0:
        return Fate.NO_VOTES
    if threshold is not None and profile.score(project) < threshold:
        return Fate.BELOW_THRESHOLD
    if votes < parameters.minimum_votes:
        return Fate.TOO_FEW_VOTERS
    if parameters.fair_share is not None and votes * profile.budget < cost * profile.voters * parameters.fair_share:
        return Fate.BELOW_FAIR_SHARE
    return None
