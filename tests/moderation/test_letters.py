"""What people are written when moderation acts on what they said, through a real SMTP server."""

from flask import Flask

from app.contributions.models import Contribution
from app.core.db import db
from app.deliberation import queries as deliberation
from app.moderation import queries, services
from app.moderation.rules import HidingReason
from app.moderation.rules.appeals import AppealOutcome
from app.notifications.cli import deliver_due
from tests.cast import FELIX, MARCO, ROSA
from tests.factories.deliberation import said, shown
from tests.notifications.test_delivery import Mailbox, mailbox  # noqa: F401 - a fixture
from tests.world import NOON, World

RUDE = "Quien propuso esto no sabe ni dónde vive, que se calle."


def test_every_act_is_told_in_words_with_the_link_to_appeal(app: Flask, world: World, mailbox: Mailbox) -> None:  # noqa: F811
    target = shown(world, email="autora@example.pe")
    rude = deliberation.comment_by_code(said(world, target, ROSA, RUDE).code)
    by = {"moderator_id": world.id_of(MARCO), "now": NOON}
    services.warn(rude, HidingReason.INSULT, "", **by)
    services.suspend(rude, HidingReason.INSULT, 7, "", **by)
    act = services.hide(rude, HidingReason.INSULT, "Nota interna", **by)
    other = queries.moderated(
        world.slug, shown(world, "otro", "Que pongan luz en la cancha de la comunidad.", email="otro@example.pe").code
    )
    services.retire(other, db.session.get_one(Contribution, target.id), **by)
    services.appeal(act, "Critiqué la idea, no a una persona.", now=NOON)
    reason = "Se criticaba la idea y no a la persona."
    appeal = queries.appeal_of_code(world.slug, rude.code)
    services.decide_appeal(appeal, AppealOutcome.OVERTURNED, reason, decider_id=world.id_of(FELIX), now=NOON)
    db.session.commit()
    deliver_due(lambda: NOON)
    told = [(letter["To"], str(letter.get_body(("plain",)).get_content())) for letter in mailbox.letters]
    assert sorted(to for to, _ in told) == sorted([ROSA.email] * 4 + ["otro@example.pe"])
    words = "\n".join(text for _, text in told)
    for expected in (
        "le advierte por lo que escribió", "hasta el sábado 27 de marzo de 2027", "lo retiró de la vista pública",
        f"a favor de {target.code}", "insulta o amenaza a personas", "Se revocó: fue un error", reason,
        f"/apelaciones/{services.appeal_token(act.id)}", f"/procesos/{world.slug}/moderacion",
    ):  # fmt: skip
        assert expected in words, expected
    assert "Nota interna" not in words and "Marco" not in words and RUDE not in words
    assert all(letter.get_body(("html",)) for letter in mailbox.letters)
