"""PE-CCL: at least two ordinary sessions of the local coordination council a year (domain.md 4.2; BR-17). Goal: with public minutes."""

from dataclasses import dataclass
from datetime import date

from app.compliance.rules.calendar import end_of_year
from app.compliance.rules.findings import Advice, Finding, Limit, Requirement, Result, not_yet
from app.compliance.rules.hearings import HearingFact
from app.compliance.rules.statements import Statement
from app.core.errors import Problem

LEAST_A_YEAR = 2
EXPECTED = ((6, 1), (11, 2))
"""In June one session should have been held, in November two."""


@dataclass(frozen=True)
class CouncilFacts:
    """Ordinary sessions of the local coordination council that were held."""

    sessions: tuple[HearingFact, ...] = ()
    since: date | None = None


def judge(facts: CouncilFacts, today: date) -> Finding:
    held = sorted((s for s in facts.sessions if s.held_on <= today), key=lambda s: s.held_on)
    first = facts.since or (held[0].held_on if held else None)
    whole = [year for year in range(first.year, today.year) if date(year, 1, 1) >= first] if first else []
    failed = [year for year in whole if _in(held, year) < LEAST_A_YEAR]
    rule = _light(held, failed, today)
    advice = [Problem(Advice.COUNCIL_SHORT, values={"year": year, "held": _in(held, year)}) for year in failed]
    behind = [month for month, least in EXPECTED if today.month >= month and _in(held, today.year) < least]
    if behind:
        advice.append(Problem(Advice.COUNCIL_DUE, values={"held": _in(held, today.year), "limit": end_of_year(today.year)}))
    if rule is Result.NOT_APPLICABLE:
        return not_yet(Requirement.COUNCIL, "june", sessions=[s.held_on.isoformat() for s in held])
    is_documented = all(s.has_minutes for s in held if s.held_on.year == today.year)
    return Finding(
        Requirement.COUNCIL, rule, Result.AT_RISK if rule is Result.MET and not is_documented else rule,
        {"sessions": [s.held_on.isoformat() for s in held], "this_year": _in(held, today.year), "least": LEAST_A_YEAR},
        (Statement.COUNCIL_QUORUM,), tuple(advice), None if _in(held, today.year) >= LEAST_A_YEAR else end_of_year(today.year),
        tuple(
            Limit(date(today.year, month, 1), (0,), Advice.COUNCIL_DUE, {"held": _in(held, today.year), "limit": end_of_year(today.year)})
            for month in behind[-1:]
        ),
        tuple(s.proof for s in held),
    )  # fmt: skip


def _in(sessions: list[HearingFact], year: int) -> int:
    return sum(s.held_on.year == year for s in sessions)


def _light(held: list[HearingFact], failed: list[int], today: date) -> Result:
    """The last whole year and the present one; earlier failures are told, but cannot be mended for ever."""
    if failed and failed[-1] == today.year - 1:
        return Result.NOT_MET
    if _in(held, today.year) >= LEAST_A_YEAR:
        return Result.MET
    is_behind = any(today.month >= month and _in(held, today.year) < least for month, least in EXPECTED)
    if is_behind:
        return Result.AT_RISK
    return Result.MET if _in(held, today.year - 1) >= LEAST_A_YEAR else Result.NOT_APPLICABLE
