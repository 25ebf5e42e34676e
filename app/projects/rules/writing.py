"""Writing up a project: what it must say, and when it may be changed, merged into another or split."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from app.core.errors import Problem
from app.projects.rules import EDITABLE, ProjectState

SHORTEST_TITLE, SHORTEST_PROBLEM, SHORTEST_BASIS, SHORTEST_REASON = 10, 40, 20, 20
MOST_COST_CENTS = 100_000_000_000_00
"""A hundred thousand million soles: more than the whole country's budget for a municipality, so a slip of the keyboard."""


class ChangeKind(StrEnum):
    """What happened to a project. The public story shows those of `SHOWN`; the others stay with the team."""

    CREATED = "created"
    EDITED = "edited"
    COST_CHANGED = "cost-changed"
    ORIGIN_ADDED = "origin-added"
    ORIGIN_REMOVED = "origin-removed"
    PUBLISHED = "published"
    MERGED_INTO = "merged-into"
    ABSORBED = "absorbed"
    SPLIT_OFF = "split-off"
    SPLIT_FROM = "split-from"
    ASSIGNED = "assigned"
    CONFLICT_DECLARED = "conflict-declared"
    RETURNED = "returned"
    CLARIFICATION_ASKED = "clarification-asked"
    CLARIFIED = "clarified"
    EVALUATED = "evaluated"
    APPEALED = "appealed"
    APPEAL_DECIDED = "appeal-decided"
    PRIORITISED = "prioritised"
    NOT_PRIORITISED = "not-prioritised"
    AGREED = "agreed"
    DROPPED = "dropped"
    ANSWERED = "answered"


SHOWN = frozenset(ChangeKind) - {ChangeKind.ASSIGNED, ChangeKind.CONFLICT_DECLARED, ChangeKind.RETURNED, ChangeKind.CLARIFICATION_ASKED}
"""Until an evaluation is published nothing about it is (peers.md: elsewhere "unfeasible" was readable before it was decided)."""


class ProjectProblem(StrEnum):
    TITLE_SHORT = "project-title-short"
    PROBLEM_SHORT = "project-problem-short"
    COST_MISSING = "project-cost-missing"
    COST_TOO_LARGE = "project-cost-too-large"
    BASIS_SHORT = "project-basis-short"
    YEARLY_NEGATIVE = "project-yearly-negative"
    UNKNOWN_THEME = "project-unknown-theme"
    UNKNOWN_TERRITORY = "project-unknown-territory"
    BAD_POINT = "project-bad-point"
    REASON_SHORT = "project-reason-short"
    NOT_EDITABLE = "project-not-editable"
    ALREADY_PUBLIC = "project-already-public"
    NOT_PUBLIC = "project-not-public"
    NO_ORIGIN = "project-no-origin"
    ORIGIN_ELSEWHERE = "project-origin-elsewhere"
    ORIGIN_REPEATED = "project-origin-repeated"
    ORIGIN_UNKNOWN = "project-origin-unknown"
    LAST_ORIGIN = "project-last-origin"
    MERGED_INTO_ITSELF = "project-merged-into-itself"
    MERGE_ELSEWHERE = "project-merge-elsewhere"
    MERGE_TARGET_ENDED = "project-merge-target-ended"
    NOT_MERGEABLE = "project-not-mergeable"
    REMAINDER_MISSING = "project-remainder-missing"
    WRONG_STATE = "project-wrong-state"


@dataclass(frozen=True)
class ProjectDraft:
    """What a project says. Costs in céntimos of a sol; `theme` and `ubigeo` are public keys, empty for the whole territory."""

    title: str = ""
    problem: str = ""
    result: str = ""
    description: str = ""
    theme: str = ""
    ubigeo: str = ""
    site: str = ""
    latitude: float | None = None
    longitude: float | None = None
    cost_cents: int | None = None
    cost_basis: str = ""
    yearly_cost_cents: int = 0
    beneficiaries: str = ""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def problems_with_project(draft: ProjectDraft, *, themes: frozenset[str], territories: frozenset[str]) -> tuple[Problem, ...]:
    """Complete enough to be read by everybody; the cost may come later, and says how it was computed once it is there."""
    problems = []
    if len(draft.title.strip()) < SHORTEST_TITLE:
        problems.append(Problem(ProjectProblem.TITLE_SHORT, "title", {"shortest": SHORTEST_TITLE}))
    if len(draft.problem.strip()) < SHORTEST_PROBLEM:
        problems.append(Problem(ProjectProblem.PROBLEM_SHORT, "problem", {"shortest": SHORTEST_PROBLEM}))
    if draft.theme and draft.theme not in themes:
        problems.append(Problem(ProjectProblem.UNKNOWN_THEME, "theme"))
    if draft.ubigeo and draft.ubigeo not in territories:
        problems.append(Problem(ProjectProblem.UNKNOWN_TERRITORY, "ubigeo"))
    return (*problems, *_problems_with_cost(draft))


