"""Reading calls: lists, one with what it offers and asks, applications, jury and claims."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.calls.models import Application, Call, CallCriterion, CallSeat, Claim, Juror, Score
from app.calls.rules.course import CallState
from app.core.db import db
from app.core.web import PER_PAGE, Page
from app.spaces.models import Space

APPLICATION_SUBJECT, CALL_SUBJECT = "call-application", "call"


def public_call(slug: str) -> Call | None:
    """A published call, space and motion loaded; None for a draft."""
    return db.session.scalar(
        select(Call)
        .where(Call.slug == slug, Call.state != CallState.DRAFT, Call.published_at.is_not(None))
        .options(joinedload(Call.space), joinedload(Call.motion))
    )


def desk_call(slug: str, call: str) -> Call | None:
    """Any call of that space, also a draft."""
    return db.session.scalar(
        select(Call)
        .join(Space, Space.id == Call.space_id)
        .where(Space.slug == slug, Call.slug == call)
        .options(joinedload(Call.space), joinedload(Call.motion))
    )


def public_calls(page: int) -> Page:
    """Published calls, latest first, 30 to a page, spaces loaded."""
    chosen = select(Call).where(Call.published_at.is_not(None))
    total = db.session.scalar(select(func.count()).select_from(chosen.subquery())) or 0
    rows = chosen.options(joinedload(Call.space)).order_by(Call.published_at.desc(), Call.id.desc())
    return Page(db.session.scalars(rows.limit(PER_PAGE).offset((page - 1) * PER_PAGE)).all(), page, total)


def calls_of(space_id: int, *, public_only: bool) -> Sequence[Call]:
    """Calls of a space, latest first."""
    rows = select(Call).where(Call.space_id == space_id).order_by(Call.number.desc())
    return db.session.scalars(rows.where(Call.published_at.is_not(None)) if public_only else rows).all()


def call_by_slug(slug: str) -> Call | None:
    return db.session.scalar(select(Call).where(Call.slug == slug))


def last_call_number(space_id: int) -> int:
    return db.session.scalar(select(func.max(Call.number)).where(Call.space_id == space_id)) or 0


def call_seats(call_id: int) -> Sequence[CallSeat]:
    return db.session.scalars(select(CallSeat).where(CallSeat.call_id == call_id).order_by(CallSeat.number)).all()


def call_criteria(call_id: int) -> Sequence[CallCriterion]:
    return db.session.scalars(select(CallCriterion).where(CallCriterion.call_id == call_id).order_by(CallCriterion.position)).all()


def applications(call_id: int) -> Sequence[Application]:
    """In the order of the result: chosen first by place, then as they came."""
    return db.session.scalars(
        select(Application)
        .where(Application.call_id == call_id)
        .options(joinedload(Application.organisation))
        .order_by(Application.place.is_(None), Application.place, Application.number)
    ).all()


def application(code: str) -> Application | None:
    """By its code; call, space and organisation loaded."""
    return _one(Application.code == code)


def application_by_token(token_hash: str) -> Application | None:
    """By the hash of its private link."""
    return _one(Application.token_hash == token_hash)


def application_by_key(submission_key: str) -> Application | None:
    return _one(Application.submission_key == submission_key)


def _one(condition: object) -> Application | None:
    return db.session.scalar(
        select(Application)
        .where(condition)  # type: ignore[arg-type]
        .options(joinedload(Application.call).joinedload(Call.space), joinedload(Application.organisation))
    )


def last_application_number(call_id: int) -> int:
    return db.session.scalar(select(func.max(Application.number)).where(Application.call_id == call_id)) or 0


def jurors(call_id: int) -> Sequence[Juror]:
    return db.session.scalars(select(Juror).where(Juror.call_id == call_id).order_by(Juror.id)).all()


def juror_of(call_id: int, person_id: int) -> Juror | None:
    return db.session.scalar(select(Juror).where(Juror.call_id == call_id, Juror.person_id == person_id))


def scores(call_id: int) -> Sequence[Score]:
    """Every score of a call, by application, juror and criterion."""
    return db.session.scalars(
        select(Score)
        .join(Application, Application.id == Score.application_id)
        .where(Application.call_id == call_id)
        .order_by(Score.application_id, Score.juror_id, Score.criterion_id)
    ).all()


def claims(call_id: int) -> Sequence[Claim]:
    """Claims of a call as they came, applications loaded."""
    return db.session.scalars(
        select(Claim)
        .join(Application, Application.id == Claim.application_id)
        .where(Application.call_id == call_id)
        .options(joinedload(Claim.application).joinedload(Application.call))
        .order_by(Claim.received_at, Claim.id)
    ).all()


def claim_of(application_id: int) -> Claim | None:
    return db.session.scalar(select(Claim).where(Claim.application_id == application_id))
