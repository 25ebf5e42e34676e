"""The plan's story: opened, its sheets written, put to consultation, mended, approved, handed over, followed by both sectors."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from app.core.clock import lima_day
from app.demo import importing
from app.demo.importing import known
from app.evidence.services import FileUpload
from app.feedback import queries as feedback_queries
from app.feedback import services as feedback
from app.plans import queries, services
from app.plans.rules.commitments import ChallengeArea, CommitmentDraft, MilestoneDraft
from app.plans.rules.plan import PlanDraft, PlanSeat
from app.plans.rules.progress import Completion, ProgressDraft, ReadingOf, period_of
from app.plans.rules.template import BY_SECTION, Section, centimos
from app.processes.models import Process

if TYPE_CHECKING:
    from app.demo.services.load import Stage

READERS = {ReadingOf.GOVERNMENT: "ana2", ReadingOf.CIVIL_SOCIETY: "civil"}
NOT_TYPED = (Section.GENERAL,)  # what heads a commitment stands in plan.toml
SHEETS = "sheets.toml"


def write(stage: Stage, process: Process) -> None:
    """Open the plan with its commitments and write the sheets there are."""
    written = stage.content.plan.get("plan")
    if not written:
        return
    secretariat = stage.person("secretariat")
    when = stage.calendar.at(stage.content.process["process"]["start_day"] + 30) if stage.content.contributions else stage.now
    plan = services.open_plan(process, written["title"], summary=written["summary"], person_id=secretariat, now=when)
    draft = PlanDraft(
        written["title"], written["summary"], _day(stage, written, "starts"), _day(stage, written, "ends"), written.get("norm", "")
    )
    services.edit_plan(plan, draft, person_id=secretariat, now=when)
    for item in stage.content.plan.get("commitment", []):
        _commitment(stage, process, item, secretariat, when)
    for sheet in _sheets(stage).get("sheet", []):
        _sheet(process, sheet, secretariat, when)


def settle(stage: Stage, process: Process) -> None:
    """Consultation, what it moved, approval, delivery and the first semester, as far as the story goes."""
    plan, sheets = queries.plan_of(process.id), _sheets(stage)
    if plan is None:
        return
    if "consultation" in sheets:
        when = stage.calendar.at(sheets["consultation"]["day"], "09:00")
        waiting = feedback_queries.waiting_count(process.id)
        services.publish_for_consultation(plan, "", waiting=waiting, person_id=stage.person("secretariat"), now=when)
    for item in sheets.get("revision", []):
        commitment = known(queries.commitment_by_slug(process.slug, item["number"]))
        values = queries.values_of(commitment) | item["fields"]
        services.save_section(
            commitment, Section(item["section"]), values, revision=commitment.revision, person_id=stage.person("secretariat"),
            now=stage.calendar.at(item["day"], "16:00"),
        )  # fmt: skip
    _approve(stage, process)
    if "submission" in sheets:
        day = stage.calendar.day(sheets["submission"]["day"])
        services.record_submission(
            known(queries.plan_of(process.id)), day, sheets["submission"]["document"], "", person_id=stage.person("secretariat"),
            now=stage.calendar.at(sheets["submission"]["day"], "15:00"),
        )  # fmt: skip
    for item in sheets.get("progress", []):
        _progress(stage, process, item)


def _sheets(stage: Stage) -> dict[str, Any]:
    name = f"{stage.cast['content']}/{SHEETS}"
    return importing.read(name) if (importing.CONTENT / name).exists() else {}


def _day(stage: Stage, written: dict[str, Any], name: str) -> date | None:
    """A day of the calendar ("starts_day"), or a date as it is written."""
    if f"{name}_day" in written:
        return stage.calendar.day(written[f"{name}_day"])
    return date.fromisoformat(written[name]) if name in written else None


def _commitment(stage: Stage, process: Process, item: dict[str, Any], person_id: int, when: datetime) -> None:
    plan = known(queries.plan_of(process.id))
    draft = CommitmentDraft(item["title"], item["description"], item["responsible"], item.get("theme", ""), item["number"])
    commitment = services.add_commitment(plan, draft, person_id=person_id, now=when)
    commitment = known(queries.commitment_by_id(commitment.id))
    for step in item["milestone"]:
        milestone = MilestoneDraft(step["title"], date.fromisoformat(str(step["due"])), step["responsible"])
        services.add_milestone(commitment, milestone, number=step["number"], person_id=person_id, now=when)


def _sheet(process: Process, sheet: dict[str, Any], person_id: int, when: datetime) -> None:
    for section in (s for s in Section if s not in NOT_TYPED):
        values = {field.name: _typed(field.name, sheet) for field in BY_SECTION[section]}
        if any(value not in ("", None) for value in values.values()):
            commitment = known(queries.commitment_by_slug(process.slug, sheet["number"]))
            services.save_section(commitment, section, values, revision=commitment.revision, person_id=person_id, now=when)
    for step in sheet.get("milestone", []):
        milestone = known(queries.milestone_by_slug(process.slug, sheet["number"], step["number"]))
        starts = date.fromisoformat(step["starts"]) if "starts" in step else None
        draft = MilestoneDraft(milestone.title, milestone.due_on, milestone.responsible, step["output"], starts, step["evidence"])
        commitment = known(queries.commitment_by_slug(process.slug, sheet["number"]))
        services.edit_milestone(commitment, milestone, draft, person_id=person_id, now=when)


def _typed(name: str, sheet: dict[str, Any]) -> Any:
    if name == "budget_centimos":
        return centimos(sheet["budget"]) if "budget" in sheet else None
    if name == "challenge_area":
        return ChallengeArea(sheet[name]) if name in sheet else None
    return sheet.get(name, None if name == "is_sustained" else "")


def _approve(stage: Stage, process: Process) -> None:
    written = stage.content.plan.get("plan", {})
    if written.get("state") != "approved":
        return
    plan = known(queries.plan_of(process.id))
    when = stage.calendar.at(written["approved_day"], "11:00")
    people = {PlanSeat.GOVERNMENT: "government", PlanSeat.NON_GOVERNMENT: "civil"}
    for seat, who in people.items():
        feedback.sign_plan(plan, seat, revision=plan.revision, override_reason="", person_id=stage.person(who), now=when)


def _progress(stage: Stage, process: Process, item: dict[str, Any]) -> None:
    reading_of, when = ReadingOf(item["reading_of"]), stage.calendar.at(item["day"], "17:30")
    commitment = known(queries.commitment_by_slug(process.slug, item["number"]))
    draft = ProgressDraft(
        period=period_of(lima_day(when)), completion=Completion(item["completion"]), text=item["text"], percent=item.get("percent"),
        next_step=item.get("next_step", ""), milestone=item.get("milestone", ""), evidence_url=item.get("url", ""),
    )  # fmt: skip
    files = [FileUpload(item["file"], item["content"].encode())] if "file" in item else []
    update = services.report(
        commitment, draft, reading_of, seen_version=0, files=files, person_id=stage.person(READERS[reading_of]), now=when
    )
    if "verified_day" in item:
        update.commitment = commitment
        services.verify(update, item["note"], person_id=stage.person("secretariat"), now=stage.calendar.at(item["verified_day"], "10:00"))
