"""Minimum requirements: what applies to the space, outreach, what people attest and contradict, the daily visit and the first check."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from app.activities import queries as activities_queries
from app.activities import services as activities
from app.activities.rules.outreach import OutreachChannel, OutreachDraft
from app.compliance import queries
from app.compliance import services as compliance
from app.compliance.rules.attestations import ActKind, AttestationDraft, Method
from app.compliance.rules.profiles import Application, RequirementSet
from app.compliance.rules.statements import Statement
from app.core.clock import lima_day
from app.core.db import db
from app.demo import importing
from app.demo.importing import known
from app.forum.rules.seats import Side
from app.organisations.rules import Sector
from app.processes.models import Process

if TYPE_CHECKING:
    from app.demo.services.load import Stage

DAYS_VISITED = 14
CIVIL = "civil"


def tell(stage: Stage, process: Process) -> None:
    """Everything of requirements.toml, then fourteen days of visits and the first check. Older things come first."""
    written = importing.read(f"{stage.cast['content']}/requirements.toml")
    profile = {RequirementSet(name): Application(how) for name, how in written["profile"].items()}
    founded = stage.calendar.at(-100)
    compliance.choose_profile(stage.space, profile, person_id=stage.person("secretariat"), now=founded)
    for item in sorted(written["outreach"], key=lambda outreach: outreach["day"]):
        _reach(stage, process, item)
    for item in sorted(written["attestation"], key=lambda attestation: attestation["day"]):
        _attest(stage, process, item)
    for days_ago in range(DAYS_VISITED - 1, -1, -1):
        found = compliance.Found(compliance.Visit(stage.space.id, tuple(compliance.pages_of(stage.space))))
        compliance.keep_visit(found, now=stage.now - timedelta(days=days_ago))
    db.session.flush()
    compliance.check(process, now=stage.now)


def _reach(stage: Stage, process: Process, item: dict[str, Any]) -> None:
    when = stage.calendar.at(item["day"], "17:00")
    draft = OutreachDraft(
        done_on=lima_day(when), title=item["title"], channel=OutreachChannel(item["channel"]), sector=Sector(item["sector"]),
        message=item["message"], ubigeo=item.get("ubigeo", ""), language=item["language"], reach=item.get("reach"),
    )  # fmt: skip
    key = hashlib.sha256(f"demo-{process.slug}-{item['title']}".encode()).hexdigest()[:32]
    action = activities.record_outreach(process, draft, submission_key=key, person_id=stage.person("secretariat"), now=when)
    if "withdrawn_day" in item:
        activities.withdraw_outreach(
            action, item["withdrawn_reason"], person_id=stage.person("secretariat"), now=stage.calendar.at(item["withdrawn_day"])
        )


def _attest(stage: Stage, process: Process, item: dict[str, Any]) -> None:
    workshops = {activity.number: activity.opportunity.slug for activity in activities_queries.activities(process.id)}
    draft = AttestationDraft(
        Statement(item["statement"]),
        item["text"],
        item["post"],
        Method(item["method"]),
        about=workshops.get(item.get("about_workshop", 0), ""),
    )
    attestation = compliance.attest(
        process, draft, side=_side(item["by"]), person_id=stage.person(item["by"]), now=stage.calendar.at(item["day"], "11:30"),
        abouts=tuple(workshops.values()),
    )  # fmt: skip
    for act in item.get("act", []):
        row = known(queries.attestation_by_number(stage.space.slug, attestation.number))
        compliance.act(
            row, ActKind(act["kind"]), act["text"], post=act["post"], side=_side(act["by"]), person_id=stage.person(act["by"]),
            now=stage.calendar.at(act["day"], "16:00"),
        )  # fmt: skip


def _side(who: str) -> Side:
    return Side.NON_GOVERNMENT if who == CIVIL else Side.GOVERNMENT
