"""What people said: workshops, web, paper, phone, in the order it arrived."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from app.activities import queries as activities
from app.contributions import services as contributions
from app.contributions.rules.drafts import ContributionDraft
from app.contributions.rules.terms import Channel, Language, NameConsent, ProponentKind
from app.moderation import services as moderation
from app.moderation.rules import HidingReason
from app.organisations.rules import Sector
from app.processes.models import Process

if TYPE_CHECKING:
    from app.demo.services.load import Stage

CHANNELS = {
    "workshop": Channel.WORKSHOP,
    "web": Channel.WEB,
    "paper": Channel.PAPER,
    "phone": Channel.PHONE,
    "email": Channel.EMAIL,
    "window": Channel.WINDOW,
}
CONSENTS = {"name": NameConsent.NAME, "initials": NameConsent.INITIALS, "anonymous": NameConsent.ANONYMOUS}


def tell(stage: Stage, process: Process) -> None:
    """Receive every contribution and let the moderator see it; remembers the code of each key."""
    workshops = {activity.number: activity for activity in activities.activities(process.id)}
    for item in stage.content.contributions:
        received = stage.calendar.at(item["day"], item["time"])
        receipt = contributions.receive(
            _draft(item),
            process,
            submission_key=f"demo-{process.slug}-{item['key']}",
            received_at=received,
            now=received,
            captured_by_id=None if item["channel"] == "web" else stage.person("facilitator"),
            activity=workshops.get(item["workshop"]),
        )
        stage.codes[item["key"]] = receipt.contribution.code
        _moderate(stage, item, receipt.contribution)


def _draft(item: dict[str, Any]) -> ContributionDraft:
    return ContributionDraft(
        text=item["text"].strip(),
        title=item["title"],
        channel=CHANNELS[item["channel"]],
        consent=CONSENTS[item["consent"]],
        proponent_kind=ProponentKind.ORGANISATION if item["kind"] == "organisation" else ProponentKind.PERSON,
        speaker=item["speaker"],
        organisation=item["organisation"],
        sector=Sector(item["sector"]),
        email=item["email"],
        ubigeo=item["ubigeo"],
        language=Language(item["language"]),
        theme_slug=item["theme"],
    )


def _moderate(stage: Stage, item: dict[str, Any], contribution: Any) -> None:
    """Everything is public a few hours later, but for what is still held or was hidden."""
    seen = contribution.received_at + timedelta(hours=5)
    state = item.get("state", "public")
    if state == "hidden":
        moderation.hide(contribution, HidingReason(item["hidden_reason"]), "", moderator_id=stage.person("moderator"), now=seen)
    elif state == "public" and contribution.visibility == "held":
        moderation.publish(contribution, moderator_id=stage.person("moderator"), now=seen)
