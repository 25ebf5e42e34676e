"""A round on paper and in calendars: the QR of a credential, and the calendar of RFC 5545."""

from datetime import timedelta
from urllib.parse import urlsplit

import segno
from flask import current_app, url_for
from icalendar import Calendar, Event, vText

from app.budgeting.models import BudgetRound, CalendarVersion
from app.budgeting.rules import calendar as calendars
from app.budgeting.rules.calendar import Entry, RoundCalendar


def qr(address: str) -> str:
    """A data: URI of the QR code of an address of this site."""
    return str(segno.make(address, error="m").svg_data_uri(scale=4, border=2, dark="#000", light="#fff"))


def ical(round_: BudgetRound, versions: list[CalendarVersion], titles: dict[str, str]) -> bytes:
    """Every activity ever announced, each under the same UID for ever; those no longer planned are cancelled. Latest version first."""
    made = Calendar()
    made.add("prodid", "-//Minka//Presupuesto participativo//ES")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", round_.process.title)
    made.add("x-wr-timezone", "America/Lima")
    standing: dict[str, Entry] = {}
    for place, version in enumerate(versions):
        for uid, entry in _by_uid(calendars.from_json(version.content)).items():
            if uid not in standing:
                standing[uid] = entry
                made.add_component(_event(round_, uid, entry, versions[0], titles, is_cancelled=place > 0))
    return bytes(made.to_ical())


def _by_uid(calendar: RoundCalendar) -> dict[str, Entry]:
    """The n-th entry of a name keeps its UID through the versions."""
    count: dict[str, int] = {}
    found = {}
    for entry in calendar.entries:
        count[entry.key] = count.get(entry.key, 0) + 1
        found[f"{entry.key}|{count[entry.key]}"] = entry
    return found


def _event(round_: BudgetRound, uid: str, entry: Entry, latest: CalendarVersion, titles: dict[str, str], *, is_cancelled: bool) -> Event:
    host = urlsplit(current_app.config["SITE_URL"]).hostname or "minka"
    event = Event()
    event.add("uid", f"{round_.process.slug}.{calendars.sha256(uid)[:16]}@{host}")
    event.add("sequence", latest.n)
    event.add("dtstamp", latest.published_at)
    event.add("summary", entry.title or titles[entry.activity])
    event.add("description", ". ".join(part for part in (titles[entry.activity], entry.hours) if part))
    event.add("dtstart", entry.starts_on)
    event.add("dtend", entry.ends_on + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    if entry.place:
        event["location"] = vText(entry.place)
    event.add("url", current_app.config["SITE_URL"] + url_for("budgeting.calendar", slug=round_.process.slug))
    event.add("status", "CANCELLED" if is_cancelled else "CONFIRMED")
    return event
