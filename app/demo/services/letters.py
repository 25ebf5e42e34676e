"""Letters printed and handed over, and what authors said to their answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.contributions.models import Contribution
from app.contributions.rules.terms import Channel
from app.core.clock import lima_day
from app.core.db import db
from app.demo import importing
from app.demo.importing import known
from app.feedback import queries as feedback
from app.letters import queries
from app.letters import services as letters
from app.letters.rules.deliveries import DeliveryNote, DeliveryStep
from app.letters.rules.replies import ReplyDraft, ReplyKind, ReplyState
from app.processes.models import Process
from app.spaces.rules import Role

if TYPE_CHECKING:
    from app.demo.services.load import Stage


def arrive(stage: Stage) -> None:
    """Every reply of letters.toml reaches the answer it was given to: before those answers are corrected."""
    for item in _written(stage).get("reply", []):
        when = stage.calendar.at(item["day"], "18:20")
        recorded_by = stage.person(item["recorded_by"]) if "recorded_by" in item else None
        sender = letters.Sender(Channel(item.get("channel", "web")), lima_day(when), recorded_by_id=recorded_by)
        reply = letters.take(_contribution(stage, item["key"]), ReplyDraft(ReplyKind(item["kind"]), item.get("text", "")), sender, now=when)
        if "read_by" in item:
            letters.let_read(reply, person_id=stage.person(item["read_by"]), now=stage.calendar.at(item["day"], "19:40"), role="moderación")
    db.session.flush()


def tell(stage: Stage, process: Process) -> None:
    """What the forum did with each reply, and the letters that went out on paper; nothing where there is no letters.toml."""
    written = _written(stage)
    for item in written.get("reply", []):
        if "outcome" in item:
            _settle(stage, item)
    for item in written.get("run", []):
        chosen = [_decision_id(stage, key) for key in item["letters"]]
        letters.print_letters(process, chosen, person_id=stage.person(item["by"]), now=stage.calendar.at(item["day"], "11:00"))
    for item in written.get("handed", []):
        _hand_over(stage, item)
    db.session.flush()


def _written(stage: Stage) -> dict[str, Any]:
    file = f"{stage.cast['content']}/letters.toml"
    return importing.read(file) if (importing.CONTENT / file).exists() else {}


def _contribution(stage: Stage, key: str) -> Contribution:
    return known(feedback.contribution_for_staff(stage.codes[key]))


def _decision_id(stage: Stage, key: str) -> int:
    return known(feedback.current_decision(_contribution(stage, key).id)).id


def _settle(stage: Stage, item: dict[str, Any]) -> None:
    code, person_id = stage.codes[item["key"]], stage.person(item["settled_by"])
    reply = known(queries.reply_by_number(code, 1))
    when = stage.calendar.at(item["settled_day"], item.get("settled_time", "10:30"))
    letters.settle(reply, ReplyState(item["outcome"]), item["answer"], role=Role(item["role"]), person_id=person_id, now=when)
    if "changed_version" in item:
        versions = {d.version: d for d in queries.corrections_after(reply)}
        letters.link_change(reply, versions[item["changed_version"]], person_id=person_id, now=when, role="foro, por la sociedad civil")


def _hand_over(stage: Stage, item: dict[str, Any]) -> None:
    note = DeliveryNote(DeliveryStep.HANDED_OVER, stage.calendar.day(item["day"]), item["note"])
    for key in item["letters"]:
        decision = known(feedback.current_decision(_contribution(stage, key).id))
        letters.record(decision, note, person_id=stage.person(item["by"]), now=stage.calendar.at(item["day"], "17:00"))
