"""The rich world of deliberation and moderation: a comment, its report, an appeal, a wording for the draft."""

from typing import Any

from app.accounts.models import Person
from app.contributions import services as contributions
from app.contributions.models import Contribution
from app.contributions.rules.drafts import ContributionDraft
from app.contributions.rules.terms import NameConsent
from app.core.arrival import Arrival
from app.core.db import db
from app.deliberation import services as deliberation
from app.deliberation.rules.comments import CommentDraft, Side
from app.moderation import services as moderation
from app.moderation.rules import HidingReason
from app.processes.models import Process
from tests.cast import MARCO, MATEO, ROSA
from tests.world import NOON, World

SLOWLY = Arrival(seconds=60, address="rich")


def build_deliberation(world: World, process: Process, answered: str) -> dict[str, dict[str, Any]]:
    """Arguments that hold under some addresses. The caller commits."""
    target = db.session.query(Contribution).filter_by(code=answered).one()
    said = _comment(target, world, Side.QUESTION, "¿Quién pagará el turno de noche de la posta?", "rich-comment-question")
    rude = _comment(target, world, Side.AGAINST, "Un comentario que alguien consideró un insulto.", "rich-comment-appealed")
    moderation.report(said, HidingReason.OFF_TOPIC, "", person=_person(world, MATEO), came=SLOWLY, now=NOON)
    act = moderation.hide(rude, HidingReason.INSULT, "", moderator_id=world.id_of(MARCO), now=NOON)
    moderation.appeal(act, "No insulté a nadie: lean otra vez lo que dije.", now=NOON)
    own = moderation.hide(_spare(process), HidingReason.OFF_TOPIC, "", moderator_id=world.id_of(MARCO), now=NOON)
    carrier = _spare(process, "rich-wording-0001-aaaa")
    deliberation.propose_wording(
        carrier,
        clause="1/description",
        version_n=1,
        base="La posta atiende de noche.",
        proposed="La posta atiende de noche, todos los días.",
    )
    desk = "/mesa/procesos/<slug>/moderacion/<code>"
    return {
        "/apelaciones/": {"token": moderation.appeal_token(own.id)},
        "/denunciar/": {"code": answered},
        "/enmiendas/": {"token": contributions.receipt_token("rich-wording-0001-aaaa")},
        "/mesa/procesos/<slug>/comentarios/": {"code": said.code},
        "/mesa/procesos/<slug>/plan/enmiendas/": {"code": carrier.code},
        f"{desk}/advertir": {"code": said.code},
        f"{desk}/suspender": {"code": said.code},
        f"{desk}/levantar": {"code": said.code},
        f"{desk}/mantener": {"code": said.code},
        f"{desk}/apelacion": {"code": rude.code},
    }


def _comment(target: Contribution, world: World, side: Side, text: str, key: str) -> Any:
    draft = CommentDraft(side, text)
    return deliberation.comment(draft, target, _person(world, ROSA), submission_key=key, came=SLOWLY, now=NOON).comment


def _person(world: World, member: Any) -> Person:
    return db.session.get_one(Person, world.id_of(member))


def _spare(process: Process, key: str = "rich-appealable-0001") -> Contribution:
    draft = ContributionDraft(text="Que la plaza tenga bancas con sombra para esperar.", consent=NameConsent.ANONYMOUS)
    made = contributions.receive(draft, process, submission_key=key, received_at=NOON, now=NOON).contribution
    contributions.make_public(made, now=NOON)
    return made
