"""Where a contribution and its answer stand, in the words of the workbench."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from flask_babel import gettext, ngettext

from app.core.dates import hour, long_date, short_date
from app.feedback import queries
from app.feedback.messages import SEATS
from app.feedback.rules.outcomes import Seat
from app.feedback.rules.pile import PileFilters
from app.feedback.views.pile import channel_names

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
        )
        if part
    ]


def keys(standing: Any) -> dict[Seat, dict[str, Any]]:
    """The two sectors and whether each has signed the text that stands."""
    signed = queries.versions_of([standing])[0].signatures if standing else {}
    return {
        seat: {
            "label": str(SEATS[seat]),
            "is_signed": seat in signed,
            "text": gettext("Firmó el %(day)s", day=short_date(signed[seat].signed_at)) if seat in signed else gettext("Falta una firma"),
        }
        for seat in Seat
    }
