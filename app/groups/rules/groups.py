"""When contributions may be put together, taken apart, and reviewed (domain.md 2 "Conglomerado", 11)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.core.errors import Problem

FEWEST_MEMBERS, MOST_MEMBERS = 2, 500
SHORTEST_TITLE, SHORTEST_REASON = 8, 10


class GroupProblem(StrEnum):
    TITLE_SHORT = "group-title-short"
    TOO_FEW = "group-too-few"
    TOO_MANY = "group-too-many"
    UNKNOWN_CODE = "group-unknown-code"
    IN_ANOTHER_GROUP = "group-in-another"
    ALREADY_MEMBER = "group-already-member"
    NOT_A_MEMBER = "group-not-a-member"
    ALREADY_ANSWERED = "group-already-answered"
    GROUP_ANSWERED = "group-answered"
    GROUP_CHANGED = "group-changed"
    DISSOLVED = "group-dissolved"
    REASON_SHORT = "group-reason-short"
    REVIEWER_GROUPED = "group-reviewer-grouped"
    ALREADY_REVIEWED = "group-already-reviewed"
    NOT_REVIEWED = "group-not-reviewed"
    PERSONAL_DATA = "group-personal-data"


def reference(number: int) -> str:
    """What people call a group: "G-03"."""
    return f"G-{number:02d}"


@dataclass(frozen=True)
class Candidate:
    """A contribution that would enter a group. `group` is the one it is in ("G-03"), empty when in none."""

    code: str
    group: str = ""
    is_answered: bool = False


def problems_with_entering(candidates: Sequence[Candidate], *, own_group: str = "") -> tuple[Problem, ...]:
    """Each code that may not enter, with why: it is in a group, or has an answer of its own that is public."""
    problems = []
    for candidate in candidates:
        values = {"code": candidate.code, "group": candidate.group}
        if candidate.group:
            code = GroupProblem.ALREADY_MEMBER if candidate.group == own_group else GroupProblem.IN_ANOTHER_GROUP
            problems.append(Problem(code, "codes", values))
        elif candidate.is_answered:
            problems.append(Problem(GroupProblem.ALREADY_ANSWERED, "codes", values))
    return tuple(problems)


def problems_with_group(title: str, members: int) -> tuple[Problem, ...]:
    """A group has a title that says what its members ask, and two members or more."""
    problems = []
    if len(title.strip()) < SHORTEST_TITLE:
        problems.append(Problem(GroupProblem.TITLE_SHORT, "title", {"shortest": SHORTEST_TITLE}))
    if members < FEWEST_MEMBERS:
        problems.append(Problem(GroupProblem.TOO_FEW, "codes", {"fewest": FEWEST_MEMBERS}))
    if members > MOST_MEMBERS:
        problems.append(Problem(GroupProblem.TOO_MANY, "codes", {"most": MOST_MEMBERS}))
    return tuple(problems)


def problems_with_change(*, is_dissolved: bool, is_answered: bool, seen_revision: int | None, revision: int) -> tuple[Problem, ...]:
    """Members change only while the group stands, is as it was on the screen, and its answer is not public."""
    problems = []
    if is_dissolved:
        problems.append(Problem(GroupProblem.DISSOLVED))
    if is_answered:
        problems.append(Problem(GroupProblem.GROUP_ANSWERED))
    if seen_revision is not None and seen_revision != revision:
        problems.append(Problem(GroupProblem.GROUP_CHANGED))
    return tuple(problems)


def problems_with_reason(reason: str) -> tuple[Problem, ...]:
    """Who takes a contribution out, or a group apart, says why."""
    return (Problem(GroupProblem.REASON_SHORT, "reason", {"shortest": SHORTEST_REASON}),) if len(reason.strip()) < SHORTEST_REASON else ()


def problems_with_review(person_id: int, groupers: Collection[int], *, is_reviewed: bool) -> tuple[Problem, ...]:
    """A group is reviewed once, by somebody who put none of its members in it (BR-26)."""
    problems = []
    if is_reviewed:
        problems.append(Problem(GroupProblem.ALREADY_REVIEWED))
    if person_id in groupers:
        problems.append(Problem(GroupProblem.REVIEWER_GROUPED))
    return tuple(problems)
