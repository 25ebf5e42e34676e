"""What is counted: projects, ballots and a budget. Amounts are exact fractions of one currency unit."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from fractions import Fraction

CITYWIDE = ""


class VoteType(StrEnum):
    APPROVAL = "approval"
    CHOOSE_1 = "choose-1"
    CUMULATIVE = "cumulative"
    ORDINAL = "ordinal"
    SCORING = "scoring"

    @property
    def has_points(self) -> bool:
        """Whether each ballot writes its own points beside the projects."""
        return self in (VoteType.CUMULATIVE, VoteType.SCORING)


@dataclass(frozen=True, slots=True)
class Project:
    """`district` is the territory it is voted in, CITYWIDE when everybody votes on it. `more` holds the other columns of the file."""

    id: str
    cost: Fraction
    name: str = ""
    district: str = CITYWIDE
    more: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ballot:
    """Projects in the order written (the most preferred first when ordinal). `points` is parallel to them, or empty."""

    projects: tuple[str, ...]
    points: tuple[Fraction | int, ...] = ()
    voter_id: str = ""
    district: str | None = None
    more: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Election:
    """`meta` holds what the file says of itself, as written, without the keys that are fields here."""

    budget: Fraction
    vote_type: VoteType
    projects: tuple[Project, ...]
    ballots: tuple[Ballot, ...]
    meta: Mapping[str, str] = field(default_factory=dict)

    def project(self, project_id: str) -> Project:
        """Raises KeyError when no project has that id."""
        for project in self.projects:
            if project.id == project_id:
                return project
        raise KeyError(project_id)

    def without(self, project_ids: Collection[str]) -> "Election":
        """The same election with some projects out of the count; the ballots stay as they were cast."""
        return replace(self, projects=tuple(p for p in self.projects if p.id not in project_ids))

    @property
    def most_ranked(self) -> int | None:
        """How many projects a ballot may rank, where the file says it."""
        stated = self.meta.get("max_length", "")
        return int(stated) if stated.isdigit() else None
