"""MR-3.3: a mechanism gathers inputs from a range of stakeholders during an appropriate period (domain.md 4.2).

Rule: at least one channel opened and closed, at least two sectors contributed. Goal: 14 days for a channel online and 7 to register
for a workshop, or a written reason.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from app.compliance.rules.findings import Advice, Finding, Limit, Proof, Requirement, Result, not_yet
from app.compliance.rules.statements import Statement
from app.core.errors import Problem

ONLINE_DAYS, REGISTRATION_DAYS = 14, 7
LEAST_SECTORS = 2
NEEDS = (Statement.PERIOD_APPROPRIATE, Statement.FAITHFUL_CAPTURE)


@dataclass(frozen=True)
class ChannelFact:
    """A way to contribute: between which days; `announced_on` when people could first know of it."""

    title: str
    opens_on: date
    closes_on: date
    is_online: bool = False
    is_event: bool = False
    announced_on: date | None = None
    url: str = ""

    @property
    def days(self) -> int:
        return (self.closes_on - self.opens_on).days + 1

    @property
    def registration_days(self) -> int | None:
        return None if self.announced_on is None else (self.opens_on - self.announced_on).days


@dataclass(frozen=True)
class InputFacts:
    """Channels, contributions by sector; `reasons` are published reasons for short periods, `shortened` (version, day) of a cut."""

    channels: tuple[ChannelFact, ...] = ()
    by_sector: Mapping[str, int] = field(default_factory=dict)
    by_region: Mapping[str, int] = field(default_factory=dict)
    by_language: Mapping[str, int] = field(default_factory=dict)
    received: int = 0
    shortened: tuple[tuple[int, date], ...] = ()
    has_reason: bool = False


def judge(facts: InputFacts, today: date) -> Finding:
    if not facts.channels or today < min(c.opens_on for c in facts.channels):
        opens = min((c.opens_on for c in facts.channels), default=None)
        return not_yet(Requirement.INPUTS, "inputs-open", opens_on=opens.isoformat() if opens else None)
    opens, closes = min(c.opens_on for c in facts.channels), max(c.closes_on for c in facts.channels)
    middle = opens + timedelta(days=(closes - opens).days // 2)
    sectors = sorted(name for name, count in facts.by_sector.items() if count)
    is_closed, is_narrow = today > closes, len(sectors) < LEAST_SECTORS
    short = _short(facts)
    problems = []
    if is_narrow and (is_closed or today >= middle):
        problems.append(Problem(Advice.ONE_SECTOR if sectors else Advice.NO_INPUTS, values={"closes": closes}))
    limits = [Limit(middle, (0,), Advice.ONE_SECTOR, {"closes": closes})] if is_narrow and not is_closed else []
    for version, day in facts.shortened:
        problems.append(Problem(Advice.CHANNEL_SHORTENED, values={"version": version}))
        limits.append(Limit(day, (0,), Advice.CHANNEL_SHORTENED, {"version": version}))
    rule = _rule(is_closed, is_narrow, today >= middle)
    is_excused = facts.has_reason or not (short or facts.shortened)
    if rule is Result.NOT_APPLICABLE:
        problems.append(Problem(Advice.NOT_YET, values={"since": "inputs-close"}))
    goal = rule if is_excused or rule in (Result.NOT_MET, Result.NOT_APPLICABLE) else Result.NOT_MET if is_closed else Result.AT_RISK
    return Finding(
        Requirement.INPUTS, rule, goal,
        {
            "opens_on": opens.isoformat(), "closes_on": closes.isoformat(), "received": facts.received, "sectors": sectors,
            "by_sector": dict(sorted(facts.by_sector.items())), "by_region": dict(sorted(facts.by_region.items())),
            "by_language": dict(sorted(facts.by_language.items())), "has_written_reason": facts.has_reason,
            "channels": [
                {"title": c.title, "opens_on": c.opens_on.isoformat(), "closes_on": c.closes_on.isoformat(), "days": c.days}
                for c in facts.channels
            ],
        },
        NEEDS, (*problems, *short), None if is_closed else closes, tuple(limits),
        tuple(Proof(c.title, c.url, c.opens_on) for c in sorted(facts.channels, key=lambda c: (c.opens_on, c.title))),
    )  # fmt: skip


def _rule(is_closed: bool, is_narrow: bool, is_past_middle: bool) -> Result:
    if is_closed:
        return Result.NOT_MET if is_narrow else Result.MET
    return Result.AT_RISK if is_narrow and is_past_middle else Result.NOT_APPLICABLE


def _short(facts: InputFacts) -> tuple[Problem, ...]:
    """Periods under the target; the longest channel online is what counts, each workshop counts for itself."""
    problems = []
    online = [c.days for c in facts.channels if c.is_online]
    if online and max(online) < ONLINE_DAYS:
        problems.append(Problem(Advice.SHORT_CHANNEL, values={"days": max(online), "least": ONLINE_DAYS}))
    hurried = [c for c in facts.channels if c.is_event and c.registration_days is not None and c.registration_days < REGISTRATION_DAYS]
    if hurried:
        titles = ", ".join(c.title for c in hurried)
        problems.append(Problem(Advice.SHORT_REGISTRATION, values={"titles": titles, "least": REGISTRATION_DAYS}))
    return tuple(problems)
