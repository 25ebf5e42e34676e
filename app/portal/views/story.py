"""What happened to a contribution, in order, as the knots of a cord."""

from __future__ import annotations

from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.contributions import queries as contributions
from app.core import clock, dates
from app.feedback import messages as feedback_messages
from app.feedback import queries as feedback
from app.letters import messages as letters_messages
from app.letters import queries as letters
from app.letters.rules.replies import ReplyState
from app.portal import messages, queries


def story(contribution: Any, now: Any) -> list[dict[str, Any]]:
    """What happened to it, in order, as the knots of a cord; the last one is where it stands."""
    knots = [_knot(_("Recibido"), contribution.received_at, messages.RECEIVED_BY[contribution.channel])]
    knots += [_knot(_("Se publica en la lista"), at, "") for at in queries.publications_of(contribution.id)]
    page = feedback.answer_page(contribution)
    outcomes: dict[Any, str] = {outcome: str(label) for outcome, label in feedback_messages.OUTCOMES.items()}
    for version in page.versions:
        outcome = outcomes.get(version.decision.outcome, "")
        title = (
            _("Respuesta: %(outcome)s", outcome=outcome)
            if version.decision.version == 1
            else _("Respuesta corregida: %(outcome)s", outcome=outcome)
        )
        knots.append(_knot(title, version.decision.published_at, version.decision.correction_reason))
    ending = contributions.withdrawal_of(contribution.id)
    if ending is not None and ending.in_favour_of is not None:
        knots.append(_knot(_("Su autor lo retira en favor de %(code)s", code=ending.in_favour_of.code), ending.at, ""))
    for reply in letters.replies_of([contribution.id]).get(contribution.id, ()):
        knots += _reply_knots(reply, contribution.code)
    knots.sort(key=lambda knot: knot["opens"])
    for title, due in queries.milestones_fed_by(page):
        state = "done" if due < clock.lima_day(now) else "next"
        knots.append({**_knot(title, None, ""), "span": dates.short_date(due), "opens": due.isoformat(), "state": state})
    if contribution.answered_at is None:
        days = clock.days_between(clock.lima_day(contribution.received_at), clock.lima_day(now))
        knots.append(
            {**_knot(_("Espera respuesta"), None, ngettext("desde hace %(num)d día", "desde hace %(num)d días", days)), "state": "now"}
        )
    return knots


def _reply_knots(reply: Any, code: str) -> list[dict[str, Any]]:
    """What the author said to the answer, and what the forum did with it: while it is open, the contribution is in reply."""
    title = _("Réplica %(number)s: %(kind)s", number=reply.number, kind=str(letters_messages.SAID_KINDS[reply.kind]).lower())
    is_open = reply.state is ReplyState.OPEN
    said = _knot(title, reply.received_at, _("En réplica: espera respuesta del foro.") if is_open else "")
    href = url_for("letters.replies", code=code, _anchor=f"replica-{reply.number}")
    said |= {"state": "now" if is_open else "done", "links": [{"text": _("Leer la réplica"), "href": href}]}
    if reply.outcome is None:
        return [said]
    closed = _("La réplica %(number)s: %(state)s", number=reply.number, state=str(letters_messages.STATES[reply.outcome.state]).lower())
    return [said, _knot(closed, reply.outcome.at, "")]


def _knot(title: str, at: Any, summary: str) -> dict[str, Any]:
    return {
        "title": title,
        "summary": str(summary),
        "span": dates.short_date(at),
        "opens": clock.lima_day(at).isoformat() if at else "",
        "state": "done",
        "now": "",
        "actions": [],
        "links": [],
    }
