"""The vigilance committee: elected by the accredited agents, at least so many members, for so many months (domain.md 9.1, BR-31)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.core.errors import Problem

SHORTEST_REASON = 20
MOST_VOTES = 100_000


class Ballot(StrEnum):
    """How the assembly voted; in both, only how many votes each candidate had is recorded."""

    SHOW_OF_HANDS = "show-of-hands"
    SECRET_VOTE = "secret-vote"  # noqa: S105 - a way of voting


class MemberRole(StrEnum):
    COORDINATOR = "coordinator"
    SECRETARY = "secretary"
    MEMBER = "member"


class CommitteeProblem(StrEnum):
    IN_FORCE = "committee-in-force"
    NO_DAY = "committee-no-day"
    DAY_AHEAD = "committee-day-ahead"
    NO_PLACE = "committee-no-place"
    FEW_SEATS = "committee-few-seats"
    FEW_CANDIDATES = "committee-few-candidates"
    CANDIDATE_REPEATED = "committee-candidate-repeated"
    CANDIDATE_NOT_ACCREDITED = "committee-candidate-not-accredited"
    VOTES_MISSING = "committee-votes-missing"
    VOTES_EXCEED = "committee-votes-exceed"
    VOTERS_EXCEED = "committee-voters-exceed"
    NO_VOTERS = "committee-no-voters"
    TIE = "committee-tie"
    TIE_NOT_OURS = "committee-tie-not-ours"
    NOT_A_MEMBER = "committee-not-a-member"
    REASON_SHORT = "committee-reason-short"
    HAS_ACCOUNT = "committee-has-account"


@dataclass(frozen=True)
class Candidacy:
    """A candidate by their public number of agent, and how many votes they had."""

    number: int
    votes: int


@dataclass(frozen=True)
class ElectionDraft:
    """What the act of election says. `votes_each` is for how many candidates each voter could vote; `tie` how a tie at the last seat
    was resolved, and `drawn` the numbers of those it favoured."""

    held_on: date | None
    place: str
    ballot: Ballot
    voters: int
    votes_each: int
    seats: int
    candidates: tuple[Candidacy, ...]
    tie: str = ""
    drawn: tuple[int, ...] = ()


@dataclass(frozen=True)
class Count:
    """Candidates in order, those elected, and those tied at the last seat (empty when nobody was)."""

    order: tuple[Candidacy, ...]
    elected: tuple[int, ...]
    tied: tuple[int, ...] = ()


def count(draft: ElectionDraft) -> Count:
    """The most voted take the seats. A tie at the last one is resolved by `drawn`; without it, nobody of the tied is elected."""
    order = tuple(sorted(draft.candidates, key=lambda c: (-c.votes, c.number)))
    if len(order) <= draft.seats:
        return Count(order, tuple(c.number for c in order))
    last = order[draft.seats - 1].votes
    if order[draft.seats].votes != last:
        return Count(order, tuple(c.number for c in order[: draft.seats]))
    over = tuple(c.number for c in order if c.votes > last)
    tied = tuple(c.number for c in order if c.votes == last)
    drawn = tuple(number for number in tied if number in draft.drawn)
    return Count(order, over + drawn if len(over) + len(drawn) == draft.seats else over, tied)


def problems_with_election(
    draft: ElectionDraft, *, accredited: Collection[int], voting: int, minimum: int, has_committee: bool, today: date
) -> tuple[Problem, ...]:
    """Why an election is not recorded. `accredited` are the numbers of the agents who may be elected, `voting` how many may vote."""
    problems = [Problem(CommitteeProblem.IN_FORCE)] if has_committee else []
    problems += _of_meeting(draft, voting, today)
    numbers = [c.number for c in draft.candidates]
    if draft.seats < minimum:
        problems.append(Problem(CommitteeProblem.FEW_SEATS, "seats", {"minimum": minimum}))
    if len(numbers) < draft.seats:
        problems.append(Problem(CommitteeProblem.FEW_CANDIDATES, "candidates", {"seats": draft.seats, "have": len(numbers)}))
    if len(set(numbers)) != len(numbers):
        problems.append(Problem(CommitteeProblem.CANDIDATE_REPEATED, "candidates"))
    odd = sorted(set(numbers) - set(accredited))
    if odd:
        problems.append(Problem(CommitteeProblem.CANDIDATE_NOT_ACCREDITED, "candidates", {"numbers": ", ".join(map(str, odd))}))
    problems += _of_votes(draft)
    return tuple(problems)


def _of_meeting(draft: ElectionDraft, voting: int, today: date) -> list[Problem]:
    problems = []
    if draft.held_on is None:
        problems.append(Problem(CommitteeProblem.NO_DAY, "held_on"))
    elif draft.held_on > today:
        problems.append(Problem(CommitteeProblem.DAY_AHEAD, "held_on"))
    if not draft.place.strip():
        problems.append(Problem(CommitteeProblem.NO_PLACE, "place"))
    if draft.voters < 1:
        problems.append(Problem(CommitteeProblem.NO_VOTERS, "voters"))
    elif draft.voters > voting:
        problems.append(Problem(CommitteeProblem.VOTERS_EXCEED, "voters", {"most": voting}))
    return problems


def _of_votes(draft: ElectionDraft) -> list[Problem]:
    votes = [c.votes for c in draft.candidates]
    if any(not 0 <= v <= MOST_VOTES for v in votes):
        return [Problem(CommitteeProblem.VOTES_MISSING, "candidates")]
    most = draft.voters * max(1, draft.votes_each)
    if sum(votes) > most or any(v > draft.voters for v in votes):
        return [Problem(CommitteeProblem.VOTES_EXCEED, "candidates", {"most": most, "voters": draft.voters})]
    found = count(draft)
    if set(draft.drawn) - set(found.tied):
        return [Problem(CommitteeProblem.TIE_NOT_OURS, "drawn")]
    if found.tied and (len(found.elected) != draft.seats or len(draft.tie.strip()) < SHORTEST_REASON):
        tied = ", ".join(str(n) for n in found.tied)
        return [Problem(CommitteeProblem.TIE, "tie", {"tied": tied, "shortest": SHORTEST_REASON})]
    return []


def ends_on(starts: date, months: int) -> date:
    """The last day of a term of so many months that begins that day."""
    month = starts.month - 1 + months
    year, month = starts.year + month // 12, month % 12 + 1
    for day in range(starts.day, 27, -1):
        try:
            return date(year, month, day)
        except ValueError:
            continue
    return date(year, month, min(starts.day, 28))


def majority(members: int) -> int:
    """More than half."""
    return members // 2 + 1


def problems_with_replacing(reason: str, *, is_member: bool, is_accredited: bool, already_member: bool) -> tuple[Problem, ...]:
    """Who leaves is a member, who comes is an accredited agent who is not one, and the act says why."""
    problems = []
    if not is_member:
        problems.append(Problem(CommitteeProblem.NOT_A_MEMBER))
    if not is_accredited:
        problems.append(Problem(CommitteeProblem.CANDIDATE_NOT_ACCREDITED, "agent", {"numbers": ""}))
    if already_member:
        problems.append(Problem(CommitteeProblem.CANDIDATE_REPEATED, "agent"))
    if len(reason.strip()) < SHORTEST_REASON:
        problems.append(Problem(CommitteeProblem.REASON_SHORT, "reason", {"shortest": SHORTEST_REASON}))
    return tuple(problems)


def roles_in_order(seats: int) -> Sequence[MemberRole]:
    """Who had most votes coordinates, the next keeps the papers: what an election gives until the committee decides otherwise."""
    return [MemberRole.COORDINATOR, MemberRole.SECRETARY, *[MemberRole.MEMBER] * max(0, seats - 2)][:seats]
