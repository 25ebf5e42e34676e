"""What is decided and why: the outcome, its reason, its own fields, where it shows in the plan (Q2, Q3, Q4, Q6, Q15)."""

from collections.abc import Iterator

from app.feedback.rules.checks.codes import CheckCode
from app.feedback.rules.checks.findings import (
    SHORTEST_ADOPTED,
    SHORTEST_CLARIFICATION,
    SHORTEST_OTHER,
    SHORTEST_R99,
    Check,
    Facts,
    good,
    stop,
    warn,
)
from app.feedback.rules.drafts import DecisionDraft
from app.feedback.rules.outcomes import NEEDS_COMMITMENT, NEEDS_REASON_CODE, NEEDS_REFERENCE, PART_OUTCOMES, Outcome, Reason

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


def decided(draft: DecisionDraft, facts: Facts) -> Iterator[Check]:
    """Everything about the decision itself; idea by idea when the contribution was split."""
    if not draft.parts:
        yield from _one(draft, facts)
        return
    if len(draft.parts) < 2:
        yield stop(CheckCode.ONE_PART, "parts")
    for n, part in enumerate(draft.parts, start=1):
        if not part.idea.strip():
            yield stop(CheckCode.NO_IDEA, "idea").of_part(n)
        if part.outcome is not None and part.outcome not in PART_OUTCOMES:
            yield stop(CheckCode.PART_OUTCOME, "outcome").of_part(n)
        for check in _one(part.as_draft(draft.organisation), facts):
            yield check.of_part(n)


def _one(draft: DecisionDraft, facts: Facts) -> Iterator[Check]:
    if draft.outcome is None:
        yield stop(CheckCode.NO_OUTCOME, "outcome")
    yield from _reason(draft, facts)
    yield from _fields(draft, facts)
    yield from _trace(draft, facts)


def _reason(draft: DecisionDraft, facts: Facts) -> Iterator[Check]:
    length = len(draft.text.strip())
    shortest = SHORTEST_ADOPTED if draft.outcome is Outcome.ADOPTED else SHORTEST_OTHER
    if draft.reason_code is Reason.R99 and draft.outcome in NEEDS_REASON_CODE:
        shortest = SHORTEST_R99
    if not length:
        yield stop(CheckCode.NO_TEXT, "text")
    elif length < shortest:
        code = CheckCode.R99_SHORT if shortest == SHORTEST_R99 else CheckCode.TEXT_SHORT
        found = warn if facts.is_retroactive else stop
        yield found(code, "text", shortest=shortest, length=length)
    else:
        yield good(CheckCode.TEXT_SAID, "text")
    if draft.outcome in NEEDS_REASON_CODE and draft.reason_code is None:
        yield stop(CheckCode.NO_REASON_CODE, "reason_code")
    yield from _backed(draft, facts)


def _backed(draft: DecisionDraft, facts: Facts) -> Iterator[Check]:
    """A reason of law, competence or of something that exists names it; one of priority shows the score (domain.md 6.2)."""
    if draft.outcome not in NEEDS_REASON_CODE | {None}:
        return
    by_code = draft.reason_code in NEEDS_REFERENCE
    covered = draft.outcome is Outcome.ALREADY_COVERED and draft.commitment is None
    if (by_code or covered) and not draft.reference.strip():
        yield stop(CheckCode.NO_REFERENCE, "reference")
    if draft.reason_code is Reason.R09 and facts.score_hundredths is None:
        yield warn(CheckCode.NO_SCORE, "reason_code")


def _fields(draft: DecisionDraft, facts: Facts) -> Iterator[Check]:
    if draft.outcome is None:
        return
    for name, code in REQUIRED.get(draft.outcome, ()):
        value = getattr(draft, name)
        if not (value.strip() if isinstance(value, str) else value):
            yield stop(code, name)
    if draft.outcome is Outcome.REFERRED and draft.referred_on and draft.referred_on > facts.today:
        yield stop(CheckCode.REFERRED_AHEAD, "referred_on")
    if draft.outcome is Outcome.MERGED and draft.merged_into:
        yield from _merge(facts)
    if draft.outcome is Outcome.NEEDS_CLARIFICATION:
        if draft.clarify_by and draft.clarify_by - facts.today < SHORTEST_CLARIFICATION:
            yield stop(CheckCode.CLARIFY_TOO_SOON, "clarify_by", days=SHORTEST_CLARIFICATION.days)
        if draft.fallback is not None and (not draft.fallback.is_final or draft.fallback in (Outcome.MERGED, Outcome.WITHDRAWN)):
            yield stop(CheckCode.FALLBACK_NOT_FINAL, "fallback")


def _merge(facts: Facts) -> Iterator[Check]:
    target = facts.merge_target
    if target is None or not target.is_known:
        yield stop(CheckCode.UNKNOWN_MERGE_TARGET, "merged_into")
    elif target.code == facts.code:
        yield stop(CheckCode.MERGED_INTO_ITSELF, "merged_into")
    elif target.leads_back:
        yield stop(CheckCode.MERGE_CYCLE, "merged_into", target=target.code)
    elif not target.has_final_answer and target.code not in facts.batch:
        yield stop(CheckCode.MERGE_TARGET_UNANSWERED, "merged_into", target=target.code)


def _trace(draft: DecisionDraft, facts: Facts) -> Iterator[Check]:
    if draft.commitment is None:
        if draft.outcome in NEEDS_COMMITMENT and not any(code in draft.reference for code in facts.chosen_projects):
            yield stop(CheckCode.NO_COMMITMENT, "commitment")
    elif draft.commitment not in facts.commitments:
        yield stop(CheckCode.UNKNOWN_COMMITMENT, "commitment", number=draft.commitment)
    elif draft.milestone and draft.milestone not in facts.commitments[draft.commitment]:
        yield stop(CheckCode.UNKNOWN_MILESTONE, "milestone", number=draft.commitment, milestone=draft.milestone)
    else:
        yield good(CheckCode.TRACED, "commitment", number=draft.commitment)
