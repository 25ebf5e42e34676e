"""A process, a theme and a criterion as somebody writes them, and what is wrong with them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.core.errors import Problem
from app.processes.rules.states import Influence, ProcessKind

CODE = re.compile(r"[A-Z0-9]{2,8}")  # interfaces.md, "Codes"
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_SLUG = 80
ALL_WEIGHT = 100
HIGHEST_MARK = 100


class ProcessProblem(StrEnum):
    TITLE_MISSING = "title-missing"
    SUMMARY_MISSING = "summary-missing"
    CODE_SHAPE = "code-shape"
    CODE_TAKEN = "code-taken"
    SLUG_SHAPE = "slug-shape"
    SLUG_TAKEN = "process-slug-taken"
    NAME_IS_PERMANENT = "name-is-permanent"
    THEME_NAME_MISSING = "theme-name-missing"
    THEME_TAKEN = "theme-taken"
    THEME_IN_USE = "theme-in-use"
    CRITERION_NAME_MISSING = "criterion-name-missing"
    CRITERION_TAKEN = "criterion-taken"
    CRITERION_WEIGHT = "criterion-weight"
    CRITERION_SCALE = "criterion-scale"
    CRITERIA_WEIGHTS = "criteria-weights"
    CRITERIA_PUBLISHED = "criteria-published"
    CRITERIA_MISSING = "criteria-missing"


@dataclass(frozen=True)
class ProcessDraft:
    """`code` starts every contribution's code and `slug` every address: both are for ever once the process is public."""

    title: str
    slug: str
    code: str
    kind: ProcessKind
    summary: str
    influence: Influence
    description: str = ""
    influence_note: str = ""
    is_retroactive: bool = False


@dataclass(frozen=True)
class ThemeDraft:
    """`slug` empty: made from the name."""

    name: str
    question: str = ""
    context: str = ""
    slug: str = ""


@dataclass(frozen=True)
class CriterionDraft:
    """`weight` in percent, whole, 1 to 100; whole marks from `lowest` to `highest`, with what each end means."""

    name: str
    weight: int
    how_to_check: str = ""
    lowest: int = 0
    highest: int = 5
    lowest_means: str = ""
    highest_means: str = ""


def problems_with_process(draft: ProcessDraft) -> list[Problem]:
    problems = []
    if not draft.title.strip():
        problems.append(Problem(ProcessProblem.TITLE_MISSING, "title"))
    if not draft.summary.strip():
        problems.append(Problem(ProcessProblem.SUMMARY_MISSING, "summary"))
    if not CODE.fullmatch(draft.code):
        problems.append(Problem(ProcessProblem.CODE_SHAPE, "code"))
    if not SLUG.fullmatch(draft.slug) or len(draft.slug) > LONGEST_SLUG:
        problems.append(Problem(ProcessProblem.SLUG_SHAPE, "slug", {"longest": LONGEST_SLUG}))
    return problems


def problems_with_theme(draft: ThemeDraft) -> list[Problem]:
    return [] if draft.name.strip() else [Problem(ProcessProblem.THEME_NAME_MISSING, "name")]


def problems_with_criterion(draft: CriterionDraft) -> list[Problem]:
    problems = []
    if not draft.name.strip():
        problems.append(Problem(ProcessProblem.CRITERION_NAME_MISSING, "name"))
    if not 1 <= draft.weight <= ALL_WEIGHT:
        problems.append(Problem(ProcessProblem.CRITERION_WEIGHT, "weight"))
    if not (0 <= draft.lowest < draft.highest <= HIGHEST_MARK):
        problems.append(Problem(ProcessProblem.CRITERION_SCALE, "highest", {"highest": HIGHEST_MARK}))
    return problems


def problems_with_criteria(weights: Sequence[int]) -> list[Problem]:
    """Criteria are published together, when their weights add up to 100 (BR-20)."""
    if not weights:
        return [Problem(ProcessProblem.CRITERIA_MISSING)]
    if sum(weights) != ALL_WEIGHT:
        return [Problem(ProcessProblem.CRITERIA_WEIGHTS, values={"sum": sum(weights)})]
    return []
