"""One activity for a calendar (RFC 5545), an address as a QR code, and minutes on paper."""

from datetime import datetime
from typing import Any

import segno
from flask import current_app, render_template
from flask_babel import gettext as _
from icalendar import Calendar, Event

from app.core import pdf
from app.processes.models import Opportunity


def calendar(opportunity: Opportunity, *, url: str, host: str, stamped_at: datetime, revision: int, is_cancelled: bool) -> bytes:
    """The iCalendar file of an activity. The UID is the one it has in the calendar of its process, so a new copy replaces the old one."""
    event = Event()
    event.add("uid", f"{opportunity.process.slug}.{opportunity.slug}@{host}")
    event.add("dtstamp", stamped_at)
    event.add("sequence", revision)
    event.add("dtstart", opportunity.starts_at)
    event.add("dtend", opportunity.ends_at)
    event.add("summary", opportunity.title)
    event.add("status", "CANCELLED" if is_cancelled else "CONFIRMED")
    if opportunity.place or opportunity.url:
        event.add("location", opportunity.place or opportunity.url)
    about = [opportunity.process.title, opportunity.who_can_join]
    about += [_("Contacto: %(contact)s", contact=opportunity.contact)] if opportunity.contact else []
    event.add("description", "\n".join(line for line in about if line))
    event.add("url", url)
    file = Calendar()
    file.add("prodid", "-//Minka//ES")
    file.add("version", "2.0")
    file.add("method", "PUBLISH")
    file.add_component(event)
    return file.to_ical()


def qr_drawing(address: str) -> str:
    """The address as a QR code, an SVG in a `data:` address: it needs no network and no file."""
    return str(segno.make(address, error="m").svg_data_uri(scale=5, border=2, dark="#000", light="#fff"))


def as_pdf(template: str, **context: Any) -> bytes:
    """A template as PDF/UA-1. Raises PdfUnavailable and PdfBusy (core.pdf)."""
    return pdf.render(render_template(template, is_pdf=True, **context), current_app.config["SITE_URL"] + "/")
