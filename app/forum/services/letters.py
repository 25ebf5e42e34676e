"""Who of the forum is told, and where: those who sit and those who stand in for them."""

from datetime import datetime
from typing import Any

from app.core.clock import lima_day
from app.forum import queries
from app.forum.models import Meeting, Motion
from app.notifications import services as notifications
from app.notifications.rules import is_address


def queue(kind: str, about: Meeting | Motion, content: dict[str, Any], *, now: datetime) -> int:
    """One letter for each address of the seats held today: the holder's and the alternate's. The caller commits."""
    subject = "forum-meeting" if isinstance(about, Meeting) else "motion"
    event = f"{about.id}:{about.revision}" if isinstance(about, Meeting) else str(about.id)
    told = set()
    for seat in queries.seats_on(about.space_id, lima_day(now)):
        sitters = ((seat.holder_email, seat.holder_name, seat.holder_id), (seat.alternate_email, seat.alternate_name, seat.alternate_id))
        for address, name, person_id in sitters:
            if not is_address(address) or address in told:
                continue
            told.add(address)
            notifications.queue(
                kind, address=address, person_id=person_id, subject_kind=subject, subject_id=about.id, content={**content, "name": name},
                dedupe_key=f"{kind}:{event}:{address}", at=now,
            )  # fmt: skip
    return len(told)
