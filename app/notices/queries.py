"""What a notice says: the schedule that is published, from now on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from app.core.db import db
from app.notices.models import NoticeText
from app.notices.rules import Medium
from app.processes import queries as processes
from app.processes.models import Opportunity, Process, ScheduleVersion
from app.processes.rules.notice import Notice
from app.processes.rules.schedule import OpportunityKind

FORMS = (OpportunityKind.ONLINE, OpportunityKind.WINDOW)


@dataclass(frozen=True)
class Announcement:
    """The published schedule as a notice needs it. `meetings` are those to come, by date; `online` what is open without going anywhere."""

    process: Process
    version: ScheduleVersion | None
    notice: Notice
    meetings: Sequence[Opportunity]
    online: Sequence[Opportunity]
    places: Mapping[str, str]
    now: datetime

    @property
    def is_empty(self) -> bool:
        return not self.meetings and not self.online

    @property
    def contact(self) -> str:
        """Of the first thing to come, or of whoever convenes."""
        return next((o.contact for o in (*self.meetings, *self.online) if o.contact), self.process.space.contact)

    @property
    def who(self) -> str:
        return next((o.who_can_join for o in (*self.meetings, *self.online) if o.who_can_join), "")


def announcement(process: Process, now: datetime) -> Announcement:
    """`process.space` is loaded; four statements."""
    coming = [o for o in processes.opportunities(process.id) if o.ends_at >= now]
    return Announcement(
        process=process, version=processes.latest_version(process.id), notice=processes.notice(process, now),
        meetings=[o for o in coming if o.kind not in FORMS], online=[o for o in coming if o.kind in FORMS],
        places=processes.territory_names([o.ubigeo or "" for o in coming]), now=now,
    )  # fmt: skip


def texts(process_id: int) -> dict[Medium, NoticeText]:
    """The text in another language that stands for each medium that has one."""
    rows = db.session.scalars(select(NoticeText).where(NoticeText.process_id == process_id).order_by(NoticeText.version))
    newest = {row.medium: row for row in rows}
    return {medium: row for medium, row in newest.items() if row.text}


def last_version(process_id: int, medium: Medium) -> int:
    return (
        db.session.scalar(select(func.max(NoticeText.version)).where(NoticeText.process_id == process_id, NoticeText.medium == medium)) or 0
    )
