"""Writing a Pabulib file (.pb), so that any result can be recomputed with other people's programs."""

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any

from app.budgeting.counting import amounts
from app.budgeting.counting.election import Election, VoteType

Sheet = Any  # what csv.writer gives, a type without a public name
_FIRST_META = ("description", "country", "unit", "instance")


def write(
    election: Election, *, selected: Iterable[str] | None = None, tallies: Mapping[str, tuple[int, str]] | None = None,
    num_votes: int | None = None,
) -> bytes:  # fmt: skip
    """The file in UTF-8 without BOM, ending each line with LF. What was read comes back: every column, in order. Ballots without
    a voter's id get their place as one: a line with nothing at all would not be a ballot.

    `selected` adds who won; `tallies` gives each project its number of voters and its score as text; `num_votes` is how many
    ballots there were, when they are not in the file.
    """
    out = io.StringIO(newline="")
    sheet = csv.writer(out, delimiter=";", lineterminator="\n")
    _meta(sheet, election, len(election.ballots) if num_votes is None else num_votes)
    _projects(sheet, election, None if selected is None else set(selected), tallies or {})
    _votes(sheet, election)
    return out.getvalue().encode()


def _meta(sheet: Sheet, election: Election, num_votes: int) -> None:
    said = {name: election.meta.get(name, "") for name in _FIRST_META}
    said |= {
        "num_projects": str(len(election.projects)),
        "num_votes": str(num_votes),
        "budget": amounts.exact(election.budget),
        "vote_type": str(election.vote_type),
    }
    said |= {name: value for name, value in election.meta.items() if name not in said}
    sheet.writerows([["META"], ["key", "value"], *said.items()])


def _projects(sheet: Sheet, election: Election, selected: set[str] | None, tallies: Mapping[str, tuple[int, str]]) -> None:
    replaced = ({"votes", "score"} if tallies else set()) | ({"selected"} if selected is not None else set())
    more = [name for name in dict.fromkeys(name for p in election.projects for name in p.more) if name not in replaced]
    zoned = any(p.district for p in election.projects)
    sheet.writerow(["PROJECTS"])
    sheet.writerow([
        "project_id", "cost", *(["votes", "score"] if tallies else []), "name", *(["district"] if zoned else []), *more,
        *(["selected"] if selected is not None else []),
    ])  # fmt: skip
    for p in election.projects:
        sheet.writerow([
            p.id, amounts.exact(p.cost), *(tallies.get(p.id, (0, "0")) if tallies else []), p.name, *([p.district] if zoned else []),
            *(p.more.get(name, "") for name in more), *([int(p.id in selected)] if selected is not None else []),
        ])  # fmt: skip


def _votes(sheet: Sheet, election: Election) -> None:
    with_points = election.vote_type in (VoteType.CUMULATIVE, VoteType.SCORING)
    zoned = any(b.district is not None for b in election.ballots)
    more = list(dict.fromkeys(name for b in election.ballots for name in b.more or ()))
    sheet.writerow(["VOTES"])
    sheet.writerow(["voter_id", "vote", *(["points"] if with_points else []), *(["district"] if zoned else []), *more])
    for at, b in enumerate(election.ballots, 1):
        points = [",".join(amounts.exact(value) for value in b.points)] if with_points else []
        about = b.more or {}
        sheet.writerow(
            [
                b.voter_id or at,
                ",".join(b.projects),
                *points,
                *([b.district or ""] if zoned else []),
                *(about.get(name, "") for name in more),
            ]
        )
