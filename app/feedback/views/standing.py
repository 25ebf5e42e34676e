"""Where a contribution and its answer stand, in the words of the workbench."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from flask_babel import gettext, ngettext

from app.core.dates import hour, long_date, short_date
from app.feedback import queries
from app.feedback.messages import SEATS
from app.feedback.rules.outcomes import Seat
from app.feedback.rules.pile import PileFilters
from app.feedback.views.cards import cut
from app.feedback.views.pile import channel_names
from app.plans import queries as plans
from app.plans.rules.clauses import sign

if TYPE_CHECKING:
    from app.contributions.models import Contribution


def narrowing(filters: PileFilters) -> list[str]:
    said = filters.said
    return [str(value) for value in (said.theme, said.channel, f"taller {said.workshop}" if said.workshop else "", said.q) if value]


def saved(standing: Any, now: datetime, just_now: bool) -> str:
    if standing is None:
        return gettext("Todavía sin guardar.")
    if just_now:
        return gettext("Guardado; falta corregir lo señalado para enviarlo a revisión.")
    seconds = int((now - standing.saved_at).total_seconds())
    if seconds < 60:
        return gettext("Guardado hace unos segundos.")
    if seconds < 3600:
        return ngettext("Guardado hace %(num)s minuto.", "Guardado hace %(num)s minutos.", seconds // 60)
    return gettext("Guardado el %(day)s, %(hour)s.", day=short_date(standing.saved_at), hour=hour(standing.saved_at))


def meta(contribution: Contribution) -> list[str]:
    """Where, when and who, as they agreed to be named."""
    activity = contribution.activity
    where = activity.opportunity.title if activity else ""
    who = contribution.public_name
    if contribution.organisation_name and contribution.organisation_name != who:
        who = f"{who}, {contribution.organisation_name}"
    return [
        part
        for part in (
            where or channel_names()[contribution.channel],
            long_date(contribution.received_at),
            who,
            contribution.territory.full_name if contribution.territory else "",
            contribution.theme.name if contribution.theme else "",
            commented_part(contribution.id),
        )
        if part
    ]


def commented_part(contribution_id: int) -> str:
    """Which part of the consulted draft a comment speaks of; empty for any other contribution."""
    place = plans.comment_places([contribution_id]).get(contribution_id)
    if place is None:
        return ""
    return gettext("Comenta %(clause)s del borrador, versión %(version)s", clause=sign(place.clause), version=place.version_n)


def keys(standing: Any) -> dict[Seat, dict[str, Any]]:
    """The two sectors: whether each has signed the text that stands, and whether it objects to it."""
    if standing is None:
        return keys_of("", {}, ())
    signed = queries.versions_of([standing])[0].signatures
    return keys_of(standing.sha256, signed, queries.objections_of([standing.id]).get(standing.id, ()))


def keys_of(sha256: str, signed: Mapping[Seat, Any], objections: Sequence[Any]) -> dict[Seat, dict[str, Any]]:
    """What components/two_keys.html draws of the text whose hash is `sha256`."""
    against = {row.seat: row for row in objections if row.withdrawn_at is None and row.sha256 == sha256}
    return {seat: _key(seat, signed.get(seat), against.get(seat)) for seat in Seat}


def _key(seat: Seat, signature: Any, objection: Any) -> dict[str, Any]:
    said = gettext("Firmó el %(day)s", day=short_date(signature.signed_at)) if signature else gettext("Falta una firma")
    if objection:
        said = gettext("Objeta desde el %(day)s: %(reason)s", day=short_date(objection.made_at), reason=cut(objection.reason, 120))
    return {"label": str(SEATS[seat]), "is_signed": signature is not None, "is_objected": objection is not None, "text": said}
