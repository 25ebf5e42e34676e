"""One row of somebody's file, judged and ready to be received with all the others."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.contributions.rules.drafts import ContributionDraft


class Holds(StrEnum):
    """What is in a file that waits to be imported."""

    CONTRIBUTIONS = "contributions"
    ANSWERS = "answers"


@dataclass(frozen=True, slots=True)
class IncomingRow:
    """`submission_key` is derived from the row, so that the same file imported twice changes nothing."""

    draft: ContributionDraft
    submission_key: str
    received_at: datetime
    external_reference: str = ""
    is_of_workshop: bool = False


@dataclass(frozen=True)
class Imported:
    """What an import did: the codes given in the order of the file, and how many rows were there already."""

    codes: tuple[str, ...]
    unchanged: int
    held: int
