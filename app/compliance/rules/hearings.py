"""PE-119A: two public hearings a year, one in May and one in September (LOM art. 119-A; domain.md 4.2, 9.2; BR-16)."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from app.compliance.rules.findings import Advice, Finding, Limit, Proof, Requirement, Result, worst
from app.compliance.rules.statements import Statement
from app.core.errors import Problem

MONTHS = (5, 9)
WARN_DAYS = (30,)


@dataclass(frozen=True)
class HearingFact:
    """A public hearing that was held, and what of it is public."""

    held_on: date
    has_call: bool = True
    has_report: bool = True
    has_minutes: bool = True
    title: str = ""
    url: str = ""
    sha256: str = ""

    @property
    def is_whole(self) -> bool:
        return self.has_call and self.has_report and self.has_minutes

    @property
    def proof(self) -> Proof:
        return Proof(self.title, self.url, self.held_on, self.sha256)


@dataclass(frozen=True)
class HearingFacts:
    """`since`: the day from which the municipality is measured here."""

    hearings: tuple[HearingFact, ...] = ()
    since: date | None = None


def judge(facts: HearingFacts, today: date) -> Finding:
    """The present year is what counts; before May, the year before."""
    held = sorted((h for h in facts.hearings if h.held_on <= today), key=lambda h: h.held_on)
    slots = _slots(held, facts.since, today)
    present = [light for (year, _), light in slots.items() if year == today.year]
    before = [light for (year, _), light in slots.items() if year == today.year - 1]
    is_early = all(light is Result.NOT_APPLICABLE for light in present)
    lights = before if is_early and before else present
    rule = worst(*lights) if lights else Result.NOT_APPLICABLE
    poor = [h for h in held if not h.is_whole and h.held_on.year >= today.year - 1]
    missed = [slot for slot, light in slots.items() if light is Result.NOT_MET]
    advice = [Problem(Advice.HEARING_MISSED, values={"month": month, "year": year}) for year, month in missed]
    coming = _next_month(slots, today)
    advice += [Problem(Advice.HEARING_DUE, values={"month": coming.month, "year": coming.year})] if coming else []
    advice += [Problem(Advice.HEARING_INCOMPLETE, values={"days": ", ".join(h.held_on.isoformat() for h in poor)})] if poor else []
    if rule is Result.NOT_APPLICABLE:
        advice.append(Problem(Advice.NOT_YET, values={"since": "may"}))
    goal = Result.AT_RISK if rule is Result.MET and poor else rule
    return Finding(
        Requirement.HEARINGS, rule, goal,
        {
            "hearings": [h.held_on.isoformat() for h in held],
            "slots": [{"year": year, "month": month, "result": str(light)} for (year, month), light in slots.items()],
        },
        (Statement.HEARINGS_HELD,), tuple(advice), date(coming.year, coming.month, _last_day(coming)) if coming else None,
        (Limit(coming, WARN_DAYS, Advice.HEARING_DUE, {"month": coming.month, "year": coming.year}),) if coming else (),
        tuple(h.proof for h in held),
    )  # fmt: skip


def _slots(held: list[HearingFact], since: date | None, today: date) -> dict[tuple[int, int], Result]:
    """Each May and September from the first that counts to those of this year."""
    first = since or (held[0].held_on if held else date(today.year, 1, 1))
    slots = {}
    for year in range(first.year, today.year + 1):
        for month in MONTHS:
            last = date(year, month, _last_day(date(year, month, 1)))
            if last >= first:
                slots[year, month] = _slot(any((h.held_on.year, h.held_on.month) == (year, month) for h in held), last, today)
    return slots


def _slot(is_held: bool, last: date, today: date) -> Result:
    if is_held:
        return Result.MET
    if today > last:
        return Result.NOT_MET
    return Result.AT_RISK if today.replace(day=1) == last.replace(day=1) else Result.NOT_APPLICABLE


def _next_month(slots: dict[tuple[int, int], Result], today: date) -> date | None:
    """The first day of the next month in which a hearing is due and none was held."""
    open_slots = [date(year, month, 1) for (year, month), light in slots.items() if light in (Result.AT_RISK, Result.NOT_APPLICABLE)]
    return min(open_slots, default=date(today.year + 1, MONTHS[0], 1))


def _last_day(day: date) -> int:
    return monthrange(day.year, day.month)[1]
