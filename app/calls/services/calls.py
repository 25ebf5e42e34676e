"""A call as it is written, published, cancelled and closed."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError

from app.audit import services as audit
from app.calls import queries
from app.calls.models import Call, CallCriterion, CallSeat
from app.calls.rules import course as rules
from app.calls.rules.course import CallDraft, CallProblem, CallStage, CallState, CriterionDraft, SeatOffer
from app.core.clock import lima_day
from app.core.db import db
from app.core.errors import Problem, SomebodyWasFirst, refuse_if_any
from app.core.text import clean, clean_line, to_html
from app.core.text import slug as to_slug
from app.spaces.models import Space

SECRETARIAT = "secretaría"


def touch_public(call: Call) -> None:
    """Something public of the call changed: visitors no longer get 304. The caller commits."""
    db.session.flush()
    db.session.execute(
        update(Call).where(Call.id == call.id).values(public_revision=Call.public_revision + 1),
        execution_options={"synchronize_session": False},
    )
    db.session.refresh(call, ["public_revision"])


def stage_of(call: Call, now: datetime) -> CallStage:
    return rules.stage(call.state, call.dates, lima_day(now))


def save_call(space: Space, draft: CallDraft, *, call: Call | None, person_id: int, now: datetime) -> Call:
    """Keep a draft, new or changed; nothing of it is public yet. The caller commits. Raises RuleBroken for a published one."""
    if call is not None and call.state is not CallState.DRAFT:
        refuse_if_any([Problem(CallProblem.NOT_A_DRAFT)])
    if call is None:
        call = _new(space, draft, person_id, now)
    call.kind, call.title, call.selection = draft.kind, clean_line(draft.title), draft.selection
    call.summary, call.text, call.html = clean(draft.summary), clean(draft.text), str(to_html(draft.text))
    call.requirements, call.requirements_html = clean(draft.requirements), str(to_html(draft.requirements))
    call.norm, call.contact = clean_line(draft.norm), clean_line(draft.contact)
    call.opens_on, call.closes_on, call.results_on, call.claims_until = (
        draft.opens_on,
        draft.closes_on,
        draft.results_on,
        draft.claims_until,
    )
    call.term_starts_on, call.term_ends_on = draft.term_starts_on, draft.term_ends_on
    db.session.add(call)
    try:
        db.session.flush()
    except IntegrityError as lost:
        db.session.rollback()
        raise SomebodyWasFirst from lost
    for table in (CallSeat, CallCriterion):
        db.session.execute(delete(table).where(table.call_id == call.id))
    db.session.add_all(CallSeat(call_id=call.id, number=n, sector=offer.sector) for offer in draft.seats for n in offer.numbers)
    db.session.add_all(
        CallCriterion(
            call_id=call.id,
            position=place,
            name=clean_line(c.name),
            weight=c.weight,
            scale=c.scale,
            how_to_check=clean_line(c.how_to_check),
        )
        for place, c in enumerate(draft.criteria, 1)
    )
    db.session.flush()
    return call


def _new(space: Space, draft: CallDraft, person_id: int, now: datetime) -> Call:
    slug = to_slug(draft.title)
    if not slug:
        refuse_if_any([Problem(CallProblem.TITLE_MISSING, "title")])
    if queries.call_by_slug(slug) is not None:
        refuse_if_any([Problem(CallProblem.SLUG_TAKEN, "title")])
    call = Call(
        space_id=space.id, number=queries.last_call_number(space.id) + 1, slug=slug, state=CallState.DRAFT, created_by_id=person_id,
        created_at=now, public_revision=0,
    )  # fmt: skip
    call.space = space
    return call


def draft_of(call: Call) -> CallDraft:
    """The call as the rules judge it."""
    offers: dict[Any, list[int]] = {}
    for seat in queries.call_seats(call.id):
        offers.setdefault(seat.sector, []).append(seat.number)
    return CallDraft(
        call.kind, call.title, call.summary, call.text, call.requirements, call.selection, call.opens_on, call.closes_on, call.results_on,
        call.claims_until, call.norm, call.contact, call.term_starts_on, call.term_ends_on,
        tuple(SeatOffer(sector, tuple(numbers)) for sector, numbers in offers.items()),
        tuple(CriterionDraft(c.name, c.weight, c.how_to_check, c.scale) for c in queries.call_criteria(call.id)),
    )  # fmt: skip


def publish(call: Call, *, person_id: int, now: datetime) -> None:
    """Notice for everybody: what is offered and asked, how it is decided, until when. It no longer changes. The caller commits."""
    draft = draft_of(call)
    refuse_if_any(rules.problems_with_publishing(draft, call.state, now))
    call.state, call.published_at = CallState.PUBLISHED, now
    facts = {
        "number": call.number, "kind": str(call.kind), "opens_on": call.opens_on.isoformat(), "closes_on": call.closes_on.isoformat(),
        "seats": sum(len(offer.numbers) for offer in draft.seats), "criteria": len(draft.criteria), "selection": str(call.selection),
        "text_sha256": sha256("\n".join((call.title, call.text, call.requirements))),
    }  # fmt: skip
    register("calls.publish", call, facts, now)


def cancel(call: Call, reason: str, *, person_id: int, now: datetime) -> None:
    """It goes no further; its page says why. The caller commits. Raises RuleBroken."""
    if call.state not in (CallState.PUBLISHED, CallState.EVALUATING):
        refuse_if_any([Problem(CallProblem.NOT_PUBLIC)])
    if len(reason.strip()) < rules.SHORTEST_REASON:
        refuse_if_any([Problem(CallProblem.REASON_MISSING, "reason", {"shortest": rules.SHORTEST_REASON})])
    call.state, call.closing_note, call.finished_at = CallState.CANCELLED, clean(reason), now
    register("calls.cancel", call, {"number": call.number, "reason_sha256": sha256(call.closing_note)}, now)


def finish(call: Call, *, person_id: int, now: datetime) -> None:
    """Claims are over and answered: the call is closed. The caller commits. Raises RuleBroken."""
    stage = stage_of(call, now)
    if stage is CallStage.CLAIMS:
        refuse_if_any([Problem(CallProblem.CLAIMS_RUNNING)])
    if stage is not CallStage.RESULTS:
        refuse_if_any([Problem(CallProblem.NOT_PUBLIC)])
    if any(claim.answered_at is None for claim in queries.claims(call.id)):
        refuse_if_any([Problem(CallProblem.CLAIMS_UNANSWERED)])
    call.state, call.finished_at = CallState.FINISHED, now
    register("calls.finish", call, {"number": call.number}, now)


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def register(action: str, call: Call, facts: Mapping[str, Any], now: datetime, role: str = SECRETARIAT) -> None:
    """One public act of the call, in the register and on its page."""
    db.session.flush()
    audit.record(action, "call", call.slug, dict(facts), at=now, role=role)
    touch_public(call)
