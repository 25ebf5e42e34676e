"""Who is to answer what in the demonstration: given, passed on, given back; and the texts to start from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.assignments import queries
from app.assignments import services as assignments
from app.contributions import queries as contributions
from app.core.clock import lima_day
from app.demo.importing import known
from app.feedback import services as feedback
from app.feedback.rules.outcomes import Outcome, Reason
from app.feedback.rules.templates import TemplateDraft
from app.organisations import queries as organisations
from app.processes.models import Process

if TYPE_CHECKING:
    from app.demo.services.load import Stage


def tell(stage: Stage, process: Process) -> None:
    """Keep the templates, then each step of the assignments on its day."""
    written = stage.content.assignments
    for item in written.get("template", []):
        feedback.add_template(process, _template(item), person_id=stage.person("secretariat"), now=stage.calendar.at(item["day"], "16:00"))
    for item in written.get("batch", []):
        _give(stage, process, item)
    for item in written.get("forward", []):
        to = known(organisations.organisation_by_slug(item["to"]))
        when = stage.calendar.at(item["day"], item["time"])
        assignments.forward(_subject(stage, item), to, item["note"], person_id=stage.person(item["by"]), now=when)
    for item in written.get("return", []):
        when = stage.calendar.at(item["day"], item["time"])
        assignments.give_back(_subject(stage, item), item["note"], person_id=stage.person(item["by"]), now=when)


def _template(item: dict[str, Any]) -> TemplateDraft:
    reason = item.get("reason_code")
    return TemplateDraft(
        item["name"], Outcome(item["outcome"]), Reason(reason) if reason else None, item["text"].strip(), is_for_space=True
    )


def _give(stage: Stage, process: Process, item: dict[str, Any]) -> None:
    members = list(stage.codes) if item["members"] == "all" else item["members"]
    when = stage.calendar.at(item["day"], item["time"])
    ids = [known(contributions.contribution_by_code(stage.codes[key])).id for key in members]
    assignments.assign_many(
        process, ids, known(organisations.organisation_by_slug(item["to"])), stage.calendar.day(item["due_day"]),
        possible=queries.days_possible(process.id, lima_day(when)), note=item.get("note", ""), person_id=stage.person("secretariat"),
        now=when,
    )  # fmt: skip


def _subject(stage: Stage, item: dict[str, Any]) -> queries.Assignable:
    return known(queries.assignable(stage.codes[item["member"]]))
