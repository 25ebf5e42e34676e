"""Who may sign what, and when an answer may be sent, returned or published (domain.md 11; BR-26, BR-27)."""

from collections.abc import Collection, Mapping
from enum import StrEnum

from app.core.errors import Problem
from app.feedback.rules.outcomes import DecisionState, Seat

SHORTEST_NOTE = 10


class FeedbackProblem(StrEnum):
    NOT_IN_REVIEW = "answer-not-in-review"
    NOT_A_DRAFT = "answer-not-a-draft"
    NOT_APPROVED = "answer-not-approved"
    CANNOT_BE_RETURNED = "answer-cannot-be-returned"
    TEXT_CHANGED = "answer-text-changed"
    WRITER_SIGNS = "answer-writer-signs"
    SIGNED_OTHER_SEAT = "answer-signed-other-seat"
    ALREADY_SIGNED = "answer-already-signed"
    NO_POST = "answer-no-post"
    SIGNATURES_MISSING = "answer-signatures-missing"
    NOTE_SHORT = "answer-note-short"
    NOTHING_CHOSEN = "answer-nothing-chosen"
    OTHER_PROCESS = "answer-other-process"
    ANSWER_STOPPED = "answer-stopped"
    UNKNOWN_COMMITMENT = "answer-unknown-commitment"
    UNKNOWN_MILESTONE = "answer-unknown-milestone"
    UNKNOWN_ORGANISATION = "answer-unknown-organisation"
    UNKNOWN_CONTRIBUTION = "answer-unknown-contribution"
    DRAFT_EXISTS = "answer-draft-exists"
    NO_CORRECTION_REASON = "answer-no-correction-reason"
    PERSONAL_DATA_IN_REASON = "answer-personal-data-in-reason"
    IN_GROUP = "answer-in-group"
    GROUP_STOPPED = "answer-group-stopped"
    UNKNOWN_CLAUSE = "answer-unknown-clause"


def problems_with_signature(
    state: DecisionState, text_sha256: str, seen_sha256: str, *, person_id: int, seat: Seat, post: str,
    writers: Collection[int], signed: Mapping[Seat, int],
) -> tuple[Problem, ...]:  # fmt: skip
    """Why this person may not sign this text for this seat; `signed` maps the seats that signed to who did."""
    problems = []
    if state is not DecisionState.REVIEW:
        problems.append(Problem(FeedbackProblem.NOT_IN_REVIEW))
    if text_sha256 != seen_sha256:
        problems.append(Problem(FeedbackProblem.TEXT_CHANGED))
    if person_id in writers:
        problems.append(Problem(FeedbackProblem.WRITER_SIGNS))
    if seat in signed:
        problems.append(Problem(FeedbackProblem.ALREADY_SIGNED))
    elif person_id in signed.values():
        problems.append(Problem(FeedbackProblem.SIGNED_OTHER_SEAT))
    if not post.strip():
        problems.append(Problem(FeedbackProblem.NO_POST))
    return tuple(problems)


def is_agreed(text_sha256: str, signatures: Collection[tuple[Seat, int, str]], writers: Collection[int]) -> bool:
    """Both seats signed exactly this text, as two people, neither of whom wrote in it. `signatures`: seat, person, hash."""
    valid = [(seat, person) for seat, person, sha256 in signatures if sha256 == text_sha256 and person not in writers]
    return {seat for seat, _ in valid} == set(Seat) and len({person for _, person in valid}) == len(Seat)


def problems_with_return(state: DecisionState, note: str) -> tuple[Problem, ...]:
    """An answer goes back to its writers only before it is public, and with a note that says why."""
    problems = []
    if state not in (DecisionState.REVIEW, DecisionState.APPROVED):
        problems.append(Problem(FeedbackProblem.CANNOT_BE_RETURNED))
    if len(note.strip()) < SHORTEST_NOTE:
        problems.append(Problem(FeedbackProblem.NOTE_SHORT, "note", {"shortest": SHORTEST_NOTE}))
    return tuple(problems)
