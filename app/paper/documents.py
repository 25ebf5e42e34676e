"""Sheets to be written on by hand, each with the codes it needs."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import segno
from flask import current_app, render_template, url_for

from app.core import pdf
from app.paper.models import PaperSheet


@dataclass(frozen=True)
class Printed:
    """A sheet as it is drawn: the QR for who keys it in, and the stub's for who wrote it."""

    code: str
    number: int
    desk_qr: str
    public_link: str
    public_qr: str


def printed(sheets: Sequence[PaperSheet]) -> list[Printed]:
    """What is drawn of each sheet, in order."""
    site = current_app.config["SITE_URL"]
    found = []
    for sheet in sheets:
        link = site + url_for("paper.state", code=sheet.code)
        desk = site + url_for("paper.sheet", slug=sheet.process.slug, number=sheet.number)
        found.append(Printed(sheet.code, sheet.number, _qr(desk), link, _qr(link)))
    return found


def as_pdf(**context: Any) -> bytes:
    """The sheets as PDF/UA-1. Raises PdfUnavailable and PdfBusy (core.pdf)."""
    return pdf.render(render_template("paper/printed.html", is_pdf=True, **context), current_app.config["SITE_URL"] + "/")


def _qr(address: str) -> str:
    return str(segno.make(address, error="m").svg_data_uri(scale=4, border=2, dark="#000", light="#fff"))
