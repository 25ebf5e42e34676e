"""Everybody who applied is answered in writing, where there is an address."""

from datetime import datetime

from app.calls.models import Application
from app.notifications import services as notifications
from app.notifications.rules import is_address


def queue(kind: str, application: Application, content: dict[str, str], *, now: datetime) -> None:
    """A letter to whoever applied, if there is an address."""
    if not is_address(application.email):
        return
    call = application.call
    notifications.queue(
        kind, address=application.email, person_id=application.person_id, subject_kind="call-application", subject_id=application.id,
        content={"code": application.code, "organisation": application.organisation_name, "call": call.title, "slug": call.slug, **content},
        dedupe_key=f"{kind}:{application.id}", at=now,
    )  # fmt: skip
