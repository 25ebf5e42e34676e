"""The weighted matrix of Peru's law: accredited agents score each project on published criteria; the highest are funded in order.

Criteria, weights and levels are frozen before the evaluation. The total of a project is the sum, over the criteria, of the mean of
its scores times the weight, over the sum of the weights: exact, in the scale of the scores.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from app.budgeting.counting.contest import Fate
from app.budgeting.counting.election import Project
from app.budgeting.counting.lots import drawn
from app.budgeting.counting.problems import CountingProblem, refuse


@dataclass(frozen=True)
class Criterion:
    id: str
    weight: Fraction
    lowest: Fraction = Fraction(0)
    highest: Fraction = Fraction(100)


@dataclass(frozen=True)
class Mark:
    """The score one evaluator gave to a project on a criterion."""

    project: str
    criterion: str
    score: Fraction
    evaluator: str = ""


@dataclass(frozen=True)
class Line:
    """One step: a project in its place. `means` by criterion; `left` after it, in currency units; `tied` were level, by lot."""

    project: str
    total: Fraction
    means: Mapping[str, Fraction]
    fate: Fate
    left: Fraction
    tied: tuple[str, ...] = ()


def rank(
    projects: Sequence[Project], criteria: Sequence[Criterion], marks: Iterable[Mark], budget: Fraction, *, minimum: Fraction | None = None,
    stops: bool = False, seed: str | None = None,
) -> list[Line]:  # fmt: skip
    """The projects from the highest total down, each funded if it fits in what is left; with `stops`, none after the first that does
    not. Below `minimum` nothing is funded. Raises RuleBroken when a score is missing or outside its criterion's scale."""
    means = _means(projects, criteria, marks)
    weight = sum((c.weight for c in criteria), Fraction(0))
    totals = {p.id: sum((means[p.id][c.id] * c.weight for c in criteria), Fraction(0)) / weight for p in projects}
    lot = {name: at for at, name in enumerate(drawn(totals, seed))}
    lines: list[Line] = []
    left, is_over = budget, False
    for p in sorted(projects, key=lambda p: (-totals[p.id], lot[p.id])):
        fate = _fate(p, left, below=minimum is not None and totals[p.id] < minimum, is_over=is_over)
        is_over = is_over or (stops and fate is Fate.DOES_NOT_FIT)
        left -= p.cost if fate is Fate.WON else 0
        level = tuple(sorted((name for name in totals if totals[name] == totals[p.id]), key=lot.__getitem__))
        lines.append(Line(p.id, totals[p.id], means[p.id], fate, left, level if len(level) > 1 else ()))
    return lines


def _fate(project: Project, left: Fraction, *, below: bool, is_over: bool) -> Fate:
    if below:
        return Fate.BELOW_THRESHOLD
    if is_over:
        return Fate.AFTER_THE_STOP
    return Fate.WON if project.cost <= left else Fate.DOES_NOT_FIT


def _means(projects: Sequence[Project], criteria: Sequence[Criterion], marks: Iterable[Mark]) -> dict[str, dict[str, Fraction]]:
    if not criteria or any(c.weight <= 0 for c in criteria):
        refuse(CountingProblem.MATRIX_WEIGHTS)
    scale = {c.id: c for c in criteria}
    given: dict[tuple[str, str], list[Fraction]] = {(p.id, c.id): [] for p in projects for c in criteria}
    for mark in marks:
        if (mark.project, mark.criterion) not in given:
            refuse(CountingProblem.UNKNOWN_IN_PARAMETERS, project=mark.project)
        found = scale[mark.criterion]
        if not found.lowest <= mark.score <= found.highest:
            refuse(
                CountingProblem.MATRIX_SCORE_OUTSIDE,
                project=mark.project,
                criterion=mark.criterion,
                lowest=found.lowest,
                highest=found.highest,
            )
        given[mark.project, mark.criterion].append(mark.score)
    for (project, criterion), scores in given.items():
        if not scores:
            refuse(CountingProblem.MATRIX_SCORE_MISSING, project=project, criterion=criterion)
    return {p.id: {c.id: sum(given[p.id, c.id], Fraction(0)) / len(given[p.id, c.id]) for c in criteria} for p in projects}
