"""The quality checks of an answer (domain.md 6.1 and 6.4): what stops it, what could be better, what is well, what to ask."""

import dataclasses
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from app.core.errors import Problem
from app.feedback.rules import wording
from app.feedback.rules.drafts import DecisionDraft
from app.feedback.rules.outcomes import NEEDS_COMMITMENT, NEEDS_REASON_CODE, NEEDS_REFERENCE, Outcome, Reason
from app.feedback.rules.personal_data import LeakKind, leaks

SHORTEST_ADOPTED, SHORTEST_OTHER, SHORTEST_R99 = 40, 120, 200
SHORTEST_CLARIFICATION = timedelta(days=7)
REPLY_WINDOW = timedelta(days=10)


class Level(StrEnum):
    STOP = "stop"
    WARN = "warn"
    GOOD = "good"
    ASK = "ask"


class CheckCode(StrEnum):
    """Q numbers are those of domain.md 6.4."""

    NO_OUTCOME = "no-outcome"  # Q2
    NO_TEXT = "no-text"  # Q3
    TEXT_SHORT = "text-short"  # Q3
    TEXT_SAID = "text-said"  # Q3, good
    NO_REASON_CODE = "no-reason-code"  # Q3
    R99_SHORT = "r99-short"  # 6.2
    NO_COMMITMENT = "no-commitment"  # Q4
    UNKNOWN_COMMITMENT = "unknown-commitment"  # Q4
    UNKNOWN_MILESTONE = "unknown-milestone"  # Q4
    TRACED = "traced"  # Q4, good
    NO_TITLE_WORD = "no-title-word"  # Q5
    NAMES_REQUEST = "names-request"  # Q5, good
    BOILERPLATE = "boilerplate"  # Q5
    NO_REFERENCE = "no-reference"  # Q6
    NO_WHAT_CHANGED = "no-what-changed"  # 6.1
    NO_BEFORE_AFTER = "no-before-after"  # Q7
    LONG_SENTENCE = "long-sentence"  # Q8
    RESPECT = "respect"  # Q9
    NO_ORGANISATION = "no-organisation"  # Q10
    LATE = "late"  # Q11
    NO_REPLY_PATH = "no-reply-path"  # Q12
    OTHER_LANGUAGE = "other-language"  # Q13
    HAS_DNI = "has-dni"  # Q14
    HAS_PHONE = "has-phone"  # Q14
    HAS_EMAIL = "has-email"  # Q14
    HAS_SURNAME = "has-surname"  # Q14
    NO_PERSONAL_DATA = "no-personal-data"  # Q14, good
    NO_CORRECTION_REASON = "no-correction-reason"  # Q20
    NOT_MODERATED = "not-moderated"  # domain.md 11
    NO_ADOPTED_PART = "no-adopted-part"
    NO_REJECTED_PART = "no-rejected-part"
    NO_TARGET_CYCLE = "no-target-cycle"
    NO_CARRY_OVER_OWNER = "no-carry-over-owner"
    NO_REFERRED_TO = "no-referred-to"
    NO_REFERRED_DOCUMENT = "no-referred-document"
    NO_REFERRED_ON = "no-referred-on"
    REFERRED_AHEAD = "referred-ahead"
    NO_CRITERION = "no-criterion"
    NO_CHANGE_NEEDED = "no-change-needed"
    NO_WHERE_TO_GO = "no-where-to-go"
    NO_MERGE_TARGET = "no-merge-target"
    UNKNOWN_MERGE_TARGET = "unknown-merge-target"
    MERGED_INTO_ITSELF = "merged-into-itself"
    MERGE_CYCLE = "merge-cycle"
    MERGE_TARGET_UNANSWERED = "merge-target-unanswered"
    NO_QUESTION = "no-question"
    NO_CLARIFY_BY = "no-clarify-by"
    CLARIFY_TOO_SOON = "clarify-too-soon"
    NO_FALLBACK = "no-fallback"
    FALLBACK_NOT_FINAL = "fallback-not-final"
    NO_REQUEST_RECORD = "no-request-record"


@dataclass(frozen=True)
class Check:
    """One finding about the answer; `field` is where it is mended, `values` fill its sentence."""

    level: Level
    code: CheckCode
    field: str | None = None
    values: dict[str, Any] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True)
class MergeTarget:
    """The contribution an answer merges into. `leads_back`: following it comes back to the one being answered."""

    code: str
    is_known: bool
    has_final_answer: bool = False
    leads_back: bool = False


@dataclass(frozen=True)
class Facts:
    """What the rules need to know around the draft.

    `hidden_name` is the speaker's name when they did not agree to be named, else empty; `public_words` (folded) are not
    leaks; `commitments` maps each number of the plan to its milestones; `reply_to` is where people may answer back;
    `batch` holds the codes that are published together with this one; `others` maps codes to the texts of other answers.
    """

    code: str
    title: str
    today: date
    hidden_name: str = ""
    public_words: frozenset[str] = frozenset()
    is_spanish: bool = True
    is_moderated: bool = True
    is_retroactive: bool = False
    is_correction: bool = False
    commitments: Mapping[int, Collection[str]] = dataclasses.field(default_factory=dict)
    merge_target: MergeTarget | None = None
    reply_to: str = ""
    plan_approved_at: datetime | None = None
    batch: frozenset[str] = frozenset()
    others: Mapping[str, str] = dataclasses.field(default_factory=dict)


