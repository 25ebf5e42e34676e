"""Letters on paper: what each sheet says, and whole pages as PDF."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import segno
from flask import current_app, render_template, url_for

from app.contributions import services as contributions
from app.contributions.rules.terms import Visibility
from app.core import pdf
from app.core.clock import lima_day
from app.core.dates import long_date
from app.feedback import queries as feedback
from app.feedback.models import Decision
from app.feedback.services.letters import letter_contents
from app.letters import queries
from app.letters.queries import AboutLetter, ReplyRow
from app.letters.rules.replies import window
from app.processes.models import Process


@dataclass(frozen=True)
class Sheet:
    """One letter. `name` and `private_link` are empty on the public copy; `said` too when a moderator hid the contribution.

    `entry` is the number and hash of the publication in the public register, when there is one.
    """

    code: str
    content: Mapping[str, Any]
    outcome: str
    name: str
    origin: str
    received: str
    published: str
    sha256: str
    entry: tuple[int, str] | None
    link: str
    qr: str
    private_link: str
    private_qr: str
    replies: Sequence[ReplyRow]


def personal_sheets(process: Process, decision_ids: Sequence[int]) -> list[Sheet]:
    """The letters of these answers, with the name and the private link of each person, in the order given; few statements."""
    decisions = {d.id: d for d in feedback.decisions_by_id(decision_ids)}
    return _sheets(process, [decisions[id_] for id_ in decision_ids if id_ in decisions], is_personal=True)


def public_sheet(decision: Decision) -> Sheet:
    """The answer as anybody may print it: without the name, without the private link, without words a moderator hid."""
    return _sheets(decision.contribution.process, [decision], is_personal=False)[0]


def as_pdf(template: str, **context: Any) -> bytes:
    """A template as PDF/UA-1. Raises PdfUnavailable and PdfBusy (core.pdf)."""
    return pdf.render(render_template(template, is_pdf=True, **context), current_app.config["SITE_URL"] + "/")


def _sheets(process: Process, decisions: Sequence[Decision], *, is_personal: bool) -> list[Sheet]:
    drafts = {d.contribution_id: feedback.draft_of(d) for d in decisions}
    until = {d.id: window(d.reply_until, d.clarify_by) for d in decisions}
    contents = letter_contents(process, decisions, drafts, until)
    about = queries.about_letters([d.id for d in decisions])
    entries = queries.registered(process.slug)
    replies = queries.replies_of([d.contribution_id for d in decisions])
    return [_sheet(d, contents[d.id], about[d.id], entries, replies.get(d.contribution_id, ()), is_personal=is_personal) for d in decisions]


def _sheet(
    decision: Decision, content: dict[str, Any], about: AboutLetter, entries: Mapping[int, tuple[int, str]], replies: Sequence[ReplyRow],
    *, is_personal: bool,
) -> Sheet:  # fmt: skip
    contribution, site = decision.contribution, current_app.config["SITE_URL"]
    if not is_personal and contribution.visibility is not Visibility.PUBLIC:
        content = {**content, "said": "", "title": ""}
    private = site + url_for("letters.mine", token=contributions.receipt_token(about.submission_key)) if is_personal else ""
    return Sheet(
        code=contribution.code, content=content, outcome=str(decision.outcome or ""), name=about.name if is_personal else "",
        origin=", ".join(part for part in (about.activity, about.place) if part and (is_personal or content["said"])),
        received=long_date(lima_day(about.received_at)),
        published=long_date(lima_day(about.published_at)) if about.published_at else "",
        sha256=decision.sha256, entry=entries.get(about.batch or 0), link=content["link"], qr=qr_drawing(content["link"]),
        private_link=private, private_qr=qr_drawing(private) if private else "", replies=replies,
    )  # fmt: skip


def qr_drawing(address: str) -> str:
    """The address as a QR code, an SVG in a `data:` address: it needs no network and no file."""
    return str(segno.make(address, error="m").svg_data_uri(scale=4, border=2, dark="#000", light="#fff"))
