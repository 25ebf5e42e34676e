"""What a seat may say against a text (domain.md 12, BR-27; 13, "dissent note"): an objection stops it, a dissent is published beside it."""

from collections.abc import Collection, Mapping
from enum import StrEnum

from app.core.errors import Problem
from app.feedback.rules.outcomes import DecisionState

SHORTEST_OBJECTION, SHORTEST_DISSENT, SHORTEST_WITHDRAWAL = 20, 60, 10
LONGEST = 4_000
MOST_VOTES = 100_000


class AgreementProblem(StrEnum):
    REASON_SHORT = "objection-reason-short"
    DISSENT_SHORT = "dissent-short"
    WITHDRAWAL_SHORT = "dissent-withdrawal-short"
    TEXT_CHANGED = "agreement-text-changed"
    NOT_OPEN = "objection-not-open"
    NOT_SETTLED = "dissent-not-settled"
    ALREADY_SAID = "agreement-already-said"
    NOT_YOURS = "agreement-not-yours"
    ALREADY_WITHDRAWN = "agreement-already-withdrawn"
    NO_POST = "agreement-no-post"
    PERSONAL_DATA = "agreement-personal-data"
    OBJECTED = "answer-objected"
    NOT_OF_A_WORKSHOP = "priority-not-of-a-workshop"
    VOTES_NOT_A_NUMBER = "priority-votes-not-a-number"


def problems_with_objection(
    state: DecisionState, text_sha256: str, seen_sha256: str, reason: str, *, post: str, has_objected: bool
) -> tuple[Problem, ...]:  # fmt: skip
    """A seat objects to the very text it read, before that text is public. A sector that signed may still object, until then."""
    problems = []
    if state not in (DecisionState.REVIEW, DecisionState.APPROVED):
        problems.append(Problem(AgreementProblem.NOT_OPEN))
    problems += _read(text_sha256, seen_sha256, post, has_objected)
    if len(reason.strip()) < SHORTEST_OBJECTION:
        problems.append(Problem(AgreementProblem.REASON_SHORT, "reason", {"shortest": SHORTEST_OBJECTION}))
    return tuple(problems)


def problems_with_dissent(
    state: DecisionState, text_sha256: str, seen_sha256: str, text: str, *, post: str, has_dissented: bool
) -> tuple[Problem, ...]:  # fmt: skip
    """A seat leaves a dissent about a text that both sectors are looking at, or that is public already."""
    problems = []
    if state is DecisionState.DRAFT:
        problems.append(Problem(AgreementProblem.NOT_SETTLED))
    problems += _read(text_sha256, seen_sha256, post, has_dissented)
    if len(text.strip()) < SHORTEST_DISSENT:
        problems.append(Problem(AgreementProblem.DISSENT_SHORT, "text", {"shortest": SHORTEST_DISSENT}))
    return tuple(problems)


def _read(text_sha256: str, seen_sha256: str, post: str, has_spoken: bool) -> list[Problem]:
    problems = []
    if text_sha256 != seen_sha256:
        problems.append(Problem(AgreementProblem.TEXT_CHANGED))
    if has_spoken:
        problems.append(Problem(AgreementProblem.ALREADY_SAID))
    if not post.strip():
        problems.append(Problem(AgreementProblem.NO_POST))
    return problems


def problems_with_withdrawal(*, author_id: int, person_id: int, is_withdrawn: bool, reason: str | None = None) -> tuple[Problem, ...]:
    """Only who wrote it withdraws it. `reason`: for a dissent, whose place stays with why; None when none is asked."""
    problems = []
    if author_id != person_id:
        problems.append(Problem(AgreementProblem.NOT_YOURS))
    if is_withdrawn:
        problems.append(Problem(AgreementProblem.ALREADY_WITHDRAWN))
    if reason is not None and len(reason.strip()) < SHORTEST_WITHDRAWAL:
        problems.append(Problem(AgreementProblem.WITHDRAWAL_SHORT, "withdrawal_reason", {"shortest": SHORTEST_WITHDRAWAL}))
    return tuple(problems)


def is_objected(text_sha256: str, objections: Collection[str]) -> bool:
    """Whether an objection stands against exactly this text. `objections`: hashes of those not withdrawn; a changed text answers them."""
    return text_sha256 in objections


def problems_with_votes(votes: Mapping[str, int | None], codes: Collection[str]) -> tuple[Problem, ...]:
    """Votes by contribution code: whole, not negative, and of contributions of that workshop."""
    found = [Problem(AgreementProblem.NOT_OF_A_WORKSHOP, None, {"code": code}) for code in votes if code not in codes]
    return tuple(found) + tuple(
        Problem(AgreementProblem.VOTES_NOT_A_NUMBER, None, {"code": code})
        for code, count in votes.items()
        if count is None or not 0 <= count <= MOST_VOTES
    )