def checks(draft: DecisionDraft, facts: Facts) -> tuple[Check, ...]:
    """Everything there is to say about the answer: stops first, then warnings, questions, and what is well."""
    found = [
        *_decision(draft),
        *_reason(draft, facts),
        *_by_outcome(draft, facts),
        *_trace(draft, facts),
        *_around(draft, facts),
        *_privacy(draft, facts),
        *_wording(draft, facts),
    ]
    return tuple(sorted(found, key=lambda check: list(Level).index(check.level) if check.level is not Level.ASK else 1.5))


def stops(draft: DecisionDraft, facts: Facts) -> tuple[Problem, ...]:
    """The checks that block, as problems."""
    return tuple(Problem(c.code, c.field, c.values) for c in checks(draft, facts) if c.level is Level.STOP)


def _stop(code: CheckCode, of: str | None = None, **values: Any) -> Check:
    return Check(Level.STOP, code, of, values)


def _decision(draft: DecisionDraft) -> Iterator[Check]:
    if draft.outcome is None:
        yield _stop(CheckCode.NO_OUTCOME, "outcome")


def _reason(draft: DecisionDraft, facts: Facts) -> Iterator[Check]:
    length = len(draft.text.strip())
    shortest = SHORTEST_ADOPTED if draft.outcome is Outcome.ADOPTED else SHORTEST_OTHER
    if draft.reason_code is Reason.R99 and draft.outcome in NEEDS_REASON_CODE:
        shortest = SHORTEST_R99
    if not length:
        yield _stop(CheckCode.NO_TEXT, "text")
    elif length < shortest:
        code = CheckCode.R99_SHORT if shortest == SHORTEST_R99 else CheckCode.TEXT_SHORT
        yield Check(Level.WARN if facts.is_retroactive else Level.STOP, code, "text", {"shortest": shortest, "length": length})
    else:
        yield Check(Level.GOOD, CheckCode.TEXT_SAID, "text")
    if draft.outcome in NEEDS_REASON_CODE and draft.reason_code is None:
        yield _stop(CheckCode.NO_REASON_CODE, "reason_code")
    if draft.outcome in NEEDS_REASON_CODE | {None}:
        by_code = draft.reason_code in NEEDS_REFERENCE
        covered = draft.outcome is Outcome.ALREADY_COVERED and draft.commitment is None
        if (by_code or covered) and not draft.reference.strip():
            yield _stop(CheckCode.NO_REFERENCE, "reference")


REQUIRED: dict[Outcome, tuple[tuple[str, CheckCode], ...]] = {
    Outcome.ADOPTED: (("what_changed", CheckCode.NO_WHAT_CHANGED),),
    Outcome.ADOPTED_PARTIALLY: (("adopted_part", CheckCode.NO_ADOPTED_PART), ("rejected_part", CheckCode.NO_REJECTED_PART)),
    Outcome.DEFERRED: (("target_cycle", CheckCode.NO_TARGET_CYCLE), ("carry_over_owner", CheckCode.NO_CARRY_OVER_OWNER)),
    Outcome.REFERRED: (
        ("referred_to", CheckCode.NO_REFERRED_TO),
        ("referred_document", CheckCode.NO_REFERRED_DOCUMENT),
        ("referred_on", CheckCode.NO_REFERRED_ON),
    ),
    Outcome.NOT_ADOPTED: (("criterion", CheckCode.NO_CRITERION), ("change_needed", CheckCode.NO_CHANGE_NEEDED)),
    Outcome.OUT_OF_SCOPE: (("where_to_go", CheckCode.NO_WHERE_TO_GO),),
    Outcome.MERGED: (("merged_into", CheckCode.NO_MERGE_TARGET),),
    Outcome.NEEDS_CLARIFICATION: (
        ("question", CheckCode.NO_QUESTION),
        ("clarify_by", CheckCode.NO_CLARIFY_BY),
        ("fallback", CheckCode.NO_FALLBACK),
    ),
    Outcome.WITHDRAWN: (("request_record", CheckCode.NO_REQUEST_RECORD),),
}
"""The mandatory extra fields of domain.md 6.1."""


