"""The same voice: one recorded vote for each seat, and a result that anybody can compute again (IRM24, "la misma voz en la mesa")."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from app.core.errors import Problem
from app.forum.rules.participation import Present, Quorum, has_quorum
from app.forum.rules.seats import SHORTEST_REASON, Side

FEWEST_OPTIONS, MOST_OPTIONS = 2, 20


class MotionKind(StrEnum):
    YES_NO = "yes-no"
    RANKING = "ranking"


class Majority(StrEnum):
    """Chosen when the motion is opened. A ranking has none: places are counted (Borda)."""

    SIMPLE = "simple"
    TWO_THIRDS = "two-thirds"
    BY_SIDE = "by-side"


class MotionState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class Choice(StrEnum):
    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"


class Verdict(StrEnum):
    PASSED = "passed"
    REJECTED = "rejected"
    TIED = "tied"
    RANKED = "ranked"
    NO_QUORUM = "no-quorum"


class MotionProblem(StrEnum):
    TITLE_MISSING = "motion-title-missing"
    OPTIONS_WRONG = "motion-options-wrong"
    OPTION_REPEATED = "motion-option-repeated"
    CLOSES_TOO_SOON = "motion-closes-too-soon"
    NO_RULES = "motion-no-rules"
    SLUG_TAKEN = "motion-slug-taken"
    CLOSED = "motion-closed"
    NO_SEAT = "motion-no-seat"
    ALREADY_VOTED = "motion-already-voted"
    CHOICE_MISSING = "motion-choice-missing"
    RANKING_WRONG = "motion-ranking-wrong"
    REASON_MISSING = "motion-reason-missing"
    NOT_PRESENT = "motion-not-present"
    HAS_ACCOUNT = "motion-has-account"
    STILL_OPEN = "motion-still-open"


@dataclass(frozen=True)
class MotionDraft:
    """A motion as it is put to the vote."""

    kind: MotionKind
    title: str
    text: str
    majority: Majority
    closes_at: datetime
    options: tuple[str, ...] = ()
    process_slug: str = ""


def problems_with_opening(draft: MotionDraft, *, has_rules: bool, now: datetime) -> tuple[Problem, ...]:
    """A question, time to answer it, rules in force that say how many make a quorum; for a ranking 2 to 20 different options."""
    problems = []
    if not draft.title.strip():
        problems.append(Problem(MotionProblem.TITLE_MISSING, "title"))
    if draft.closes_at <= now:
        problems.append(Problem(MotionProblem.CLOSES_TOO_SOON, "closes_on"))
    if not has_rules:
        problems.append(Problem(MotionProblem.NO_RULES))
    if draft.kind is MotionKind.RANKING:
        if not FEWEST_OPTIONS <= len(draft.options) <= MOST_OPTIONS:
            problems.append(Problem(MotionProblem.OPTIONS_WRONG, "options", {"fewest": FEWEST_OPTIONS, "most": MOST_OPTIONS}))
        if len({option.strip().lower() for option in draft.options}) < len(draft.options):
            problems.append(Problem(MotionProblem.OPTION_REPEATED, "options"))
    return tuple(problems)


@dataclass(frozen=True)
class Ballot:
    """What a seat says: a choice, or the places of the options (first to last; those left out get nothing)."""

    choice: Choice | None = None
    ranking: tuple[int, ...] = ()
    reason: str = ""


def problems_with_ballot(ballot: Ballot, kind: MotionKind, options: Sequence[int]) -> tuple[Problem, ...]:
    """A vote against is given with its reason: it is published with the vote, as every other."""
    if kind is MotionKind.YES_NO:
        if ballot.choice is None:
            return (Problem(MotionProblem.CHOICE_MISSING, "choice"),)
        if ballot.choice is Choice.AGAINST and len(ballot.reason.strip()) < SHORTEST_REASON:
            return (Problem(MotionProblem.REASON_MISSING, "reason", {"shortest": SHORTEST_REASON}),)
        return ()
    is_abstention = ballot.choice is Choice.ABSTAIN and not ballot.ranking
    is_proper = bool(ballot.ranking) and len(set(ballot.ranking)) == len(ballot.ranking) and set(ballot.ranking) <= set(options)
    return () if is_abstention or is_proper else (Problem(MotionProblem.RANKING_WRONG, "ranking"),)


def problems_with_voting(state: MotionState, closes_at: datetime, *, has_seat: bool, has_voted: bool, now: datetime) -> tuple[Problem, ...]:
    """Open, by a seat, once: holder or alternate, whoever comes first."""
    if state is not MotionState.OPEN or now >= closes_at:
        return (Problem(MotionProblem.CLOSED),)
    if not has_seat:
        return (Problem(MotionProblem.NO_SEAT),)
    return (Problem(MotionProblem.ALREADY_VOTED),) if has_voted else ()


@dataclass(frozen=True)
class Vote:
    """A vote cast by a seat of one side."""

    side: Side
    choice: Choice | None = None
    ranking: tuple[int, ...] = ()


@dataclass(frozen=True)
class Tally:
    """How many said what."""

    in_favour: int = 0
    against: int = 0
    abstained: int = 0

    @property
    def cast(self) -> int:
        return self.in_favour + self.against + self.abstained


@dataclass(frozen=True)
class Standing:
    """One option of a ranking: its points, from each side, how often it was first, and its place (shared when all is equal)."""

    option: int
    points: int
    government: int
    non_government: int
    firsts: int
    place: int


@dataclass(frozen=True)
class Result:
    verdict: Verdict
    total: Tally
    sides: dict[Side, Tally] = field(default_factory=dict)
    places: tuple[Standing, ...] = ()


def result(
    kind: MotionKind, majority: Majority, votes: Iterable[Vote], *, quorum: Quorum, government: int, non_government: int,
    options: Sequence[int] = (),
) -> Result:  # fmt: skip
    """The result of a motion. `government` and `non_government` are the seats held on the day it closes.

    Votes cast make the quorum as presence does, abstentions included. Pure: the same votes give the same result for ever.
    """
    cast = list(votes)
    sides = {side: _tally(vote for vote in cast if vote.side is side) for side in Side}
    total = _tally(cast)
    present = Present(
        government, non_government,
        sum(vote.side is Side.GOVERNMENT for vote in cast), sum(vote.side is Side.NON_GOVERNMENT for vote in cast),
    )  # fmt: skip
    places = borda(cast, options) if kind is MotionKind.RANKING else ()
    if not has_quorum(quorum, present):
        return Result(Verdict.NO_QUORUM, total, sides, places)
    if kind is MotionKind.RANKING:
        return Result(Verdict.RANKED, total, sides, places)
    return Result(_verdict(majority, total, sides), total, sides)


def _tally(votes: Iterable[Vote]) -> Tally:
    said = [vote.choice for vote in votes]
    return Tally(said.count(Choice.FOR), said.count(Choice.AGAINST), said.count(Choice.ABSTAIN))


def _verdict(majority: Majority, total: Tally, sides: dict[Side, Tally]) -> Verdict:
    """Simple: more for than against. Two thirds: of all votes cast. By side: more for than against on each side."""
    if majority is Majority.TWO_THIRDS:
        return Verdict.PASSED if total.cast and total.in_favour * 3 >= total.cast * 2 else Verdict.REJECTED
    judged = list(sides.values()) if majority is Majority.BY_SIDE else [total]
    if all(tally.in_favour > tally.against for tally in judged):
        return Verdict.PASSED
    return Verdict.TIED if all(tally.in_favour >= tally.against for tally in judged) else Verdict.REJECTED


def borda(votes: Iterable[Vote], options: Sequence[int]) -> tuple[Standing, ...]:
    """Borda count: of n options the first of a ballot gets n - 1 points, the second n - 2, and one left out none.

    Equal points are parted by more first places, then more second places and so on; what is still equal shares a place.
    """
    most = len(options)
    ballots = [(vote.side, [o for o in vote.ranking if o in options]) for vote in votes if vote.ranking]
    points = {option: {side: 0 for side in Side} for option in options}
    placed = {option: [0] * most for option in options}
    for side, ranking in ballots:
        for place, option in enumerate(ranking):
            points[option][side] += most - 1 - place
            placed[option][place] += 1
    weight = {option: (sum(points[option].values()), *placed[option]) for option in options}
    ordered = sorted(options, key=lambda option: ([-value for value in weight[option]], options.index(option)))
    return tuple(
        Standing(
            option, weight[option][0], points[option][Side.GOVERNMENT], points[option][Side.NON_GOVERNMENT], placed[option][0],
            1 + sum(weight[other] > weight[option] for other in options),
        )
        for option in ordered
    )  # fmt: skip
