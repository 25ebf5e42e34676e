"""MR-1.1a: the forum meets at least every six months (domain.md 4.2; BR-02).

Rule: every gap between consecutive meetings held, and from the last to today, is at most six calendar months. Goal: the same with
meetings of both sectors whose minutes are public.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.compliance.rules.calendar import add_months, gaps_over
from app.compliance.rules.findings import Advice, Finding, Limit, Proof, Requirement, Result
from app.compliance.rules.statements import Statement
from app.core.errors import Problem

MONTHS = 6
WARN_DAYS = (60, 30, 15, 3)
NEEDS = (Statement.MEETINGS_HELD, Statement.MEMBERS_INDEPENDENT)


@dataclass(frozen=True)
class MeetingFact:
    """One meeting that was held: how many came of each side, when its minutes became public."""

    number: int
    held_on: date
    government: int = 0
    non_government: int = 0
    minutes_on: date | None = None
    minutes_sha256: str = ""
    url: str = ""
    kind: str = "ordinary"
    title: str = ""
    is_review: bool = False
    civil_society: int = 0
    has_results: bool = False
    has_comments: bool = False

    @property
    def has_both_sides(self) -> bool:
        return self.government > 0 and self.non_government > 0

    @property
    def qualifies(self) -> bool:
        """[D]: at least one of each side and public minutes."""
        return self.has_both_sides and self.minutes_on is not None

    @property
    def proof(self) -> Proof:
        return Proof(self.title, self.url, self.held_on, self.minutes_sha256)


@dataclass(frozen=True)
class MeetingFacts:
    """Meetings of the forum by date; `since` is the day from which they are counted, None to count from the first."""

    meetings: tuple[MeetingFact, ...] = ()
    since: date | None = None


def judge(facts: MeetingFacts, today: date) -> Finding:
    held = sorted((m for m in facts.meetings if m.held_on <= today), key=lambda m: (m.held_on, m.number))
    counted = _since(held, facts.since)
    rule, gaps, limit = _light([m.held_on for m in counted], facts.since, today)
    both = [m for m in counted if m.qualifies]
    goal, goal_gaps, _ = _light([m.held_on for m in both], facts.since, today)
    advice = _advice(counted, gaps, goal_gaps, limit, today)
    return Finding(
        Requirement.MEETINGS, rule, goal,
        {
            "meetings": [_as_json(m) for m in counted], "qualifying": len(both),
            "last": counted[-1].held_on.isoformat() if counted else None,
            "gaps": [{"from": a.isoformat(), "to": b.isoformat()} for a, b in gaps],
            "limit": limit.isoformat() if limit else None,
        },
        NEEDS, advice, limit, (Limit(limit, WARN_DAYS, Advice.MEETING_DUE),) if limit else (), tuple(m.proof for m in reversed(counted)),
    )  # fmt: skip


def _since(held: list[MeetingFact], since: date | None) -> list[MeetingFact]:
    """Those after `since` and the last one before it: the gap that spans that day counts too."""
    if since is None:
        return held
    before = [m for m in held if m.held_on < since]
    return before[-1:] + [m for m in held if m.held_on >= since]


def _light(days: Sequence[date], since: date | None, today: date) -> tuple[Result, list[tuple[date, date]], date | None]:
    """The light, the gaps that broke the rule, and the day before which the next meeting is due."""
    known = list(days)
    starts = [since] if since is not None and (not known or known[0] > since) else []
    gaps = gaps_over([*starts, *known], MONTHS)
    if not known and not starts:
        return Result.AT_RISK, [], None
    limit = add_months(max([*known, *starts]), MONTHS)
    if today > limit:
        gaps = [*gaps, (max([*known, *starts]), today)]
    if gaps:
        return Result.NOT_MET, gaps, limit
    return (Result.MET if known else Result.AT_RISK), [], limit


def _advice(
    counted: list[MeetingFact], gaps: list[tuple[date, date]], goal_gaps: list[tuple[date, date]], limit: date | None, today: date
) -> tuple[Problem, ...]:
    problems = [Problem(Advice.MEETING_GAP, values={"first": a, "last": b}) for a, b in gaps]
    if not counted:
        problems.append(Problem(Advice.NO_MEETINGS))
    if limit and 0 <= (limit - today).days <= WARN_DAYS[0]:
        problems.append(Problem(Advice.MEETING_DUE, values={"limit": limit}))
    if any(not m.has_both_sides for m in counted):
        problems.append(Problem(Advice.ONE_SIDED_MEETINGS, values={"numbers": _numbers(m for m in counted if not m.has_both_sides)}))
    unpublished = [m for m in counted if m.minutes_on is None]
    if unpublished:
        problems.append(Problem(Advice.MINUTES_UNPUBLISHED, values={"numbers": _numbers(unpublished)}))
    return tuple(problems)


def _numbers(meetings: object) -> str:
    return ", ".join(str(m.number) for m in meetings)  # type: ignore[attr-defined]


def _as_json(meeting: MeetingFact) -> dict[str, object]:
    return {
        "number": meeting.number, "held_on": meeting.held_on.isoformat(), "government": meeting.government,
        "non_government": meeting.non_government, "minutes_on": meeting.minutes_on.isoformat() if meeting.minutes_on else None,
        "minutes_sha256": meeting.minutes_sha256, "url": meeting.url,
    }  # fmt: skip
