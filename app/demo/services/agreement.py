"""Where the two sectors did not agree: dissents beside what is public, objections to what is being signed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.contributions import queries as contributions
from app.core.db import db
from app.demo import importing
from app.demo.importing import known
from app.demo.services.answers import POSTS
from app.feedback import queries
from app.feedback import services as feedback
from app.feedback.models import Decision
from app.feedback.rules.outcomes import Seat

if TYPE_CHECKING:
    from app.demo.services.load import Stage


def tell(stage: Stage) -> None:
    """Everything of agreement.toml; where there is no such file everybody agreed."""
    file = f"{stage.cast['content']}/agreement.toml"
    if not (importing.CONTENT / file).exists():
        return
    written = importing.read(file)
    for item in written["dissent"]:
        _dissent(stage, item)
    for item in written["objection"]:
        _object(stage, item)
    db.session.flush()


def _standing(stage: Stage, key: str) -> Decision:
    contribution = known(contributions.contribution_by_code(stage.codes[key]))
    return known(queries.open_decision(contribution.id) or queries.current_decision(contribution.id))


def _dissent(stage: Stage, item: dict[str, Any]) -> None:
    seat, decision, person_id = Seat(item["seat"]), _standing(stage, item["key"]), stage.person(item["person"])
    notes = feedback.dissent(
        decision, seat, decision.sha256, item["text"], person_id=person_id, post=POSTS[seat], now=stage.calendar.at(item["day"], "16:00")
    )
    if "withdrawn_day" in item:
        note = known(queries.dissent_note(stage.codes[item["key"]], notes[0].id))
        when = stage.calendar.at(item["withdrawn_day"], "10:00")
        feedback.withdraw_dissent(note, item["withdrawal_reason"], person_id=person_id, now=when)


def _object(stage: Stage, item: dict[str, Any]) -> None:
    seat, decision, person_id = Seat(item["seat"]), _standing(stage, item["key"]), stage.person(item["person"])
    made = feedback.object_to(
        decision, seat, decision.sha256, item["reason"], person_id=person_id, post=POSTS[seat], now=stage.calendar.at(item["day"], "16:00")
    )
    if "withdrawn_day" in item:
        feedback.withdraw_objection(made[0], person_id=person_id, now=stage.calendar.at(item["withdrawn_day"], "10:00"))
