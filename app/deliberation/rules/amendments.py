"""Another wording for a part of the draft: what is wrong with it, and what may be done with it."""

from enum import StrEnum

from app.core.errors import Problem

LONGEST_WORDING = 4_000
SHORTEST_ANSWER, LONGEST_ANSWER = 20, 3_000


class AmendmentState(StrEnum):
    OPEN = "open"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


class AmendmentProblem(StrEnum):
    WORDING_MISSING = "wording-missing"
    WORDING_SAME = "wording-same"
    WORDING_LONG = "wording-long"
    ANSWER_SHORT = "amendment-answer-short"
    ANSWER_LONG = "amendment-answer-long"
    DECIDED = "amendment-decided"
    NOT_PUBLIC = "amendment-not-public"
    NOT_REJECTED = "amendment-not-rejected"
    PROMOTED = "amendment-promoted"
    TEXT_MOVED = "amendment-text-moved"


def problems_with_wording(base: str, proposed: str) -> tuple[Problem, ...]:
    """A wording says something, says something else than the draft, and fits."""
    if not proposed.strip():
        return (Problem(AmendmentProblem.WORDING_MISSING, "proposed"),)
    if " ".join(proposed.split()) == " ".join(base.split()):
        return (Problem(AmendmentProblem.WORDING_SAME, "proposed"),)
    if len(proposed) > LONGEST_WORDING:
        return (Problem(AmendmentProblem.WORDING_LONG, "proposed", {"longest": LONGEST_WORDING}),)
    return ()


def problems_with_deciding(state: AmendmentState, to: AmendmentState, answer: str, *, is_public: bool) -> tuple[Problem, ...]:
    """An amendment is decided once, in public and with a reason, whichever way it goes."""
    problems = []
    if state is not AmendmentState.OPEN or to is AmendmentState.OPEN:
        problems.append(Problem(AmendmentProblem.DECIDED))
    if not is_public:
        problems.append(Problem(AmendmentProblem.NOT_PUBLIC))
    if len(answer.strip()) < SHORTEST_ANSWER:
        problems.append(Problem(AmendmentProblem.ANSWER_SHORT, "answer", {"shortest": SHORTEST_ANSWER}))
    if len(answer) > LONGEST_ANSWER:
        problems.append(Problem(AmendmentProblem.ANSWER_LONG, "answer", {"longest": LONGEST_ANSWER}))
    return tuple(problems)


def problems_with_promoting(state: AmendmentState, *, is_promoted: bool) -> tuple[Problem, ...]:
    """Only what was rejected becomes a proposal of its own, and once."""
    if state is not AmendmentState.REJECTED:
        return (Problem(AmendmentProblem.NOT_REJECTED),)
    return (Problem(AmendmentProblem.PROMOTED),) if is_promoted else ()
