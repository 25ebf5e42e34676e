"""Past plans: what the independent mechanism (IRM) coded, exactly in its words, and only with its report (domain.md 8)."""

from enum import StrEnum


class IrmPotential(StrEnum):
    UNCLEAR = "unclear"
    MODEST = "modest"
    SUBSTANTIAL = "substantial"


class IrmCompletion(StrEnum):
    NO_EVIDENCE = "no-evidence-available"
    NOT_STARTED = "not-started"
    LIMITED = "limited"
    SUBSTANTIAL = "substantial"
    COMPLETE = "complete"


class IrmEarlyResults(StrEnum):
    NO_NOTABLE = "no-notable"
    MODERATE = "moderate"
    SIGNIFICANT = "significant"


class YesNo(StrEnum):
    YES = "yes"
    NO = "no"


def codes_need_report(*codes: object, report_url: str) -> bool:
    """Whether a code stands without the published report it was read in: such a row is refused."""
    return any(code is not None for code in codes) and not report_url.startswith("https://")
