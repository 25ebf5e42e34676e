"""The story of a process: created, its schedule published in versions, its workshops held."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from app.activities import services as activities
from app.activities.rules import Dimension
from app.core.clock import end_of_lima_day, start_of_lima_day
from app.demo.importing import known
from app.evidence import services as evidence
from app.evidence.rules import AttachmentKind
from app.forum.rules.seats import Side
from app.processes import queries
from app.processes import services as processes
from app.processes.models import Process
from app.processes.rules.readings import ReadingDraft, ReadingLanguage
from app.processes.rules.schedule import OpportunityKind, OpportunityPlan, PhaseKind, PhaseSpan, Schedule
from app.processes.rules.states import ApprovalSeat, Influence, ProcessKind

if TYPE_CHECKING:
    from app.demo.services.load import Stage


def tell(stage: Stage) -> Process:
    """Create the process, publish every version of its schedule and record its workshops."""
    process = _create(stage)
    _criteria(stage, process)
    for version in stage.content.process["version"]:
        _publish(stage, process, version)
    written = stage.content.process["process"]
    start = stage.calendar.at(written["start_day"], written["start_time"])
    if start < stage.now:
        processes.record_start(process, start, person_id=stage.person("secretariat"), now=start)
    for workshop in stage.content.process.get("workshop", []):
        _hold(stage, process, workshop)
    for reading in stage.content.process.get("reading", []):
        when = stage.calendar.at(reading["day"], "10:00")
        draft = ReadingDraft(ReadingLanguage(reading["language"]), reading["text"], reading["tried_with"])
        processes.publish_reading(process, draft, person_id=stage.person("secretariat"), now=when)
    return process


def _create(stage: Stage) -> Process:
    written = stage.content.process["process"]
    first = stage.content.process["version"][0]
    created = stage.calendar.at(first["day"] - 4, "09:00")
    process = processes.create_process(
        processes.ProcessDraft(
            slug=written["slug"],
            code=written["code"],
            kind=ProcessKind(written["kind"]),
            title=written["title"],
            summary=written["summary"],
            description=written["description"],
            influence=Influence(written["influence"]),
            influence_note=written["influence_note"],
        ),
        space=stage.space,
        person_id=stage.person("secretariat"),
        now=created,
    )
    for theme in stage.content.process["theme"]:
        processes.add_theme(process, processes.ThemeDraft(**theme), person_id=stage.person("secretariat"), now=created)
    return process


def _criteria(stage: Stage, process: Process) -> None:
    first = stage.content.process["version"][0]
    when = stage.calendar.at(first["day"] - 3, "09:00")
    criteria = stage.content.plan.get("criterion", [])
    for criterion in criteria:
        processes.add_criterion(process, processes.CriterionDraft(**criterion), person_id=stage.person("secretariat"), now=when)
    if criteria:
        processes.publish_criteria(process, person_id=stage.person("secretariat"), now=when)


def _publish(stage: Stage, process: Process, version: dict[str, Any]) -> None:
    when = stage.calendar.at(version["day"], version["time"])
    drafted, approved = when - timedelta(days=2), when - timedelta(hours=20)
    secretariat = stage.person("secretariat")
    draft = processes.open_draft(process, person_id=secretariat, now=drafted)
    processes.save_draft(
        draft, _schedule(stage, version), reason=version["note"], revision=draft.revision, person_id=secretariat, now=drafted
    )
    processes.submit(draft, person_id=secretariat, now=drafted + timedelta(minutes=5))
    processes.approve(draft, ApprovalSeat.SECRETARIAT, draft.sha256, person_id=secretariat, now=approved)
    processes.approve(draft, ApprovalSeat.NON_GOVERNMENT, draft.sha256, person_id=stage.person("civil"), now=approved)
    processes.publish(draft, person_id=secretariat, now=when)


def _schedule(stage: Stage, version: dict[str, Any]) -> Schedule:
    written = stage.content.process
    moves = {move["slug"]: move for move in version.get("moves", [])}
    opportunities = [
        {**item, **moves.get(item["slug"], {})} for item in written["opportunity"] if item["slug"] not in version.get("drop", [])
    ]
    return Schedule(
        start_at=stage.calendar.at(written["process"]["start_day"], written["process"]["start_time"]),
        phases=tuple(_phases(stage, written["phase"])),
        opportunities=tuple(sorted((_opportunity(stage, item) for item in opportunities), key=lambda o: (o.starts_at, o.slug))),
    )


def _phases(stage: Stage, written: Iterable[dict[str, Any]]) -> Iterable[PhaseSpan]:
    for item in written:
        yield PhaseSpan(
            PhaseKind(item["kind"]),
            item["title"],
            item["summary"],
            start_of_lima_day(stage.calendar.day(item["opens_day"])),
            end_of_lima_day(stage.calendar.day(item["closes_day"])),
        )


def _opportunity(stage: Stage, item: dict[str, Any]) -> OpportunityPlan:
    days = {"start_day", "start_time", "end_day", "end_time"}
    rest = {key: value for key, value in item.items() if key not in days}
    rest["kind"] = OpportunityKind(item["kind"])
    return OpportunityPlan(
        **rest,
        starts_at=stage.calendar.at(item["start_day"], item["start_time"]),
        ends_at=stage.calendar.at(item["end_day"], item["end_time"]),
    )


def _hold(stage: Stage, process: Process, workshop: dict[str, Any]) -> None:
    opportunity = known(queries.opportunity(process.slug, workshop["opportunity"]))
    facilitator = stage.person("facilitator")
    began = stage.calendar.at(workshop["held_day"], workshop["start_time"])
    ended = stage.calendar.at(workshop["held_day"], workshop["end_time"])
    activity = activities.open_record(
        opportunity, number=workshop["number"], facilitator_id=facilitator, person_id=facilitator, now=began - timedelta(days=1)
    )
    activities.record_held(activity, started_at=began, ended_at=ended, person_id=facilitator, now=ended)
    counts = {Dimension(name): dict(values) for name, values in workshop["attendance"].items()}
    activities.set_attendance(activity, counts, person_id=facilitator, now=ended + timedelta(hours=2))
    for item in workshop.get("agreement", []):
        due_on = stage.calendar.day(item["due_day"])
        activities.add_agreement(activity, item["text"], item["owner"], due_on, person_id=facilitator, now=ended + timedelta(hours=3))
    minutes = activities.save_minutes(activity, workshop["minutes"], person_id=facilitator, now=ended + timedelta(days=1))
    for side, who in ((Side.GOVERNMENT, "government"), (Side.NON_GOVERNMENT, "civil")):
        activities.approve_minutes(activity, side, minutes.sha256, person_id=stage.person(who), now=ended + timedelta(days=1, hours=6))
    evidence.attach(
        evidence.FileUpload(f"asistencia-taller-{workshop['number']}.csv", _attendance_csv(counts)),
        subject_kind="activity",
        subject_id=activity.id,
        kind=AttachmentKind.DATA,
        title="Asistencia en cifras",
        is_public=True,
        person_id=facilitator,
        now=ended + timedelta(days=1),
        scope=process.scope,
    )
    activities.publish_record(activity, person_id=facilitator, now=ended + timedelta(days=2))


def _attendance_csv(counts: dict[Dimension, dict[str, int]]) -> bytes:
    """The sectors only: small groups by sex, age or language are not published."""
    rows = [f"sector;{category};{people}" for category, people in counts[Dimension.SECTOR].items()]
    return "\r\n".join(["dimension;grupo;personas", *rows, ""]).encode("utf-8")
