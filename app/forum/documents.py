"""Meetings for a calendar (RFC 5545)."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from icalendar import Calendar, Event

from app.core.clock import LIMA
from app.forum.rules.meetings import MeetingState


def calendar(meetings: Iterable[Any], *, site: str, host: str, name: str) -> bytes:
    """The iCalendar file of these meetings. The same UID always names one, so that a new copy replaces the old one."""
    file = Calendar()
    file.add("prodid", "-//Minka//Foro//ES")
    file.add("version", "2.0")
    file.add("method", "PUBLISH")
    file.add("x-wr-calname", name)
    file.add("x-wr-timezone", "America/Lima")
    for meeting in meetings:
        file.add_component(_event(meeting, site, host))
    file.add_missing_timezones()
    return file.to_ical()


def _event(meeting: Any, site: str, host: str) -> Event:
    event = Event()
    event.add("uid", f"foro.{meeting.space.slug}.{meeting.slug}@{host}")
    event.add("dtstamp", meeting.convened_at)
    event.add("sequence", meeting.revision)
    event.add("dtstart", meeting.starts_at.astimezone(LIMA))
    event.add("dtend", meeting.ends_at.astimezone(LIMA))
    event.add("summary", meeting.title)
    event.add("status", "CANCELLED" if meeting.state is MeetingState.CANCELLED else "CONFIRMED")
    if meeting.place or meeting.url:
        event.add("location", meeting.place or meeting.url)
    about = [meeting.space.name, meeting.agenda]
    about += [_("Sala virtual: %(link)s", link=meeting.url)] if meeting.url else []
    event.add("description", "\n".join(line for line in about if line))
    event.add("url", f"{site}/foro/{meeting.space.slug}/reuniones/{meeting.slug}")
    return event
