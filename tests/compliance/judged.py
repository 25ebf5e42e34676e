"""Facts of each rule as its tests write them."""

from datetime import date, datetime, timedelta

from app.compliance.rules import (
    attestations,
    notice,
)
from app.compliance.rules.attestations import Standing
from app.compliance.rules.findings import Finding
from app.compliance.rules.meetings import MeetingFact, MeetingFacts
from app.compliance.rules.statements import Statement
from app.core.clock import LIMA
from app.forum.rules.seats import Side
from app.processes.rules.notice import Publication, notice_given
from app.processes.rules.schedule import OpportunityKind, OpportunityPlan, Schedule

DAY = date.fromisoformat


def lima(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LIMA)


def signed(finding: Finding, today: date, *without: Statement) -> Finding:
    """The finding once every statement it needs, but `without`, is attested."""
    standing = [Standing(s, Side.GOVERNMENT, today) for s in finding.needs if s not in without]
    return attestations.settle(finding, attestations.in_force(standing, today))


def met_on(*days: str, **facts: object) -> MeetingFacts:
    """Meetings of both sides with public minutes, on those days."""
    known = {"government": 3, "non_government": 4, **facts}
    listed = tuple(MeetingFact(n, DAY(day), minutes_on=DAY(day), **known) for n, day in enumerate(days, start=1))  # type: ignore[arg-type]
    return MeetingFacts(listed)


def schedule(start: str, *, is_complete: bool = True) -> Schedule:
    opportunity = OpportunityPlan(
        "taller", OpportunityKind.WORKSHOP, "Taller", lima(start), lima(start) + timedelta(hours=3), place="Local comunal",
        who_can_join="Todos", how_to_register="En la puerta" if is_complete else "", contact="foro@example.pe",
    )  # fmt: skip
    return Schedule(lima(start), (), (opportunity,))


def judged(*publications: tuple[str, Schedule, str], now: str = "2027-03-20T12:00") -> Finding:
    listed = [Publication(n, lima(at), said, reason) for n, (at, said, reason) in enumerate(publications, start=1)]
    given = notice_given(listed, now=lima(now))
    changed = DAY(publications[-1][0][:10]) if len(publications) > 1 else None
    return notice.judge(notice.NoticeFacts(given, changed_on=changed), lima(now).date())
