"""Which ballots may be published one by one (reliability.md 6.1): none that few people cast, and nothing about who cast them."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace

from app.budgeting.counting.election import Ballot, Election

FEWEST_ALIKE = 5


@dataclass(frozen=True)
class Publication:
    """`alike` is how many voters cast the rarest ballot; below `fewest`, ballots are not published, only totals."""

    alike: int
    fewest: int
    unique: int

    @property
    def may_publish_ballots(self) -> bool:
        return self.alike >= self.fewest


def publication(election: Election, about: Collection[str] = (), *, fewest: int = FEWEST_ALIKE) -> Publication:
    """Judges the choices of each ballot together with its district and the columns named in `about` (age, sex...)."""
    counts = Counter(_trace(ballot, about) for ballot in election.ballots)
    return Publication(min(counts.values(), default=0), fewest, sum(count == 1 for count in counts.values()))


def without_persons(election: Election) -> Election:
    """The ballots with their choices only: no age, sex, district or channel, numbered anew, in the order of what they choose.

    Sorting by content leaves nothing of the order in which people voted, and gives the same file each time.
    """
    bare = sorted((replace(b, voter_id="", district=None, more=None) for b in election.ballots), key=_trace)
    return replace(election, ballots=tuple(replace(ballot, voter_id=str(at)) for at, ballot in enumerate(bare, 1)))


def _trace(ballot: Ballot, about: Collection[str] = ()) -> tuple[object, ...]:
    more = ballot.more or {}
    return (ballot.projects, ballot.points, ballot.district or "", *(more.get(name, "") for name in about))