def _problems_with_cost(draft: ProjectDraft) -> list[Problem]:
    problems = []
    if draft.cost_cents is not None and not 0 < draft.cost_cents <= MOST_COST_CENTS:
        problems.append(Problem(ProjectProblem.COST_TOO_LARGE, "cost"))
    if draft.cost_cents is not None and len(draft.cost_basis.strip()) < SHORTEST_BASIS:
        problems.append(Problem(ProjectProblem.BASIS_SHORT, "cost_basis", {"shortest": SHORTEST_BASIS}))
    if not 0 <= draft.yearly_cost_cents <= MOST_COST_CENTS:
        problems.append(Problem(ProjectProblem.YEARLY_NEGATIVE, "yearly_cost"))
    return problems


def problems_with_editing(state: ProjectState, *, is_public: bool, reason: str) -> tuple[Problem, ...]:
    """Until it is chosen; and once it is public, with a reason that is public too."""
    if state not in EDITABLE:
        return (Problem(ProjectProblem.NOT_EDITABLE),)
    if is_public and len(reason.strip()) < SHORTEST_REASON:
        return (Problem(ProjectProblem.REASON_SHORT, "reason", {"shortest": SHORTEST_REASON}),)
    return ()


def problems_with_publishing(*, is_public: bool, origins: int, cost_cents: int | None) -> tuple[Problem, ...]:
    if is_public:
        return (Problem(ProjectProblem.ALREADY_PUBLIC),)
    problems = []
    if not origins:
        problems.append(Problem(ProjectProblem.NO_ORIGIN))
    if cost_cents is None:
        problems.append(Problem(ProjectProblem.COST_MISSING, "cost"))
    return tuple(problems)


@dataclass(frozen=True)
class Standing:
    """A project as merging and splitting see it."""

    id: int
    round_id: int
    state: ProjectState


def problems_with_merge(one: Standing, into: Standing, reason: str) -> tuple[Problem, ...]:
    """Two projects of one round, both before the choice. `one` stops and points to `into`, which goes on."""
    if one.id == into.id:
        return (Problem(ProjectProblem.MERGED_INTO_ITSELF, "into"),)
    if one.round_id != into.round_id:
        return (Problem(ProjectProblem.MERGE_ELSEWHERE, "into"),)
    if one.state not in EDITABLE:
        return (Problem(ProjectProblem.NOT_MERGEABLE),)
    if into.state not in EDITABLE:
        return (Problem(ProjectProblem.MERGE_TARGET_ENDED, "into"),)
    if len(reason.strip()) < SHORTEST_REASON:
        return (Problem(ProjectProblem.REASON_SHORT, "reason", {"shortest": SHORTEST_REASON}),)
    return ()


def problems_with_split(state: ProjectState, remaining_cents: int | None, basis: str, reason: str) -> tuple[Problem, ...]:
    """What is left keeps its number and says again what it costs."""
    if state not in EDITABLE:
        return (Problem(ProjectProblem.NOT_EDITABLE),)
    problems = []
    if remaining_cents is None or not 0 < remaining_cents <= MOST_COST_CENTS:
        problems.append(Problem(ProjectProblem.REMAINDER_MISSING, "remaining_cost"))
    if len(basis.strip()) < SHORTEST_BASIS:
        problems.append(Problem(ProjectProblem.BASIS_SHORT, "remaining_basis", {"shortest": SHORTEST_BASIS}))
    if len(reason.strip()) < SHORTEST_REASON:
        problems.append(Problem(ProjectProblem.REASON_SHORT, "reason", {"shortest": SHORTEST_REASON}))
    return tuple(problems)
