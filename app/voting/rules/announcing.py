"""A vote from draft to announcement: what it must say, and who signs it. What is signed is frozen text with its SHA-256."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from app.core.errors import Problem
from app.voting.rules.ballots import WEIGHED, BallotRule, Option
from app.voting.rules.roll import FEWEST_SHOWN
from app.voting.rules.terms import BallotKind, Channel, Extent, Seat

SHORTEST_SEED_SOURCE, SHORTEST_REASON = 20, 20
MOST_POINTS, MOST_DAYS = 1_000, 60
SHORTEST_VOTE = timedelta(hours=1)
RULES = (
    "greedy", "greedy-no-skip", "greedy-threshold", "greedy-no-skip-threshold", "equal-shares", "phragmen",
)  # fmt: skip
COMPLETIONS = ("none", "add1", "add1-exhaustive", "add1u", "greedy", "comparison")
ORDERS = ("score", "score-per-cost")
UTILITIES = ("", "cardinality")
"""Empty: what a project costs or, where ballots give points or places, those."""
RANKED_COMPLETIONS = ("add1u", "greedy", "comparison")
VERSION = 1


class AnnouncingProblem(StrEnum):
    TITLE_MISSING = "announcing-title-missing"
    SLUG_TAKEN = "announcing-slug-taken"
    NO_PROJECTS = "announcing-no-projects"
    PROJECT_UNKNOWN = "announcing-project-unknown"
    BOUNDS = "announcing-bounds"
    POINTS = "announcing-points"
    LIMIT_MISSING = "announcing-limit-missing"
    LIMIT_TOO_SMALL = "announcing-limit-too-small"
    CHANNELS_MISSING = "announcing-channels-missing"
    DATES = "announcing-dates"
    OPENS_TOO_SOON = "announcing-opens-too-soon"
    TOO_LONG = "announcing-too-long"
    TERRITORY_MISSING = "announcing-territory-missing"
    COMPLETION_NEEDS_SHARES = "announcing-completion-needs-shares"
    UTILITY_NEEDS_SHARES = "announcing-utility-needs-shares"
    ORDER_NEEDS_RANKING = "announcing-order-needs-ranking"
    THRESHOLD_MISSING = "announcing-threshold-missing"
    CONFLICT_UNKNOWN = "announcing-conflict-unknown"
    SEED_SOURCE_SHORT = "announcing-seed-source-short"
    FEWEST_SHOWN = "announcing-fewest-shown"
    NOT_A_DRAFT = "announcing-not-a-draft"
    NOT_SIGNED = "announcing-not-signed"
    SIGNED_ALREADY = "announcing-signed-already"
    SAME_PERSON = "announcing-same-person"
    DRAFTER_SIGNS = "announcing-drafter-signs"
    ROUND_NOT_READY = "announcing-round-not-ready"
    BY_MATRIX = "announcing-by-matrix"
    TWO_VOTES = "announcing-two-votes"
    HAS_OPENED = "announcing-has-opened"
    REASON_MISSING = "announcing-reason-missing"


@dataclass(frozen=True)
class OnBallot:
    """A project as the announcement prints it: its number and its code never change."""

    number: int
    code: str
    title: str
    cost_cents: int
    ubigeo: str | None = None


@dataclass(frozen=True)
class VoteDraft:
    """Everything an organiser decides. `rule` to `conflicts` are the sheet of the count; amounts are céntimos."""

    title: str
    kind: BallotKind
    fewest: int
    most: int
    opens_at: datetime
    closes_at: datetime
    points: int = 0
    limit_cents: int | None = None
    extent: Extent = Extent.CITY
    channels: tuple[Channel, ...] = (Channel.WEB,)
    project_ids: tuple[int, ...] = ()
    rule: str = "greedy"
    completion: str = "none"
    order: str = "score"
    utility: str = ""
    threshold: int | None = None
    minimum_votes: int = 0
    conflicts: tuple[tuple[int, ...], ...] = ()
    seed_source: str = ""
    fewest_shown: int = FEWEST_SHOWN
    allows_reminders: bool = False
    publishes_ballots: bool = False
    sheet: Mapping[str, Any] = field(default_factory=dict)


def problems_with(draft: VoteDraft, options: Sequence[OnBallot]) -> list[Problem]:
    """What a draft lacks to be announced; saving asks for the same, so that nobody signs half a vote."""
    problems = []
    if not draft.title:
        problems.append(Problem(AnnouncingProblem.TITLE_MISSING, "title"))
    if not options:
        problems.append(Problem(AnnouncingProblem.NO_PROJECTS, "projects"))
    problems += _ballot_problems(draft, options)
    problems += _date_problems(draft)
    if not draft.channels:
        problems.append(Problem(AnnouncingProblem.CHANNELS_MISSING, "channels"))
    if draft.extent is Extent.TERRITORY and any(option.ubigeo is None for option in options):
        numbers = ", ".join(str(option.number) for option in options if option.ubigeo is None)
        problems.append(Problem(AnnouncingProblem.TERRITORY_MISSING, "extent", {"numbers": numbers}))
    problems += _count_problems(draft, options)
    if len(draft.seed_source) < SHORTEST_SEED_SOURCE:
        problems.append(Problem(AnnouncingProblem.SEED_SOURCE_SHORT, "seed_source", {"shortest": SHORTEST_SEED_SOURCE}))
    if not FEWEST_SHOWN <= draft.fewest_shown <= MOST_POINTS:
        problems.append(Problem(AnnouncingProblem.FEWEST_SHOWN, "fewest_shown", {"fewest": FEWEST_SHOWN}))
    return problems


def _ballot_problems(draft: VoteDraft, options: Sequence[OnBallot]) -> list[Problem]:
    problems = []
    if not 1 <= draft.fewest <= draft.most or (options and draft.fewest > len(options)):
        problems.append(Problem(AnnouncingProblem.BOUNDS, "most", {"options": len(options)}))
    if draft.kind in WEIGHED and not 1 <= draft.points <= MOST_POINTS:
        problems.append(Problem(AnnouncingProblem.POINTS, "points", {"most": MOST_POINTS}))
    if draft.kind is BallotKind.KNAPSACK:
        if not draft.limit_cents or draft.limit_cents < 1:
            problems.append(Problem(AnnouncingProblem.LIMIT_MISSING, "limit"))
        elif options and draft.limit_cents < min(option.cost_cents for option in options):
            problems.append(Problem(AnnouncingProblem.LIMIT_TOO_SMALL, "limit"))
    return problems


def _date_problems(draft: VoteDraft) -> list[Problem]:
    if draft.closes_at < draft.opens_at + SHORTEST_VOTE:
        return [Problem(AnnouncingProblem.DATES, "closes_on")]
    if draft.closes_at > draft.opens_at + timedelta(days=MOST_DAYS):
        return [Problem(AnnouncingProblem.TOO_LONG, "closes_on", {"most": MOST_DAYS})]
    return []


def _count_problems(draft: VoteDraft, options: Sequence[OnBallot]) -> list[Problem]:
    problems = []
    if draft.completion != "none" and draft.rule != "equal-shares":
        problems.append(Problem(AnnouncingProblem.COMPLETION_NEEDS_SHARES, "completion"))
    if draft.utility and draft.rule != "equal-shares":
        problems.append(Problem(AnnouncingProblem.UTILITY_NEEDS_SHARES, "utility"))
    if draft.order != "score" and not draft.rule.startswith("greedy") and draft.completion not in RANKED_COMPLETIONS:
        problems.append(Problem(AnnouncingProblem.ORDER_NEEDS_RANKING, "order"))
    if draft.rule.endswith("threshold") and not draft.threshold:
        problems.append(Problem(AnnouncingProblem.THRESHOLD_MISSING, "threshold"))
    numbers = {option.number for option in options}
    unknown = sorted({number for group in draft.conflicts for number in group} - numbers)
    if unknown or any(len(set(group)) < 2 for group in draft.conflicts):
        values = {"numbers": ", ".join(str(number) for number in unknown) or "-"}
        problems.append(Problem(AnnouncingProblem.CONFLICT_UNKNOWN, "conflicts", values))
    return problems


def problems_with_signing(seat: Seat, signed: Mapping[Seat, int], drafter_id: int, person_id: int) -> list[Problem]:
    """Two different people sign, and who is not government did not write it (domain.md BR-26, BR-27)."""
    if seat in signed:
        return [Problem(AnnouncingProblem.SIGNED_ALREADY)]
    if person_id in signed.values():
        return [Problem(AnnouncingProblem.SAME_PERSON)]
    return [Problem(AnnouncingProblem.DRAFTER_SIGNS)] if seat is Seat.NON_GOVERNMENT and person_id == drafter_id else []


def problems_with_announcing(
    signed: Mapping[Seat, int], opens_at: datetime, now: datetime, *, is_round_ready: bool, pots: Collection[str] = (),
    marked: Collection[str] = (), voted: Mapping[str, str] | None = None,
) -> list[Problem]:  # fmt: skip
    """Both have signed this very text, it has not opened, projects are being prioritised (domain.md 11, `pb_process`), and each of its
    `pots` of the ceiling is decided in no other way: neither marked with the matrix nor by a vote already announced (`voted`)."""
    problems = [Problem(AnnouncingProblem.NOT_SIGNED, None, {"seat": seat.value}) for seat in Seat if seat not in signed]
    if opens_at <= now:
        problems.append(Problem(AnnouncingProblem.OPENS_TOO_SOON, "opens_on"))
    if not is_round_ready:
        problems.append(Problem(AnnouncingProblem.ROUND_NOT_READY))
    if set(pots) & set(marked):
        problems.append(Problem(AnnouncingProblem.BY_MATRIX))
    other = sorted({title for pot, title in (voted or {}).items() if pot in pots})
    if other:
        problems.append(Problem(AnnouncingProblem.TWO_VOTES, None, {"vote": other[0]}))
    return problems


def problems_with_withdrawing(*, is_announced: bool, has_ballots: bool, opens_at: datetime, reason: str, now: datetime) -> list[Problem]:
    """An announcement is taken back to be corrected only before the vote opens, with a reason that is published."""
    if not is_announced or has_ballots or opens_at <= now:
        return [Problem(AnnouncingProblem.HAS_OPENED)]
    return [] if len(reason) >= SHORTEST_REASON else [Problem(AnnouncingProblem.REASON_MISSING, "reason", {"shortest": SHORTEST_REASON})]


def printed_rules(
    draft: VoteDraft, options: Sequence[OnBallot], *, slug: str, process: str, ceilings: Sequence[Mapping[str, Any]], total_cents: int
) -> dict[str, Any]:
    """The rules as they are published, hashed and frozen: whatever could change who wins, or what a ballot may say."""
    return {
        "version": VERSION, "process": process, "slug": slug, "title": draft.title, "kind": draft.kind.value, "fewest": draft.fewest,
        "most": draft.most, "points": draft.points, "limit_cents": draft.limit_cents, "extent": draft.extent.value,
        "channels": [channel.value for channel in draft.channels], "opens_at": draft.opens_at.isoformat(),
        "closes_at": draft.closes_at.isoformat(), "seed_source": draft.seed_source, "fewest_shown": draft.fewest_shown,
        "reminders": draft.allows_reminders, "ballots_published": draft.publishes_ballots, "sheet": dict(draft.sheet),
        "ceilings": [dict(ceiling) for ceiling in ceilings], "total_cents": total_cents,
        "limits": _limits(draft, ceilings),
        "options": [
            {"number": o.number, "code": o.code, "title": o.title, "cost_cents": o.cost_cents, "ubigeo": o.ubigeo}
            for o in sorted(options, key=lambda option: option.number)
        ],
    }  # fmt: skip


def _limits(draft: VoteDraft, ceilings: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """By territory, what a knapsack of it may cost: its ceiling, where the vote is by territory and it has one."""
    if draft.kind is not BallotKind.KNAPSACK or draft.extent is not Extent.TERRITORY:
        return {}
    return {str(c["ubigeo"]): int(c["amount_cents"]) for c in ceilings if c.get("ubigeo") and not c.get("theme")}


def rule_of(
    kind: BallotKind, fewest: int, most: int, points: int, limit_cents: int | None, rules: Mapping[str, Any], options: Sequence[Option]
) -> BallotRule:
    """What `validate_ballot` asks for, from the columns of a vote and its printed rules."""
    extent = Extent(rules.get("extent", Extent.CITY.value))
    return BallotRule(kind, fewest, most, points, limit_cents, extent, {o.number: o for o in options}, rules.get("limits", {}))
