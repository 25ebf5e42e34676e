"""What the people of a participatory budget were told: an answer for each contribution, from what became of its project."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from app.budgeting.models import BudgetRound
from app.contributions import queries as contributions
from app.demo.importing import known
from app.demo.services.answers import POSTS
from app.feedback import queries as answers
from app.feedback import services as feedback
from app.feedback.rules.outcomes import Seat
from app.projects import services

if TYPE_CHECKING:
    from app.demo.services.load import Stage

SIGNERS = {Seat.GOVERNMENT: "government", Seat.NON_GOVERNMENT: "civil"}


def tell(stage: Stage, round_: BudgetRound, day: int, *, writer: str, organisation: str) -> None:
    """Drafted from the projects, signed by both sectors two days later and published together the day after; `organisation` is the
    slug of who answers. The caller commits."""
    process, written_at, author = known(round_.process), stage.calendar.at(day, "09:00"), stage.person(writer)
    made = services.prepare_answers(round_, organisation, person_id=author, now=written_at)
    written = [known(answers.open_decision(known(contributions.contribution_by_code(code)).id)) for code in made.drafted]
    ids = [decision.id for decision in written]
    if not ids:
        return
    sent = feedback.submit_many(process, [(d.id, d.revision) for d in written], person_id=author, now=written_at + timedelta(hours=1))
    if sent.problems:
        raise ValueError(sent.problems)
    for seat, signer in SIGNERS.items():
        waiting = [(decision, decision.sha256) for decision in answers.decisions_by_id(ids)]
        feedback.sign_many(waiting, seat, person_id=stage.person(signer), post=POSTS[seat], now=stage.calendar.at(day + 2, "16:00"))
    published_at = stage.calendar.at(day + 3, "12:00")
    feedback.publish_batch(process, answers.decisions_by_id(ids), person_id=stage.person("secretariat"), now=published_at)
