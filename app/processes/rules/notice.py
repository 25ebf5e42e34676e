"""How long before its start a process was announced: MR-3.1 of domain.md 4.2, with its test vectors of 4.3."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from app.core.clock import days_between, lima_day
from app.processes.rules.completeness import is_complete
from app.processes.rules.schedule import Schedule

LEAST_DAYS = 14
TARGET_DAYS = 21


class Result(StrEnum):
    """The vocabulary of domain.md 4.1."""

    MET = "cumple_con_evidencia"
    NEEDS_ATTESTATION = "pendiente_atestacion"
    AT_RISK = "en_riesgo"
    NOT_MET = "no_cumple"
    NOT_APPLICABLE = "no_aplica"


class NoticeFlag(StrEnum):
    LIMIT = "limite"
    SHORT_CHANGE = "cambio_con_aviso_corto"
    STARTED_EARLY = "inicio_antes_de_lo_publicado"
    RETROACTIVE = "retroactivo"


@dataclass(frozen=True)
class Publication:
    """One publication of the schedule: what it said and when."""

    n: int
    published_at: datetime
    schedule: Schedule
    reason: str = ""


@dataclass(frozen=True)
class Notice:
    """Two lights: `rule` is the literal rule, `goal` the platform's target of 21 days.

    `days` are whole days in Lima from the first complete publication (version `counted_from`) to the start; `ahead`
    is the exact time between both. `short_change` is the version that moved the start closer with fewer than 14
    days' notice, `explanation` what it said for it.
    """

    rule: Result
    goal: Result
    days: int | None = None
    ahead: timedelta | None = None
    start_at: datetime | None = None
    counted_from: int | None = None
    published_at: datetime | None = None
    short_change: int | None = None
    explanation: str = ""
    flags: frozenset[NoticeFlag] = frozenset()

    @property
    def is_explained(self) -> bool:
        return self.short_change is None or bool(self.explanation.strip())

    @property
    def hours(self) -> int | None:
        """Whole hours between publication and start."""
        return None if self.ahead is None else self.ahead // timedelta(hours=1)

    @property
    def minutes(self) -> int | None:
        """Minutes beyond the whole hours."""
        return None if self.ahead is None else self.ahead % timedelta(hours=1) // timedelta(minutes=1)


def notice_days(published_at: datetime, start_at: datetime) -> int:
    """Whole days in Lima between two instants: their times of day do not count (domain.md 4.3)."""
    return days_between(lima_day(published_at), lima_day(start_at))


def earliest_start(today: date) -> date:
    """The first day on which a process published `today` may start."""
    return today + timedelta(days=LEAST_DAYS)


def notice_given(
    publications: Sequence[Publication], *, now: datetime, recorded_start: datetime | None = None, is_retroactive: bool = False
) -> Notice:
    """The notice of a process from its publications, oldest first.

    The start is `recorded_start`, what really happened; until then, the one the latest version announces.
    """
    start = recorded_start or (publications[-1].schedule.start_at if publications else None)
    if is_retroactive:
        return Notice(Result.NOT_APPLICABLE, Result.NOT_APPLICABLE, start_at=start, flags=frozenset({NoticeFlag.RETROACTIVE}))
    first = next((p for p in publications if is_complete(p.schedule)), None)
    if start is None or first is None:
        return _without_publication(start, now)
    days = notice_days(first.published_at, start)
    change = _short_change(publications)
    early = _started_early(publications, recorded_start)
    flags = {flag for flag, holds in (
        (NoticeFlag.LIMIT, days == LEAST_DAYS), (NoticeFlag.SHORT_CHANGE, change is not None), (NoticeFlag.STARTED_EARLY, early),
    ) if holds}  # fmt: skip
    return Notice(
        rule=_light(days, LEAST_DAYS, is_shaken=change is not None or early),
        goal=_light(days, TARGET_DAYS, is_shaken=change is not None or early),
        days=days, ahead=start - first.published_at, start_at=start, counted_from=first.n, published_at=first.published_at,
        short_change=change.n if change else None, explanation=change.reason if change else "", flags=frozenset(flags),
    )  # fmt: skip


def _light(days: int, least: int, *, is_shaken: bool) -> Result:
    if days < least:
        return Result.NOT_MET
    return Result.AT_RISK if is_shaken else Result.MET


def _without_publication(start: datetime | None, now: datetime) -> Notice:
    """Nothing complete is published: recoverable while a start 14 days away is still possible."""
    is_late = start is not None and lima_day(start) < earliest_start(lima_day(now))
    light = Result.NOT_MET if is_late else Result.AT_RISK
    return Notice(light, light, start_at=start)


def _short_change(publications: Sequence[Publication]) -> Publication | None:
    """The version that set the present start, when that is closer than a start announced before and gave fewer than 14 days."""
    days = [lima_day(p.schedule.start_at) if p.schedule.start_at else None for p in publications]
    present = days[-1]
    if present is None:
        return None
    since = len(days) - 1
    while since > 0 and days[since - 1] == present:
        since -= 1
    is_closer = any(day is not None and present < day for day in days[:since])
    setter = publications[since]
    return setter if is_closer and days_between(lima_day(setter.published_at), present) < LEAST_DAYS else None


def _started_early(publications: Sequence[Publication], recorded_start: datetime | None) -> bool:
    announced = publications[-1].schedule.start_at
    return recorded_start is not None and announced is not None and lima_day(recorded_start) < lima_day(announced)
