"""What a moderator looks at next: what waits and what was reported, worst first."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func, select

from app.contributions import queries as contributions
from app.contributions.models import Arrival, Contribution
from app.contributions.rules import floods
from app.contributions.rules.floods import SPAM, Mark
from app.contributions.rules.terms import Visibility
from app.core.db import db
from app.core.web import PER_PAGE, Page
from app.deliberation import queries as deliberation
from app.deliberation.models import Comment
from app.moderation.models import ContentReport
from app.moderation.queries.actions import Subject
from app.moderation.queries.reports import open_reports
from app.moderation.rules import reports as rules
from app.moderation.rules.reports import Pile, Weight
from app.processes.models import Process


@dataclass
class Entry:
    """A thing to look at: what is known without reading it, and itself once its page is drawn."""

    key: tuple[str, int]
    visibility: Visibility
    since: datetime
    marks: tuple[Mark, ...] = ()
    reports: list[ContentReport] = field(default_factory=list)
    urgency: int = 0
    subject: Subject | None = None

    @property
    def is_suspect(self) -> bool:
        """What looks sent by a machine is looked at after what people wrote."""
        return self.visibility is Visibility.HELD and not self.reports and bool(SPAM & set(self.marks))


def queue_page(process_id: int, pile: Pile, number: int, now: datetime) -> Page:
    """A page of the queue, worst first; contributions with theme and territory, comments with contribution loaded.

    Six statements for the order and four for the page, however long the queue is.
    """
    if pile is Pile.HIDDEN:
        found = _hidden_entries(process_id)
    else:
        found = [entry for entry in _entries(process_id, now).values() if _is_in(entry, pile)]
        found.sort(key=lambda e: (e.is_suspect, -e.urgency, e.since, e.key))
    shown = found[(number - 1) * PER_PAGE : number * PER_PAGE]
    _load(shown)
    return Page([entry for entry in shown if entry.subject is not None], number, len(found))


def pile_counts(process_id: int, now: datetime) -> dict[Pile, int]:
    """How many there are in each tab; "waiting" holds the suspect ones too."""
    entries = _entries(process_id, now).values()
    return {pile: sum(_is_in(entry, pile) for entry in entries) for pile in (Pile.WAITING, Pile.REPORTED, Pile.SUSPECT)}


def _is_in(entry: Entry, pile: Pile) -> bool:
    if pile is Pile.WAITING:
        return entry.visibility is Visibility.HELD
    return bool(entry.reports) if pile is Pile.REPORTED else entry.is_suspect


def _entries(process_id: int, now: datetime) -> dict[tuple[str, int], Entry]:
    found = {}
    held = select(Contribution.id, Contribution.received_at, func.coalesce(Arrival.marks, "")).outerjoin(
        Arrival, Arrival.contribution_id == Contribution.id
    )
    for number, since, marks in db.session.execute(
        held.where(Contribution.process_id == process_id, Contribution.visibility == Visibility.HELD)
    ):
        found["contribution", number] = Entry(("contribution", number), Visibility.HELD, since, floods.read(marks))
    comments = select(Comment.id, Comment.written_at, Comment.marks)
    for number, since, marks in db.session.execute(comments.where(Comment.process_id == process_id, Comment.visibility == Visibility.HELD)):
        found["comment", number] = Entry(("comment", number), Visibility.HELD, since, floods.read(marks))
    _add_reported(found, process_id)
    for entry in found.values():
        _weigh(entry, now)
    return found


def _add_reported(found: dict[tuple[str, int], Entry], process_id: int) -> None:
    about: dict[tuple[str, int], list[ContentReport]] = defaultdict(list)
    for report in open_reports(process_id):
        key = ("comment", report.comment_id) if report.comment_id else ("contribution", report.contribution_id or 0)
        about[key].append(report)
    public = {
        ("contribution", number) for number in _public(Contribution, [n for kind, n in about if kind == "contribution"])
    } | {("comment", number) for number in _public(Comment, [n for kind, n in about if kind == "comment"])}  # fmt: skip
    for key, reports in about.items():
        if key in found:
            found[key].reports = reports
        elif key in public:
            found[key] = Entry(key, Visibility.PUBLIC, reports[0].reported_at, reports=reports)


def _public(model: type[Contribution] | type[Comment], ids: Collection[int]) -> Iterable[int]:
    return db.session.scalars(select(model.id).where(model.id.in_(ids), model.visibility == Visibility.PUBLIC)) if ids else ()


def _weigh(entry: Entry, now: datetime) -> None:
    weights = [Weight(report.reason, report.points, report.reporter_id is not None) for report in entry.reports]
    severity = rules.severity(weights, has_personal_data=Mark.PERSONAL_DATA in entry.marks)
    entry.urgency = rules.urgency(severity, rules.points(weights), entry.since, now)


def _hidden_entries(process_id: int) -> list[Entry]:
    """Newest first."""
    rows = db.session.execute(
        select(Contribution.id, Contribution.received_at).where(
            Contribution.process_id == process_id, Contribution.visibility == Visibility.HIDDEN
        )
    )
    found = [Entry(("contribution", number), Visibility.HIDDEN, since) for number, since in rows]
    said = db.session.execute(
        select(Comment.id, Comment.written_at).where(Comment.process_id == process_id, Comment.visibility == Visibility.HIDDEN)
    )
    found += [Entry(("comment", number), Visibility.HIDDEN, since) for number, since in said]
    return sorted(found, key=lambda e: (e.since, e.key), reverse=True)


def _load(entries: list[Entry]) -> None:
    wanted = [n for kind, n in (entry.key for entry in entries) if kind == "contribution"]
    rows = {row.id: row for row in contributions.moderated_rows(wanted)}
    comments = deliberation.comments_by_ids([n for kind, n in (entry.key for entry in entries) if kind == "comment"])
    for entry in entries:
        kind, number = entry.key
        entry.subject = rows.get(number) if kind == "contribution" else comments.get(number)


def held_counts(process_ids: Iterable[int]) -> Mapping[int, int]:
    """How many contributions of each process wait for a moderator; processes without any are left out."""
    rows = db.session.execute(
        select(Contribution.process_id, func.count())
        .where(Contribution.process_id.in_(list(process_ids)), Contribution.visibility == Visibility.HELD)
        .group_by(Contribution.process_id)
    )
    return {process_id: number for process_id, number in rows}


def held_count(*, space_ids: Iterable[int] = (), process_ids: Iterable[int] = ()) -> int:
    """How many wait in these spaces and in these processes, each counted once."""
    return (
        db.session.scalar(
            select(func.count(Contribution.id))
            .join(Process, Process.id == Contribution.process_id)
            .where(
                Contribution.visibility == Visibility.HELD,
                Process.space_id.in_(list(space_ids)) | Process.id.in_(list(process_ids)),
            )
        )
        or 0
    )


def reported_since(process_ids: Collection[int]) -> dict[int, tuple[int, datetime]]:
    """By process: how many things have open reports or are comments that wait, and since when the oldest."""
    if not process_ids:
        return {}
    rows = [
        *db.session.execute(
            select(ContentReport.process_id, func.count(), func.min(ContentReport.reported_at))
            .where(ContentReport.process_id.in_(process_ids), ContentReport.closed_at.is_(None))
            .group_by(ContentReport.process_id)
        ),
        *db.session.execute(
            select(Comment.process_id, func.count(), func.min(Comment.written_at))
            .where(Comment.process_id.in_(process_ids), Comment.visibility == Visibility.HELD)
            .group_by(Comment.process_id)
        ),
    ]
    found: dict[int, tuple[int, datetime]] = {}
    for process_id, count, since in rows:
        known = found.get(process_id, (0, since))
        found[process_id] = (known[0] + count, min(known[1], since))
    return found
