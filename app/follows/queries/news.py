"""News of one thing or of the whole site, newest first; nothing that the public cannot read now."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import contains_eager

from app.activities.models import Activity
from app.activities.rules import ActivityState
from app.audit import queries as register
from app.contributions.models import Contribution
from app.contributions.rules.terms import Visibility
from app.core.db import db
from app.core.web import PER_PAGE, Page
from app.follows.models import News, NewsSubject, NewsWalk
from app.follows.queries.expanding import Told, expanded
from app.follows.rules import Subject
from app.processes.models import Opportunity, Process, ScheduleVersion
from app.processes.rules.states import ProcessState

NEWEST = 50
NOT_TAKEN = 200


def _public() -> Select[Any]:
    return (
        select(News)
        .join(News.process)
        .outerjoin(News.contribution)
        .outerjoin(News.opportunity)
        .where(Process.state != ProcessState.DRAFT, or_(Contribution.id.is_(None), Contribution.visibility == Visibility.PUBLIC))
    )


_NEWEST_FIRST = (News.at.desc(), News.seq.desc())
_LOADED = (contains_eager(News.process), contains_eager(News.contribution), contains_eager(News.opportunity))


def _about(subject: Subject) -> ColumnElement[bool]:
    return News.seq.in_(select(NewsSubject.seq).where(NewsSubject.subject_kind == subject.kind, NewsSubject.subject_ref == subject.ref))


def is_public(told: Told | News) -> bool:
    """Whether anybody may read what it speaks of."""
    return told.process.state is not ProcessState.DRAFT and (told.contribution is None or told.contribution.visibility is Visibility.PUBLIC)


def not_taken(subject: Subject | None) -> list[Told]:
    """The newest acts that the worker has not taken yet, newest first: a page is never behind the register."""
    walked = db.session.scalar(select(NewsWalk.seq)) or 0
    head, _ = register.head()
    if head <= walked:
        return []
    found = expanded(register.entries_from(max(walked, head - NOT_TAKEN) + 1, NOT_TAKEN))
    return [told for told in reversed(found) if is_public(told) and (subject is None or subject in told.subjects)]


def newest(subject: Subject | None, most: int = NEWEST) -> list[News | Told]:
    """The newest public news about `subject` (of everything for None)."""
    statement = _public() if subject is None else _public().where(_about(subject))
    kept = db.session.scalars(statement.options(*_LOADED).order_by(*_NEWEST_FIRST).limit(most)).all()
    return [*not_taken(subject), *kept][:most]


def page_of_news(subject: Subject | None, number: int) -> Page:
    """One page of them, 30 at a time; those not taken yet stand on the first."""
    statement = _public() if subject is None else _public().where(_about(subject))
    total = db.session.scalar(select(func.count()).select_from(statement.with_only_columns(News.seq).subquery())) or 0
    rows: list[News | Told] = list(
        db.session.scalars(statement.options(*_LOADED).order_by(*_NEWEST_FIRST).limit(PER_PAGE).offset((number - 1) * PER_PAGE))
    )
    return Page([*(not_taken(subject) if number == 1 else []), *rows], number, total)


def public_news(seqs: Iterable[int]) -> dict[int, News]:
    """Those of these acts that may be told now, by number; process, contribution and activity loaded."""
    rows = db.session.scalars(_public().where(News.seq.in_(sorted(set(seqs)))).options(*_LOADED).order_by(News.seq))
    return {row.seq: row for row in rows}


def territories_in_the_news(within: str = "") -> Sequence[tuple[str, int]]:
    """UBIGEO of each territory that was in the news, and in how many acts; only those inside `within`."""
    return [
        (ubigeo, count)
        for ubigeo, count in db.session.execute(
            select(NewsSubject.subject_ref, func.count())
            .where(NewsSubject.subject_kind == "territory", NewsSubject.subject_ref.startswith(within, autoescape=True))
            .group_by(NewsSubject.subject_ref)
            .order_by(NewsSubject.subject_ref)
        )
        if ubigeo != within
    ]


def announced_in(ubigeo: str) -> Sequence[Opportunity]:
    """Every opportunity ever announced in a territory, by date, its process loaded: also those withdrawn, for calendars must say so."""
    return db.session.scalars(_announced().where(Opportunity.ubigeo.startswith(ubigeo, autoescape=True))).all()


def announced_by(process_id: int) -> Sequence[Opportunity]:
    """The same of one process."""
    return db.session.scalars(_announced().where(Opportunity.process_id == process_id)).all()


def _announced() -> Select[Any]:
    return (
        select(Opportunity)
        .join(Opportunity.process)
        .where(Process.state != ProcessState.DRAFT)
        .options(contains_eager(Opportunity.process))
        .order_by(Opportunity.starts_at, Opportunity.id)
    )


def not_held(opportunity_ids: Sequence[int]) -> frozenset[int]:
    """Those whose record says publicly that they were cancelled."""
    return frozenset(
        db.session.scalars(
            select(Activity.opportunity_id).where(Activity.opportunity_id.in_(opportunity_ids), Activity.state == ActivityState.CANCELLED)
        )
    )


def last_publications(process_ids: Iterable[int]) -> dict[int, datetime]:
    """When the schedule of each process was last published; those without one are absent."""
    rows = db.session.execute(
        select(ScheduleVersion.process_id, func.max(ScheduleVersion.published_at))
        .where(ScheduleVersion.process_id.in_(sorted(set(process_ids))), ScheduleVersion.published_at.is_not(None))
        .group_by(ScheduleVersion.process_id)
    )
    return {process_id: at for process_id, at in rows if at is not None}