def _by_outcome(draft: DecisionDraft, facts: Facts) -> Iterator[Check]:
    if draft.outcome is None:
        return
    for name, code in REQUIRED.get(draft.outcome, ()):
        value = getattr(draft, name)
        if not (value.strip() if isinstance(value, str) else value):
            yield _stop(code, name)
    if draft.outcome is Outcome.REFERRED and draft.referred_on and draft.referred_on > facts.today:
        yield _stop(CheckCode.REFERRED_AHEAD, "referred_on")
    if draft.outcome is Outcome.MERGED and draft.merged_into:
        yield from _merge(facts)
    if draft.outcome is Outcome.NEEDS_CLARIFICATION:
        if draft.clarify_by and draft.clarify_by - facts.today < SHORTEST_CLARIFICATION:
            yield _stop(CheckCode.CLARIFY_TOO_SOON, "clarify_by", days=SHORTEST_CLARIFICATION.days)
        if draft.fallback is not None and (not draft.fallback.is_final or draft.fallback in (Outcome.MERGED, Outcome.WITHDRAWN)):
            yield _stop(CheckCode.FALLBACK_NOT_FINAL, "fallback")


def _merge(facts: Facts) -> Iterator[Check]:
    target = facts.merge_target
    if target is None or not target.is_known:
        yield _stop(CheckCode.UNKNOWN_MERGE_TARGET, "merged_into")
    elif target.code == facts.code:
        yield _stop(CheckCode.MERGED_INTO_ITSELF, "merged_into")
    elif target.leads_back:
        yield _stop(CheckCode.MERGE_CYCLE, "merged_into", target=target.code)
    elif not target.has_final_answer and target.code not in facts.batch:
        yield _stop(CheckCode.MERGE_TARGET_UNANSWERED, "merged_into", target=target.code)


def _trace(draft: DecisionDraft, facts: Facts) -> Iterator[Check]:
    if draft.commitment is None:
        if draft.outcome in NEEDS_COMMITMENT:
            yield _stop(CheckCode.NO_COMMITMENT, "commitment")
    elif draft.commitment not in facts.commitments:
        yield _stop(CheckCode.UNKNOWN_COMMITMENT, "commitment", number=draft.commitment)
    elif draft.milestone and draft.milestone not in facts.commitments[draft.commitment]:
        yield _stop(CheckCode.UNKNOWN_MILESTONE, "milestone", number=draft.commitment, milestone=draft.milestone)
    else:
        yield Check(Level.GOOD, CheckCode.TRACED, "commitment", {"number": draft.commitment})


def _around(draft: DecisionDraft, facts: Facts) -> Iterator[Check]:
    if not draft.organisation:
        yield _stop(CheckCode.NO_ORGANISATION, "organisation")
    if not facts.reply_to.strip():
        yield _stop(CheckCode.NO_REPLY_PATH)
    if not facts.is_moderated:
        yield _stop(CheckCode.NOT_MODERATED)
    if facts.is_correction and not draft.correction_reason.strip():
        yield _stop(CheckCode.NO_CORRECTION_REASON, "correction_reason")
    if facts.plan_approved_at is not None and not facts.is_correction:
        # The gate that blocks is the plan's approval (BR-08); an answer that is late all the same is shown as late, never withheld (4.2).
        yield Check(Level.WARN, CheckCode.LATE)


_LEAKS = {
    LeakKind.DNI: CheckCode.HAS_DNI,
    LeakKind.PHONE: CheckCode.HAS_PHONE,
    LeakKind.EMAIL: CheckCode.HAS_EMAIL,
    LeakKind.SURNAME: CheckCode.HAS_SURNAME,
}


def _privacy(draft: DecisionDraft, facts: Facts) -> Iterator[Check]:
    found = leaks(draft.prose, hidden_name=facts.hidden_name, public_words=facts.public_words, official=(facts.reply_to,))
    for leak in found:
        yield _stop(_LEAKS[leak.kind], "text", found=leak.found)
    if not found and draft.text.strip():
        yield Check(Level.GOOD, CheckCode.NO_PERSONAL_DATA)


def _wording(draft: DecisionDraft, facts: Facts) -> Iterator[Check]:
    if not draft.text.strip():
        return
    if wording.shares_a_word(facts.title, draft.prose):
        yield Check(Level.GOOD, CheckCode.NAMES_REQUEST)
    else:
        yield Check(Level.WARN, CheckCode.NO_TITLE_WORD, "text")
    twin, likeness = wording.most_alike(draft.text, facts.others)
    if likeness >= wording.TOO_ALIKE:
        yield Check(Level.WARN, CheckCode.BOILERPLATE, "text", {"target": twin, "percent": int(100 * likeness)})
    longest = wording.longest_sentence(draft.prose)
    if longest > wording.LONGEST_SENTENCE:
        yield Check(Level.WARN, CheckCode.LONG_SENTENCE, "text", {"words": longest, "most": wording.LONGEST_SENTENCE})
    if draft.outcome is Outcome.ADOPTED and draft.what_changed and not wording.contrasts(draft.what_changed):
        yield Check(Level.WARN, CheckCode.NO_BEFORE_AFTER, "what_changed")
    if not facts.is_spanish:
        yield Check(Level.ASK, CheckCode.OTHER_LANGUAGE, "text")
    yield Check(Level.ASK, CheckCode.RESPECT, "text")
