"""Appeals: by whoever proposed it or by an accredited agent, in time, decided by somebody who had not decided before."""

from datetime import date, timedelta
from enum import StrEnum

from app.core.errors import Problem
from app.projects.rules import ProjectState
from app.projects.rules.answers import problems_with_words

SHORTEST_APPEAL, SHORTEST_DECISION = 60, 120


class Appellant(StrEnum):
    AUTHOR = "author"
    AGENT = "agent"


class AppealProblem(StrEnum):
    NOT_APPEALABLE = "project-appeal-not-appealable"
    TOO_LATE = "project-appeal-too-late"
    TEXT_SHORT = "project-appeal-text-short"
    REPEATED = "project-appeal-repeated"
    DECIDED = "project-appeal-decided"
    INVOLVED = "project-appeal-involved"
    REASON_SHORT = "project-appeal-reason-short"
    CHOICE_MISSING = "project-appeal-choice-missing"


def last_day(published_on: date, days: int) -> date:
    """The last day to appeal, that day included."""
    return published_on + timedelta(days=days)


def problems_with_appeal(state: ProjectState, until: date | None, text: str, *, today: date, has_open: bool) -> tuple[Problem, ...]:
    """Against a published "not admissible", in time, once: the same evaluation is not appealed again while one waits."""
    if state is not ProjectState.NOT_ADMISSIBLE or until is None:
        return (Problem(AppealProblem.NOT_APPEALABLE),)
    if today > until:
        return (Problem(AppealProblem.TOO_LATE),)
    if has_open:
        return (Problem(AppealProblem.REPEATED),)
    if len(text.strip()) < SHORTEST_APPEAL:
        return (Problem(AppealProblem.TEXT_SHORT, "text", {"shortest": SHORTEST_APPEAL}),)
    return problems_with_words(text, "text")


def problems_with_deciding(*, is_decided: bool, involved: frozenset[int], person_id: int, reason: str) -> tuple[Problem, ...]:
    """By neither the evaluator nor the approver of what is appealed; with a reason that is published."""
    if is_decided:
        return (Problem(AppealProblem.DECIDED),)
    if person_id in involved:
        return (Problem(AppealProblem.INVOLVED),)
    if len(reason.strip()) < SHORTEST_DECISION:
        return (Problem(AppealProblem.REASON_SHORT, "reason", {"shortest": SHORTEST_DECISION}),)
    return problems_with_words(reason, "reason")
