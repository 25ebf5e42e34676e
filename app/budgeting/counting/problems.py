"""Why a file or a parameter cannot be counted: codes, never sentences."""

from enum import StrEnum
from typing import Any, NoReturn

from app.core.errors import Problem, RuleBroken


class CountingProblem(StrEnum):
    NOT_PABULIB = "not-pabulib"
    NOT_UTF8 = "pabulib-not-utf8"
    BAD_ROW = "pabulib-bad-row"
    SECTION_MISSING = "pabulib-section-missing"
    COLUMN_MISSING = "pabulib-column-missing"
    META_MISSING = "pabulib-meta-missing"
    UNKNOWN_VOTE_TYPE = "pabulib-unknown-vote-type"
    NOT_AN_AMOUNT = "pabulib-not-an-amount"
    NUMBER_TOO_LARGE = "pabulib-number-too-large"
    PROJECT_TWICE = "pabulib-project-twice"
    UNKNOWN_PROJECT = "pabulib-unknown-project"
    POINTS_DO_NOT_MATCH = "pabulib-points-do-not-match"
    VOTED_TWICE = "pabulib-voted-twice"
    THRESHOLD_MISSING = "counting-threshold-missing"
    BAD_INCREMENT = "counting-bad-increment"
    COMPLETION_NEEDS_SHARES = "counting-completion-needs-shares"
    TOO_MANY_STEPS = "counting-too-many-steps"
    UNKNOWN_IN_PARAMETERS = "counting-unknown-project"
    TERRITORY_WITHOUT_CEILING = "counting-territory-without-ceiling"
    UNKNOWN_TERRITORY = "counting-unknown-territory"
    MATRIX_WEIGHTS = "counting-matrix-weights"
    MATRIX_SCORE_MISSING = "counting-matrix-score-missing"
    MATRIX_SCORE_OUTSIDE = "counting-matrix-score-outside"


def refuse(code: CountingProblem, **values: Any) -> NoReturn:
    """Raise RuleBroken with one problem. `row` counts lines of the file from 1."""
    raise RuleBroken([Problem(code, values=values)])
