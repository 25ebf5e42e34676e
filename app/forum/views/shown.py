"""Rows of the forum as the components draw them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.core import dates
from app.core.clock import lima_day
from app.forum import messages, queries
from app.forum.rules.meetings import MeetingKind, hearing_stage, is_overdue
from app.forum.rules.periods import Gap
from app.forum.rules.seats import Side, balance


def composition(seats: Sequence[Any]) -> dict[str, Any]:
    """The balance for components/seat_balance.html: each side with its sectors, one dot a seat."""
    found = balance(seat.sector for seat in seats)
    sides: dict[Side, list[dict[str, Any]]] = {side: [] for side in Side}
    for sector, count in found.sectors:
        side = next(seat.side for seat in seats if seat.sector is sector)
        sides[side].append({"label": messages.SECTORS[sector], "count": count})
    totals = {Side.GOVERNMENT: found.government, Side.NON_GOVERNMENT: found.non_government}
    return {
        "total": found.total,
        "sides": [{"key": side.value, "label": messages.SIDES[side], "count": totals[side], "sectors": sides[side]} for side in Side],
    }


def state_of(meeting: Any, agreements: Iterable[Any] = ()) -> str:
    """The state of a meeting in words; a hearing tells its own stages."""
    if meeting.kind is MeetingKind.HEARING and meeting.state.value not in ("cancelled", "no-quorum"):
        stage = hearing_stage(
            meeting.state, has_report=meeting.report_published_at is not None, agreements=[agreement.state for agreement in agreements]
        )
        return str(messages.STAGES[stage])
    return str(messages.STATES[meeting.state])


def when(starts_at: datetime, ends_at: datetime) -> str:
    """ "sábado 10 de abril de 2027, de 10:00 a 13:00, hora de Lima"."""
    day, start, end = dates.long_date(starts_at), dates.hour(starts_at), dates.hour(ends_at)
    return _("%(day)s, de %(start)s a %(end)s, hora de Lima", day=day, start=start, end=end)


def gap_words(gap: Gap) -> str:
    """ "4,3 meses", "18 días" when it is less than a month."""
    days = (gap.until - gap.since).days
    if days < 31:
        return ngettext("%(num)d día", "%(num)d días", days)
    return _("%(months)s meses", months=f"{gap.tenths_of_months // 10},{gap.tenths_of_months % 10}")


def agreement_rows(rows: Iterable[Any], today: date) -> list[dict[str, Any]]:
    """Agreements as forum/_agreements.html lists them."""
    return [
        {
            "number": f"{row.meeting.number}.{row.number}", "text": row.text, "owner": row.owner, "due_on": row.due_on,
            "organisation": row.owner_organisation.name if row.owner_organisation and row.owner not in row.owner_organisation.name else "",
            "state": row.state.value, "label": messages.AGREEMENTS[row.state], "is_overdue": is_overdue(row.state, row.due_on, today),
            "days_late": (today - row.due_on).days, "outcome": row.outcome, "evidence_url": row.evidence_url, "closed_at": row.closed_at,
            "meeting": row.meeting.slug, "n": row.number, "id": row.id,
        }
        for row in rows
    ]  # fmt: skip


def files(rows: Iterable[Any]) -> list[dict[str, str]]:
    """Public files as components/attachment_list.html lists them."""
    return [{"text": f.title, "href": url_for("evidence.download", key=f.key), "detail": f.detail, "note": ""} for f in rows]


def vote_rows(votes: Iterable[Any], options: Mapping[int, str]) -> list[dict[str, Any]]:
    """Every vote of a closed motion, by seat."""
    return [
        {
            "number": vote.seat_number, "holder": vote.seat.alternate_name if vote.who.value == "alternate" else vote.seat.holder_name,
            "who": messages.SITTINGS[vote.who], "sector": messages.SECTORS[vote.seat.sector],
            "organisation": vote.seat.organisation.name if vote.seat.organisation else "",
            "choice": vote.choice.value if vote.choice else "", "label": messages.CHOICES[vote.choice] if vote.choice else "",
            "ranking": [options[position] for position in vote.ranking if position in options], "reason": vote.reason,
            "is_by_hand": vote.is_by_hand, "cast_at": vote.cast_at,
        }
        for vote in votes
    ]  # fmt: skip


def places(motion: Any, options: Mapping[int, str]) -> list[dict[str, Any]]:
    """The places of a closed ranking."""
    rows = (motion.result or {}).get("places", [])
    return [{**row, "text": options.get(row["option"], "")} for row in rows]


def presence(meeting: Any) -> dict[str, Any]:
    """Who came, by seat, and guests in numbers."""
    came = queries.attendance(meeting.id)
    return {
        "seats": [
            {
                "number": row.seat.number, "name": row.seat.alternate_name if row.who.value == "alternate" else row.seat.holder_name,
                "who": messages.SITTINGS[row.who], "sector": messages.SECTORS[row.seat.sector],
                "organisation": row.seat.organisation.name if row.seat.organisation else "",
            }
            for row in came
        ],
        "guests": [{"label": messages.SECTORS[sector], "value": people} for sector, people in queries.guests(meeting.id).items()],
    }  # fmt: skip


def keys(approvals: Iterable[Any], sha256: str) -> list[dict[str, Any]]:
    """The approval of each side for components/two_keys.html."""
    given = {approval.side: approval for approval in approvals if approval.sha256 == sha256}
    return [
        {
            "label": messages.SIDES[side], "is_signed": side in given,
            "text": _("Aprobó el %(day)s", day=dates.short_date(given[side].approved_at)) if side in given else _("Falta su aprobación"),
        }
        for side in Side
    ]  # fmt: skip


def term(seat: Any, today: date) -> dict[str, Any]:
    """One term of a seat for lists."""
    return {
        "number": seat.number, "sector": messages.SECTORS[seat.sector], "side": messages.SIDES[seat.side],
        "organisation": seat.organisation.name if seat.organisation else "", "holder": seat.holder_name, "alternate": seat.alternate_name,
        "starts_on": seat.starts_on, "ends_on": seat.ends_on, "appointed_by": seat.appointed_by, "document_url": seat.document_url,
        "end_reason": seat.end_reason, "is_current": seat.starts_on <= today and (seat.ends_on is None or seat.ends_on >= today),
        "is_over": seat.ends_on is not None and seat.ends_on < today, "id": seat.id, "has_account": bool(seat.holder_id),
    }  # fmt: skip


def held_on(meeting: Any) -> date:
    return lima_day(meeting.held_at or meeting.starts_at)
