"""Judging contributions by published criteria: who may score what, and the arithmetic of the ranking (domain.md 12, BR-20, BR-39).

Nothing here is a float. A score is a fraction of 100 points; it is rounded once, half up, to hundredths, and those published
hundredths decide the places, so that anybody can check the order from the published table.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from fractions import Fraction

from app.core.errors import Problem

FEWEST_MEMBERS = 3
FEWEST_EVALUATORS = 2
SHORTEST_STATEMENT = 20
SHORTEST_REASON = 20
WHOLE = 100


class EvaluationProblem(StrEnum):
    NO_CRITERIA = "evaluation-no-criteria"
    COMMITTEE_EXISTS = "evaluation-committee-exists"
    NO_APPOINTMENT = "evaluation-no-appointment"
    NOT_OF_THE_SPACE = "evaluation-not-of-the-space"
    ROLE_CANNOT_JUDGE = "evaluation-role-cannot-judge"
    ALREADY_A_MEMBER = "evaluation-already-a-member"
    NO_POST = "evaluation-no-post"
    UNKNOWN_PERSON = "evaluation-unknown-person"
    ALREADY_SCORED = "evaluation-already-scored"
    UNKNOWN_CODE = "evaluation-unknown-code"
    NOTHING_ADDED = "evaluation-nothing-added"
    STATEMENT_SHORT = "evaluation-statement-short"
    CONFLICT_NOT_NAMED = "evaluation-conflict-not-named"
    CONFLICT_NOT_ANSWERED = "evaluation-conflict-not-answered"
    NOT_DECLARED = "evaluation-not-declared"
    FEW_DECLARATIONS = "evaluation-few-declarations"
    CONFLICTED = "evaluation-conflicted"
    NOT_AN_ITEM = "evaluation-not-an-item"
    OUT_OF_SCALE = "evaluation-out-of-scale"
    SCORE_MISSING = "evaluation-score-missing"
    NO_ITEMS = "evaluation-no-items"
    FEW_MEMBERS = "evaluation-few-members"
    INCOMPLETE = "evaluation-incomplete"
    FEW_EVALUATORS = "evaluation-few-evaluators"
    NO_CORRECTION_REASON = "evaluation-no-correction-reason"
    NOTHING_CHANGED = "evaluation-nothing-changed"
    PERSONAL_DATA = "evaluation-personal-data"


@dataclass(frozen=True)
class Measure:
    """A criterion as it was published: `weight` in percent, whole marks from `lowest` to `highest`."""

    id: int
    name: str
    weight: int
    lowest: int
    highest: int


@dataclass(frozen=True)
class Conflicts:
    """What a member declared: contributions by id, and organisations by folded name."""

    contributions: frozenset[int] = frozenset()
    organisations: frozenset[str] = frozenset()

    def forbid(self, contribution_id: int, organisation: str) -> bool:
        """Whether the member may not score this contribution; `organisation` is the folded name of who proposed it, or empty."""
        return contribution_id in self.contributions or (bool(organisation) and organisation in self.organisations)


@dataclass(frozen=True)
class Member:
    """A member with what they declared; `declared_at` None: not yet."""

    id: int
    declared_at: datetime | None = None
    conflicts: Conflicts = Conflicts()


@dataclass(frozen=True)
class Item:
    """A contribution before the committee; `organisation` is the folded name of who proposed it, or empty."""

    id: int
    code: str
    organisation: str = ""


Marks = Mapping[tuple[int, int, int], int]
"""(member, contribution, criterion) -> mark."""


@dataclass(frozen=True)
class Ranked:
    """A contribution in the ranking: hundredths of a point out of 100, its place, and who could not judge it."""

    item: Item
    score_hundredths: int
    place: int
    evaluators: int
    excluded: int
    by_criterion: Mapping[int, int] = field(default_factory=dict)


def problems_with_member(*, post: str, roles: Collection[str], judging: Collection[str], is_member: bool) -> tuple[Problem, ...]:
    """A committee is made of people of the space. `judging`: the roles that may judge; who administers or moderates does not."""
    problems = []
    if not post.strip():
        problems.append(Problem(EvaluationProblem.NO_POST, "post"))
    if is_member:
        problems.append(Problem(EvaluationProblem.ALREADY_A_MEMBER, "person"))
    if not roles:
        problems.append(Problem(EvaluationProblem.NOT_OF_THE_SPACE, "person"))
    elif not set(roles) & set(judging):
        problems.append(Problem(EvaluationProblem.ROLE_CANNOT_JUDGE, "person"))
    return tuple(problems)


def problems_with_declaration(*, has_conflict: bool | None, named: int, statement: str) -> tuple[Problem, ...]:
    """Each member signs, before scoring, that there is no conflict or which ones there are (BR-39)."""
    if has_conflict is None:
        return (Problem(EvaluationProblem.CONFLICT_NOT_ANSWERED, "has_conflict"),)
    problems = []
    if has_conflict and not named:
        problems.append(Problem(EvaluationProblem.CONFLICT_NOT_NAMED, "codes"))
    if has_conflict and len(statement.strip()) < SHORTEST_STATEMENT:
        problems.append(Problem(EvaluationProblem.STATEMENT_SHORT, "statement", {"shortest": SHORTEST_STATEMENT}))
    return tuple(problems)


def problems_with_scoring(member: Member, item: Item | None, declared: int) -> tuple[Problem, ...]:
    """Why this member may not score this contribution. `declared`: how many members have declared; scoring starts with three."""
    if item is None:
        return (Problem(EvaluationProblem.NOT_AN_ITEM),)
    if member.declared_at is None:
        return (Problem(EvaluationProblem.NOT_DECLARED),)
    if declared < FEWEST_MEMBERS:
        return (Problem(EvaluationProblem.FEW_DECLARATIONS, None, {"fewest": FEWEST_MEMBERS, "declared": declared}),)
    if member.conflicts.forbid(item.id, item.organisation):
        return (Problem(EvaluationProblem.CONFLICTED, None, {"code": item.code}),)
    return ()


def problems_with_marks(measures: Sequence[Measure], marks: Mapping[int, int | None]) -> tuple[Problem, ...]:
    """A mark for every criterion, each on its scale. `marks`: criterion id -> mark."""
    problems = []
    for measure in measures:
        mark = marks.get(measure.id)
        if mark is None:
            problems.append(Problem(EvaluationProblem.SCORE_MISSING, f"mark-{measure.id}", {"criterion": measure.name}))
        elif not measure.lowest <= mark <= measure.highest:
            problems.append(
                Problem(
                    EvaluationProblem.OUT_OF_SCALE, f"mark-{measure.id}",
                    {"criterion": measure.name, "lowest": measure.lowest, "highest": measure.highest},
                )
            )  # fmt: skip
    return tuple(problems)


def evaluators_of(item: Item, members: Sequence[Member]) -> list[Member]:
    """The members who may judge this contribution."""
    return [m for m in members if m.declared_at is not None and not m.conflicts.forbid(item.id, item.organisation)]


def has_scored(member: Member, item: Item, measures: Sequence[Measure], marks: Marks) -> bool:
    return all((member.id, item.id, measure.id) in marks for measure in measures)


def problems_with_publishing(
    measures: Sequence[Measure], members: Sequence[Member], items: Sequence[Item], marks: Marks
) -> tuple[Problem, ...]:  # fmt: skip
    """A ranking is published whole: three members or more, all declared, and every contribution scored by everyone who may."""
    problems = []
    if len(members) < FEWEST_MEMBERS:
        problems.append(Problem(EvaluationProblem.FEW_MEMBERS, None, {"fewest": FEWEST_MEMBERS}))
    if any(m.declared_at is None for m in members):
        problems.append(Problem(EvaluationProblem.FEW_DECLARATIONS, None, {
            "fewest": len(members), "declared": sum(m.declared_at is not None for m in members),
        }))  # fmt: skip
    if not items:
        problems.append(Problem(EvaluationProblem.NO_ITEMS))
    judges = {item.id: evaluators_of(item, members) for item in items}
    lonely = [item.code for item in items if len(judges[item.id]) < FEWEST_EVALUATORS]
    if lonely and not problems:
        problems.append(Problem(EvaluationProblem.FEW_EVALUATORS, None, {"codes": ", ".join(lonely), "fewest": FEWEST_EVALUATORS}))
    unfinished = [item.code for item in items if not all(has_scored(m, item, measures, marks) for m in judges[item.id])]
    if unfinished:
        problems.append(Problem(EvaluationProblem.INCOMPLETE, None, {"codes": ", ".join(unfinished), "count": len(unfinished)}))
    return tuple(problems)


def ranking(measures: Sequence[Measure], members: Sequence[Member], items: Sequence[Item], marks: Marks) -> tuple[Ranked, ...]:
    """Best first, then by code; those with the same published score share a place, and the next place counts them all (1, 2, 2, 4).

    For each criterion: the mean of the marks of everyone who may judge, as a part of its scale, times its weight. Their sum,
    out of 100, is rounded half up to hundredths. Only contributions that somebody judged whole are counted.
    """
    scored = []
    for item in items:
        judges = [m for m in evaluators_of(item, members) if has_scored(m, item, measures, marks)]
        if not judges:
            continue
        parts = {m.id: Fraction(sum(marks[j.id, item.id, m.id] for j in judges), len(judges)) for m in measures}
        whole = sum((m.weight * (parts[m.id] - m.lowest) / (m.highest - m.lowest) for m in measures), Fraction(0))
        excluded = sum(m.conflicts.forbid(item.id, item.organisation) for m in members)
        scored.append((hundredths(whole), item, len(judges), excluded, {id_: hundredths(part) for id_, part in parts.items()}))
    scored.sort(key=lambda row: (-row[0], row[1].code))
    better = {score: sum(other > score for other, *_ in scored) for score in {row[0] for row in scored}}
    return tuple(Ranked(item, score, better[score] + 1, judges, excluded, parts) for score, item, judges, excluded, parts in scored)


def hundredths(value: Fraction) -> int:
    """Hundredths of a number that is not negative, rounded half up."""
    return int(value * 100 + Fraction(1, 2))


def were_public_before(published_at: datetime | None, inputs_opened_at: datetime | None) -> bool | None:
    """Whether the criteria were public before the first contribution could be made (BR-20, Q16); None when nothing opened yet."""
    if published_at is None:
        return False if inputs_opened_at is not None else None
    return inputs_opened_at is None or published_at < inputs_opened_at
