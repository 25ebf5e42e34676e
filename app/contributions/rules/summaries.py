"""A summary in Spanish of what was said in another language: always by a person, never instead of the words (domain.md 14)."""

from enum import StrEnum

from app.contributions.rules.terms import Language, Visibility
from app.core.errors import Problem

SHORTEST_SUMMARY, LONGEST_SUMMARY = 20, 1_500


class SummaryProblem(StrEnum):
    NOT_NEEDED = "summary-not-needed"
    NOT_PUBLIC = "summary-not-public"
    SHORT = "summary-short"
    LONG = "summary-long"
    SOMEBODY_FIRST = "summary-somebody-first"


def problems_with_summary(text: str, *, language: Language, visibility: Visibility) -> tuple[Problem, ...]:
    """Why it cannot be summarised, or what is wrong with the summary."""
    if language is Language.SPANISH:
        return (Problem(SummaryProblem.NOT_NEEDED),)
    if visibility is not Visibility.PUBLIC:
        return (Problem(SummaryProblem.NOT_PUBLIC),)
    if len(text) < SHORTEST_SUMMARY:
        return (Problem(SummaryProblem.SHORT, "text", {"shortest": SHORTEST_SUMMARY}),)
    return (Problem(SummaryProblem.LONG, "text", {"longest": LONGEST_SUMMARY}),) if len(text) > LONGEST_SUMMARY else ()
