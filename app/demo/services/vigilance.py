"""What the committee found, and what it was answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.agreements import queries as agreements
from app.budgeting.models import BudgetRound
from app.demo import importing
from app.vigilance import queries, services
from app.vigilance.rules.findings import FindingDraft, FindingState, Gravity, ReplyDraft

if TYPE_CHECKING:
    from app.demo.services.load import Stage


def tell(stage: Stage, round_: BudgetRound) -> None:
    """One finding about a line of the act, with its reply; nothing without a committee. The caller commits."""
    committee = queries.committee_of(round_.id)
    act = agreements.standing_act(round_.id)
    if committee is None or act is None:
        return
    item = importing.read(f"{stage.space.slug}/agreements.toml")["finding"]
    people = [m.agent.person_id for m in queries.members(committee.id) if m.agent.person_id is not None]
    if not people:
        return
    line = next((row for row in agreements.lines_of(act.id) if row.number == item["line"]), None)
    draft = FindingDraft(item["title"], item["what"], item["asked"], Gravity(item["gravity"]), line.code if line else "")
    finding = services.propose(committee, draft, person_id=people[0], now=stage.calendar.at(item["day"], "10:00"))
    for person_id in people[1:]:
        if finding.state is FindingState.PROPOSED:
            finding = services.approve(finding, finding.sha256, person_id=person_id, now=stage.calendar.at(item["day"], "18:00"))
    if finding.state is FindingState.PUBLISHED:
        when = stage.calendar.at(item["replied_day"], "11:00")
        reply = ReplyDraft(item["reply"], stage.calendar.day(item["until_day"]))
        services.reply(finding, reply, entity=stage.space.name, person_id=stage.person("tomas"), now=when, role="equipo técnico municipal")
