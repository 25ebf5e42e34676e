"""Rows of calls as pages and data show them; what is restricted never gets here."""

from typing import Any

from app.calls import messages, queries
from app.calls.rules.applying import ApplicationState
from app.calls.rules.course import CallState, stage
from app.core import dates
from app.core.clock import lima_day

CHECKED = (ApplicationState.ELIGIBLE, ApplicationState.INELIGIBLE)
WITH_RESULTS = (CallState.RESULTS, CallState.FINISHED)


def stage_of(call: Any, now: Any) -> Any:
    return stage(call.state, call.dates, lima_day(now))


def offers(call_id: int) -> list[dict[str, Any]]:
    """Seats by sector: the word and the numbers."""
    found: dict[Any, list[int]] = {}
    for seat in queries.call_seats(call_id):
        found.setdefault(seat.sector, []).append(seat.number)
    return [{"sector": messages.SECTORS[sector], "key": sector.value, "numbers": numbers} for sector, numbers in found.items()]


def applications(call: Any) -> list[dict[str, Any]]:
    """What everybody may read of the applications: once checked, and the outcome once published. No name of a person."""
    has_results = call.state in WITH_RESULTS
    return [
        {
            "code": a.code, "number": a.number, "organisation": a.organisation_name, "sector": messages.SECTORS[a.sector],
            "motive": a.motive, "reform": a.reform, "is_ongoing": a.is_ongoing, "received_at": a.received_at, "state": a.state.value,
            "state_label": messages.STATES[a.state], "eligibility_reason": a.eligibility_reason,
            "outcome": a.outcome.value if has_results and a.outcome else "",
            "outcome_label": messages.OUTCOMES[a.outcome] if has_results and a.outcome else "", "reason": a.reason if has_results else "",
            "place": a.place if has_results else None, "points": points(a.points) if has_results else "", "seat": a.seat_number,
        }
        for a in queries.applications(call.id) if a.state in CHECKED
    ]  # fmt: skip


def points(hundredths: int | None) -> str:
    """ "82,50", or nothing."""
    return "" if hundredths is None else f"{hundredths // 100},{hundredths % 100:02}"


def claims(call: Any) -> list[dict[str, Any]]:
    return [
        {
            "code": c.application.code, "organisation": c.application.organisation_name, "text": c.text, "received_at": c.received_at,
            "answer": c.answer, "is_upheld": c.is_upheld, "answered_at": c.answered_at,
            "previous": messages.OUTCOMES[c.previous_outcome] if c.previous_outcome else "",
        }
        for c in queries.claims(call.id)
    ]  # fmt: skip


def jury(call: Any) -> list[dict[str, Any]]:
    return [
        {
            "office": j.office, "sector": messages.SECTORS[j.sector], "has_declared": j.declared_at is not None, "conflicts": j.conflicts,
            "note": j.note, "id": j.id,
        }
        for j in queries.jurors(call.id)
    ]  # fmt: skip


def facts(call: Any, now: Any) -> dict[str, Any]:
    """A call as JSON lists it."""
    return {
        "slug": call.slug, "title": call.title, "kind": call.kind.value, "space": call.space.slug, "stage": stage_of(call, now).value,
        "selection": call.selection.value, "published_at": dates.rfc3339(call.published_at) or None, "opens_on": call.opens_on.isoformat(),
        "closes_on": call.closes_on.isoformat(), "results_on": call.results_on.isoformat(), "claims_until": call.claims_until.isoformat(),
        "results_at": dates.rfc3339(call.results_at) or None,
    }  # fmt: skip
