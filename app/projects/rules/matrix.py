"""The scoring matrix (decreto: Matriz de Evaluación): criteria, weights and levels, frozen before anybody marks; then the ranking."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any

from app.budgeting.counting.contest import Fate
from app.budgeting.counting.election import Project as Counted
from app.budgeting.counting.matrix import Criterion, Line, Mark, rank
from app.budgeting.rules.money import WHOLE
from app.core.errors import Problem

MOST_MARK = 1_000
SHORTEST_MEANING, SHORTEST_RULE = 3, 20


class Marker(StrEnum):
    """Who marks a criterion."""

    TEAM = "team"
    AGENTS = "agents"


class MatrixState(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    FROZEN = "frozen"
    RANKED = "ranked"


class MatrixProblem(StrEnum):
    EMPTY = "matrix-empty"
    NAME_MISSING = "matrix-name-missing"
    WEIGHT_WRONG = "matrix-weight-wrong"
    LEVELS_WRONG = "matrix-levels-wrong"
    REPEATED = "matrix-repeated"
    TIE_RULE_SHORT = "matrix-tie-rule-short"
    FROZEN = "matrix-frozen"
    NOT_PUBLISHED = "matrix-not-published"
    NOT_MARKABLE = "matrix-not-markable"
    NOT_A_LEVEL = "matrix-not-a-level"
    NOT_YOURS = "matrix-not-yours"
    NO_PROJECTS = "matrix-no-projects"
    MARK_MISSING = "matrix-mark-missing"
    SEED_SHORT = "matrix-seed-short"
    EVALUATING = "matrix-evaluating"
    BY_VOTE = "matrix-by-vote"
    ALL_BY_VOTE = "matrix-all-by-vote"


@dataclass(frozen=True)
class MatrixCriterion:
    """What is marked, how much it weighs, and what each mark means: `levels` are (mark, meaning), lowest first."""

    key: str
    name: str
    weight: int
    marker: Marker
    levels: tuple[tuple[int, str], ...]

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "marker": self.marker.value, "levels": [list(level) for level in self.levels]}

    @property
    def marks(self) -> tuple[int, ...]:
        return tuple(mark for mark, _ in self.levels)


def criteria_of(content: Sequence[Mapping[str, Any]]) -> tuple[MatrixCriterion, ...]:
    return tuple(
        MatrixCriterion(c["key"], c["name"], c["weight"], Marker(c["marker"]), tuple((mark, said) for mark, said in c["levels"]))
        for c in content
    )


@dataclass(frozen=True)
class MatrixDraft:
    """`minimum` in hundredths of a point: below it nothing is prioritised. `stops`: nothing after the first that does not fit."""

    criteria: tuple[MatrixCriterion, ...] = ()
    tie_rule: str = ""
    minimum: int | None = None
    stops: bool = False


def problems_with_matrix(draft: MatrixDraft, state: MatrixState | None) -> tuple[Problem, ...]:
    """Named criteria with a weight and at least two levels that say what they mean; unchangeable from the first mark on."""
    if state in (MatrixState.FROZEN, MatrixState.RANKED):
        return (Problem(MatrixProblem.FROZEN),)
    problems = []
    if not draft.criteria:
        problems.append(Problem(MatrixProblem.EMPTY))
    names = [c.name.strip().casefold() for c in draft.criteria]
    if any(not name for name in names):
        problems.append(Problem(MatrixProblem.NAME_MISSING))
    if len(set(names)) < len(names):
        problems.append(Problem(MatrixProblem.REPEATED))
    for criterion in draft.criteria:
        problems += _problems_with_criterion(criterion)
    if len(draft.tie_rule.strip()) < SHORTEST_RULE:
        problems.append(Problem(MatrixProblem.TIE_RULE_SHORT, "tie_rule", {"shortest": SHORTEST_RULE}))
    return tuple(problems)


def _problems_with_criterion(criterion: MatrixCriterion) -> list[Problem]:
    problems = []
    if not 0 < criterion.weight <= 100:
        problems.append(Problem(MatrixProblem.WEIGHT_WRONG, None, {"criterion": criterion.name}))
    marks = criterion.marks
    says = all(len(said.strip()) >= SHORTEST_MEANING for _, said in criterion.levels)
    if len(marks) < 2 or list(marks) != sorted(set(marks)) or not all(0 <= mark <= MOST_MARK for mark in marks) or not says:
        problems.append(Problem(MatrixProblem.LEVELS_WRONG, None, {"criterion": criterion.name}))
    return problems


def problems_with_marking(
    state: MatrixState, criteria: Sequence[MatrixCriterion], marks: Mapping[str, int], marker: Marker
) -> tuple[Problem, ...]:  # fmt: skip
    """One of the published levels for every criterion of that marker."""
    if state not in (MatrixState.PUBLISHED, MatrixState.FROZEN):
        return (Problem(MatrixProblem.NOT_MARKABLE),)
    own = [c for c in criteria if c.marker is marker]
    if not own:
        return (Problem(MatrixProblem.NOT_YOURS),)
    return tuple(Problem(MatrixProblem.NOT_A_LEVEL, f"mark_{c.key}", {"criterion": c.name}) for c in own if marks.get(c.key) not in c.marks)


@dataclass(frozen=True)
class Candidate:
    """A project to be ranked. `part` is the pot that pays for it (`budgeting.rules.money.pots`); cost in céntimos."""

    code: str
    cost_cents: int
    part: str = WHOLE


@dataclass(frozen=True)
class Tally:
    """The marks a project got on a criterion, in aggregate (domain.md BR-39): their sum and how many they were."""

    code: str
    key: str
    total: int
    marks: int


@dataclass(frozen=True)
class Ranked:
    """A project in its place within its part. `total` in the scale of the marks, exact; `left_cents` of the part after it."""

    part: str
    place: int
    code: str
    total: Fraction
    means: Mapping[str, Fraction]
    fate: Fate
    left_cents: int
    tied: tuple[str, ...] = ()

    @property
    def is_in(self) -> bool:
        return self.fate is Fate.WON


def problems_with_ranking(
    state: MatrixState, criteria: Sequence[MatrixCriterion], candidates: Sequence[Candidate], tallies: Sequence[Tally], seed: str,
    waiting: int, *, is_all_voted: bool = False,
) -> tuple[Problem, ...]:  # fmt: skip
    """Marks complete, no evaluation pending, something that no vote decides, and a public seed for ties said in advance."""
    if state is not MatrixState.FROZEN:
        return (Problem(MatrixProblem.NOT_PUBLISHED),)
    if waiting:
        return (Problem(MatrixProblem.EVALUATING, None, {"num": waiting}),)
    if not candidates and is_all_voted:
        return (Problem(MatrixProblem.ALL_BY_VOTE),)
    if not candidates:
        return (Problem(MatrixProblem.NO_PROJECTS),)
    given = {(t.code, t.key) for t in tallies if t.marks}
    for candidate in candidates:
        for criterion in criteria:
            if (candidate.code, criterion.key) not in given:
                return (Problem(MatrixProblem.MARK_MISSING, None, {"project": candidate.code, "criterion": criterion.name}),)
    return () if len(seed.strip()) >= 6 else (Problem(MatrixProblem.SEED_SHORT, "seed", {"shortest": 6}),)


def ranking(
    draft: MatrixDraft, candidates: Sequence[Candidate], tallies: Sequence[Tally], ceilings: Mapping[str, int], seed: str
) -> list[Ranked]:  # fmt: skip
    """Each pot of the ceiling by itself, territories in the order of their UBIGEO and the rest last. Anybody gets the same again
    from the published aggregates, since a mean is a sum over a number. Raises RuleBroken when a mark is missing."""
    found: list[Ranked] = []
    criteria = [Criterion(c.key, Fraction(c.weight), Fraction(c.marks[0]), Fraction(c.marks[-1])) for c in draft.criteria]
    minimum = None if draft.minimum is None else Fraction(draft.minimum, 100)
    for part in sorted({c.part for c in candidates}, key=lambda p: (p == WHOLE, p)):
        own = {c.code: c for c in candidates if c.part == part}
        marks = [Mark(t.code, t.key, Fraction(t.total, t.marks)) for t in tallies if t.code in own and t.marks]
        counted = [_counted(c) for c in own.values()]
        lines = rank(counted, criteria, marks, Fraction(ceilings[part]), minimum=minimum, stops=draft.stops, seed=seed)
        found += [_ranked(part, place, line) for place, line in enumerate(lines, start=1)]
    return found


def _counted(candidate: Candidate) -> Counted:
    return Counted(id=candidate.code, cost=Fraction(candidate.cost_cents))


def _ranked(part: str, place: int, line: Line) -> Ranked:
    return Ranked(part, place, line.project, line.total, line.means, line.fate, int(line.left), line.tied)
