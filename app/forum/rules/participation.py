"""The rules of participation: a public document in versions, approved by both sides; and the quorum it lays down (BR-03, MR-1.1b)."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from app.core.errors import Problem
from app.forum.rules.seats import Side

SHORTEST_TEXT, LONGEST_TEXT = 200, 20_000
SHORTEST_NOTE = 20


class RulesState(StrEnum):
    DRAFT = "draft"
    IN_REVIEW = "in-review"
    PUBLISHED = "published"
    REPLACED = "replaced"


OPEN = (RulesState.DRAFT, RulesState.IN_REVIEW)


class RulesProblem(StrEnum):
    TITLE_MISSING = "rules-title-missing"
    TEXT_SHORT = "rules-text-short"
    TEXT_LONG = "rules-text-long"
    NOTE_MISSING = "rules-note-missing"
    NOTHING_CHANGED = "rules-nothing-changed"
    QUORUM_WRONG = "rules-quorum-wrong"
    LEAST_WRONG = "rules-least-wrong"
    NOT_OPEN = "rules-not-open"
    NOT_IN_REVIEW = "rules-not-in-review"
    APPROVAL_MISSING = "rules-approval-missing"
    ALREADY_APPROVED = "rules-already-approved"
    DRAFTER_APPROVES = "rules-drafter-approves"
    SAME_PERSON = "rules-same-person"


@dataclass(frozen=True)
class Quorum:
    """Seats that must be present: a fraction of all (at least, or more than half), and at least so many of each side."""

    numerator: int = 1
    denominator: int = 2
    is_more_than: bool = True
    government: int = 1
    non_government: int = 1


@dataclass(frozen=True)
class Present:
    """Seats of each side: all that are held on the day, and those that came."""

    government: int
    non_government: int
    government_present: int
    non_government_present: int

    @property
    def total(self) -> int:
        return self.government + self.non_government

    @property
    def present(self) -> int:
        return self.government_present + self.non_government_present


def needed(quorum: Quorum, total: int) -> int:
    """How many seats of `total` the fraction asks for; at least one."""
    share = total * quorum.numerator
    return max(1, share // quorum.denominator + 1 if quorum.is_more_than else -(-share // quorum.denominator))


def has_quorum(quorum: Quorum, seats: Present) -> bool:
    """Both tests: enough seats of all, and enough of each side."""
    return (
        seats.present >= needed(quorum, seats.total)
        and seats.government_present >= quorum.government
        and seats.non_government_present >= quorum.non_government
    )


@dataclass(frozen=True)
class RulesDraft:
    """The document as it is written. `note` says why it changes and is not part of the text that is hashed."""

    title: str
    text: str
    norm: str = ""
    norm_url: str = ""
    quorum: Quorum = Quorum()
    note: str = ""


def to_json(draft: RulesDraft) -> str:
    """The canonical text that is hashed, approved and published: sorted keys, UTF-8, no spaces."""
    content = {"title": draft.title, "text": draft.text, "norm": draft.norm, "norm_url": draft.norm_url, "quorum": asdict(draft.quorum)}
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sha256(content: str) -> str:
    return hashlib.sha256(content.encode("utf-8")).hexdigest()


def problems_with_rules(draft: RulesDraft, *, published: str | None) -> tuple[Problem, ...]:
    """Why this cannot be sent for approval; `published` is the canonical text in force, if any."""
    problems = []
    if not draft.title.strip():
        problems.append(Problem(RulesProblem.TITLE_MISSING, "title"))
    if len(draft.text.strip()) < SHORTEST_TEXT:
        problems.append(Problem(RulesProblem.TEXT_SHORT, "text", {"shortest": SHORTEST_TEXT}))
    if len(draft.text) > LONGEST_TEXT:
        problems.append(Problem(RulesProblem.TEXT_LONG, "text", {"longest": LONGEST_TEXT}))
    quorum = draft.quorum
    if not 0 < quorum.numerator <= quorum.denominator <= 12 or (quorum.is_more_than and quorum.numerator == quorum.denominator):
        problems.append(Problem(RulesProblem.QUORUM_WRONG, "fraction"))
    if min(quorum.government, quorum.non_government) < 0:
        problems.append(Problem(RulesProblem.LEAST_WRONG, "government_least"))
    if published is not None and to_json(draft) == published:
        problems.append(Problem(RulesProblem.NOTHING_CHANGED, "text"))
    if published is not None and len(draft.note.strip()) < SHORTEST_NOTE:
        problems.append(Problem(RulesProblem.NOTE_MISSING, "note", {"shortest": SHORTEST_NOTE}))
    return tuple(problems)


def problems_with_approving(
    state: RulesState, side: Side, given: Iterable[tuple[Side, int]], person_id: int, drafter_id: int
) -> list[Problem]:
    """One approval for each side, by two people, neither of them who wrote it (BR-26)."""
    approvals = dict(given)
    if state is not RulesState.IN_REVIEW:
        return [Problem(RulesProblem.NOT_IN_REVIEW)]
    if person_id == drafter_id:
        return [Problem(RulesProblem.DRAFTER_APPROVES)]
    if side in approvals:
        return [Problem(RulesProblem.ALREADY_APPROVED)]
    return [Problem(RulesProblem.SAME_PERSON)] if person_id in approvals.values() else []


@dataclass(frozen=True)
class Change:
    """A paragraph that says something else; "" where it was not there, or no longer is."""

    before: str
    after: str


def difference(before: str, after: str) -> tuple[Change, ...]:
    """Paragraphs that changed, in order; a changed run is paired paragraph by paragraph."""
    old, new = _paragraphs(before), _paragraphs(after)
    return tuple(_changes(old, new))


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def _changes(old: list[str], new: list[str]) -> Iterator[Change]:
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        left, right = old[a:b], new[c:d]
        for place in range(max(len(left), len(right))):
            yield Change(left[place] if place < len(left) else "", right[place] if place < len(right) else "")
