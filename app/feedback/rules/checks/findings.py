"""What a check finds, and what it needs to know around the answer."""

import dataclasses
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from app.contributions.rules.terms import Language
from app.feedback.rules.checks.codes import CheckCode

SHORTEST_ADOPTED, SHORTEST_OTHER, SHORTEST_R99 = 40, 120, 200
SHORTEST_CLARIFICATION = timedelta(days=7)
REPLY_WINDOW = timedelta(days=10)


class Level(StrEnum):
    """Stops (▣), warns (◇) or asks a person (◯), in the signs of domain.md 6.4; or says what is well."""

    STOP = "stop"
    WARN = "warn"
    GOOD = "good"
    ASK = "ask"


@dataclass(frozen=True)
class Check:
    """One finding about the answer; `field` is where it is mended, `values` fill its sentence. `part`: which idea, from 1; 0 the whole."""

    level: Level
    code: CheckCode
    field: str | None = None
    values: dict[str, Any] = dataclasses.field(default_factory=dict)
    part: int = 0

    def of_part(self, n: int) -> "Check":
        """The same finding about idea `n`, mended in the fields of that idea."""
        return dataclasses.replace(self, part=n, field=f"parts-{n - 1}-{self.field}" if self.field else None)


@dataclass(frozen=True)
class MergeTarget:
    """The contribution an answer merges into. `leads_back`: following it comes back to the one being answered."""

    code: str
    is_known: bool
    has_final_answer: bool = False
    leads_back: bool = False


@dataclass(frozen=True)
class Priority:
    """What a workshop voted: its number, and how many votes the contribution had."""

    workshop: int
    votes: int


@dataclass(frozen=True)
class Facts:
    """What the rules need to know around the draft.

    `hidden_name` is the speaker's name when they did not agree to be named, else empty; `public_words` (folded) are not
    leaks; `known_acronyms` are those the person used; `commitments` maps each number of the plan to its milestones; `reply_to` is
    where people may answer back; `batch` holds the codes that are published together with this one; `others` maps codes to the
    texts of other answers, those of the same group left out; `group` holds the codes of the contributions grouped with this one,
    itself included, none when it stands alone; `score_hundredths` is what the published evaluation gave it; `dissents` counts
    the notes that stand beside this text; `chosen_projects` are the codes that a participatory budget chose: there what is adopted
    shows in a project, named in the reference, as elsewhere in a commitment.
    """

    code: str
    title: str
    today: date
    hidden_name: str = ""
    public_words: frozenset[str] = frozenset()
    known_acronyms: frozenset[str] = frozenset()
    language: Language = Language.SPANISH
    is_moderated: bool = True
    is_retroactive: bool = False
    is_correction: bool = False
    commitments: Mapping[int, Collection[str]] = dataclasses.field(default_factory=dict)
    merge_target: MergeTarget | None = None
    reply_to: str = ""
    plan_approved_at: datetime | None = None
    batch: frozenset[str] = frozenset()
    others: Mapping[str, str] = dataclasses.field(default_factory=dict)
    group: tuple[str, ...] = ()
    criteria_published_at: datetime | None = None
    inputs_opened_at: datetime | None = None
    score_hundredths: int | None = None
    priority: Priority | None = None
    dissents: int = 0
    chosen_projects: frozenset[str] = frozenset()


def stop(code: CheckCode, of: str | None = None, **values: Any) -> Check:
    return Check(Level.STOP, code, of, values)


def warn(code: CheckCode, of: str | None = None, **values: Any) -> Check:
    return Check(Level.WARN, code, of, values)


def ask(code: CheckCode, of: str | None = None, **values: Any) -> Check:
    return Check(Level.ASK, code, of, values)


def good(code: CheckCode, of: str | None = None, **values: Any) -> Check:
    return Check(Level.GOOD, code, of, values)
