"""Choosing among those who fulfil the requirements: scores of a jury, a lot anybody can draw again, or the vote of the forum."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.calls.rules.applying import ApplicationState, Outcome
from app.calls.rules.course import FEWEST_JURORS, SHORTEST_REASON, CallProblem, CallState
from app.core.errors import Problem
from app.organisations.rules import Sector

SHORTEST_SEED = 6


class JuryProblem(StrEnum):
    OFFICE_MISSING = "juror-office-missing"
    ALREADY_JUROR = "juror-already"
    NOT_JUROR = "juror-not-one"
    NOT_DECLARED = "juror-not-declared"
    DECLARES_TOO_SOON = "juror-declares-too-soon"
    CONFLICTED = "juror-conflicted"
    NOTE_MISSING = "juror-note-missing"
    SCORE_OUT_OF_SCALE = "score-out-of-scale"
    NOT_ELIGIBLE = "score-not-eligible"
    SEED_SHORT = "lot-seed-short"
    SEED_SOURCE_MISSING = "lot-source-missing"
    ALREADY_DRAWN = "lot-already-drawn"
    WRONG_METHOD = "selection-wrong-method"


@dataclass(frozen=True)
class Juror:
    """A member of the jury: whether conflicts were declared, and with which applications there is one."""

    id: int
    has_declared: bool
    conflicts: frozenset[int] = frozenset()


def problems_with_evaluating(
    state: CallState, *, is_closed: bool, states: Iterable[ApplicationState], jurors: Sequence[Juror], needs_jury: bool
) -> tuple[Problem, ...]:
    """domain.md 11: requirements checked and, where a jury scores, three or more members who all declared their conflicts (BR-39)."""
    if state is not CallState.PUBLISHED or not is_closed:
        return (Problem(CallProblem.NOT_CLOSED),)
    problems = []
    if ApplicationState.RECEIVED in set(states):
        problems.append(Problem(CallProblem.ELIGIBILITY_UNDONE))
    if needs_jury and len(jurors) < FEWEST_JURORS:
        problems.append(Problem(CallProblem.TOO_FEW_JURORS, values={"fewest": FEWEST_JURORS}))
    if needs_jury and not all(juror.has_declared for juror in jurors):
        problems.append(Problem(CallProblem.CONFLICTS_UNDECLARED))
    return tuple(problems)


def problems_with_score(juror: Juror, application_id: int, values: Mapping[int, int], scales: Mapping[int, int]) -> tuple[Problem, ...]:
    """Declared, without a conflict with this application, a whole number within the scale for every criterion."""
    if not juror.has_declared:
        return (Problem(JuryProblem.NOT_DECLARED),)
    if application_id in juror.conflicts:
        return (Problem(JuryProblem.CONFLICTED),)
    if set(values) != set(scales) or any(not 0 <= values[key] <= scale for key, scale in scales.items()):
        return (Problem(JuryProblem.SCORE_OUT_OF_SCALE),)
    return ()


@dataclass(frozen=True)
class Weight:
    """A criterion in the count: its weight in percent and the top of its scale."""

    weight: int
    scale: int


def points(scores: Iterable[tuple[int, int]], criteria: Mapping[int, Weight]) -> int:
    """Hundredths of a point, 0 to 10,000: for each criterion the mean of its scores over its scale, times its weight.

    `scores` are (criterion, value) of every juror. A criterion nobody scored gives nothing.
    """
    given: dict[int, list[int]] = defaultdict(list)
    for criterion, value in scores:
        given[criterion].append(value)
    total = 0
    for criterion, weight in criteria.items():
        values = given[criterion]
        if values:
            total += round(sum(values) * weight.weight * WHOLE / (len(values) * weight.scale))
    return total


WHOLE = 100


@dataclass(frozen=True)
class Placed:
    """An application in order: `place` is shared by those with the same points."""

    application_id: int
    points: int
    place: int


def ranking(scored: Mapping[int, int]) -> tuple[Placed, ...]:
    """Most points first; equal points share a place, and are listed by their id."""
    ordered = sorted(scored.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Placed(key, value, 1 + sum(other > value for other in scored.values())) for key, value in ordered)


def drawn(seed: str, codes: Iterable[str]) -> tuple[str, ...]:
    """The lot: codes in the order of SHA-256("seed|code"). With the seed said in public, anybody can draw it again."""
    return tuple(sorted(codes, key=lambda code: hashlib.sha256(f"{seed}|{code}".encode()).hexdigest()))


def problems_with_lot(seed: str, source: str, *, is_drawn: bool) -> tuple[Problem, ...]:
    if is_drawn:
        return (Problem(JuryProblem.ALREADY_DRAWN),)
    problems = []
    if len(seed.strip()) < SHORTEST_SEED:
        problems.append(Problem(JuryProblem.SEED_SHORT, "seed", {"shortest": SHORTEST_SEED}))
    if len(source.strip()) < SHORTEST_REASON:
        problems.append(Problem(JuryProblem.SEED_SOURCE_MISSING, "source", {"shortest": SHORTEST_REASON}))
    return tuple(problems)


@dataclass(frozen=True)
class Candidate:
    """An application when results are written: its sector, state, place in the order, and what is proposed for it."""

    id: int
    sector: Sector
    state: ApplicationState
    place: int | None
    outcome: Outcome | None = None
    reason: str = ""


def proposed(candidates: Iterable[Candidate], seats: Mapping[Sector, int]) -> dict[int, Outcome]:
    """What follows from the order: as many selected as seats of each sector, in their places; the others stay in reserve.

    A place shared across the last seat selects none of those who share it: the tie is left to be decided in the open.
    """
    found: dict[int, Outcome] = {}
    by_sector: dict[Sector, list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        if candidate.state is ApplicationState.ELIGIBLE:
            by_sector[candidate.sector].append(candidate)
    for sector, among in by_sector.items():
        free = seats.get(sector, 0)
        for candidate in among:
            before = sum((other.place or 0) < (candidate.place or 0) for other in among)
            sharing = sum(other.place == candidate.place for other in among)
            found[candidate.id] = Outcome.SELECTED if candidate.place and before + sharing <= free else Outcome.RESERVE
    return found


def problems_with_results(state: CallState, candidates: Sequence[Candidate], seats: Mapping[Sector, int] | None) -> tuple[Problem, ...]:
    """Everybody has an outcome and a written reason; no more are chosen than there are seats (None: no limit), and nobody is skipped."""
    if state is not CallState.EVALUATING:
        return (Problem(CallProblem.NOT_EVALUATING),)
    eligible = [c for c in candidates if c.state is ApplicationState.ELIGIBLE]
    if any(c.outcome is None or len(c.reason.strip()) < SHORTEST_REASON for c in eligible):
        return (Problem(CallProblem.RESULTS_UNDONE, values={"shortest": SHORTEST_REASON}),)
    chosen = [c for c in candidates if c.outcome is Outcome.SELECTED]
    if any(c.state is not ApplicationState.ELIGIBLE for c in chosen):
        return (Problem(CallProblem.CHOSEN_NOT_ELIGIBLE),)
    if seats is not None and any(sum(c.sector is sector for c in chosen) > seats.get(sector, 0) for sector in {c.sector for c in chosen}):
        return (Problem(CallProblem.TOO_MANY_CHOSEN),)
    return (Problem(CallProblem.CHOSEN_SKIPS),) if _skips(eligible) else ()


def _skips(eligible: Sequence[Candidate]) -> bool:
    """Somebody chosen stands behind somebody of the same sector who was not."""
    chosen = [c for c in eligible if c.outcome is Outcome.SELECTED]
    passed_over = [c for c in eligible if c.outcome is not Outcome.SELECTED]
    return any(a.sector is b.sector and a.place and b.place and b.place < a.place for a in chosen for b in passed_over)
