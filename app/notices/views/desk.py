"""On the desk: what each notice says in another language, and that it went out, noted with one button."""

from typing import Any

from flask import Response, flash, get_flashed_messages, make_response, redirect, render_template, url_for
from flask_babel import gettext as _

from app.activities.forms import ACCEPT
from app.activities.permissions import GRANTS as OUTREACH_GRANTS
from app.activities.permissions import OutreachPermission
from app.core import clock, pdf
from app.core.db import db
from app.core.errors import RuleBroken
from app.core.guard import current_actor, guarded
from app.core.web import carried_out
from app.evidence.rules import FileUpload
from app.notices import documents, messages, queries, services
from app.notices.forms import SentForm, TextForm
from app.notices.permissions import GRANTS, NoticePermission
from app.notices.rules import Medium, seconds_to_read
from app.notices.views import bp
from app.notices.views.public import drawn_poster
from app.organisations.rules import Sector
from app.processes import queries as processes
from app.territories import queries as territories

BASE = "/mesa/procesos/<slug>/avisos"


def _medium(slug: str, medium: str) -> Any:
    """A published process with the medium of the address."""
    process = processes.public_process_by_slug(slug)
    return (process, Medium(medium)) if process and medium in set(Medium) else None


class _Chosen:
    """A process and a medium: permissions look at the process."""

    def __init__(self, process: Any, medium: Medium) -> None:
        self.process, self.medium = process, medium

    @property
    def scope(self) -> Any:
        return self.process.scope


def _chosen(slug: str, medium: str) -> _Chosen | None:
    found = _medium(slug, medium)
    return _Chosen(*found) if found else None


@bp.get(BASE)
@guarded(OutreachPermission.READ, OUTREACH_GRANTS, load=processes.public_process_by_slug)
def desk(process: Any) -> Response:
    return _page(process)


@bp.post(f"{BASE}/<medium>/registrar")
@guarded(OutreachPermission.RECORD, OUTREACH_GRANTS, load=_chosen)
def record_sent(chosen: _Chosen) -> Response:
    process, medium = chosen.process, chosen.medium
    form = _sent_form(process, medium, is_sent=True)
    if form.validate():
        upload = form.upload or _own_poster(process, medium)
        try:
            services.record_sent(
                process, form.draft_for(medium), upload, submission_key=form.submission_key.data or "",
                person_id=current_actor().person_id or 0, now=clock.now(),
            )  # fmt: skip
        except RuleBroken as broken:
            slug = process.slug
            db.session.rollback()
            form.show(broken)
            process = processes.public_process_by_slug(slug)
        else:
            db.session.commit()
            return _back(process.slug, _("Quedó registrado, ya es público y cuenta para el requisito MR-3.2."))
    return _page(process, 422, sent={medium: form})


def _own_poster(process: Any, medium: Medium) -> FileUpload | None:
    """The poster that was put up is its own evidence when there is no photograph; drawn before anything is written."""
    if medium is not Medium.POSTER:
        return None
    try:
        return FileUpload(f"afiche-{process.slug}.pdf", drawn_poster(process, "a4"))
    except (pdf.PdfUnavailable, pdf.PdfBusy):
        return None


@bp.post(f"{BASE}/<medium>/texto")
@guarded(NoticePermission.WRITE_TEXT, GRANTS, load=_chosen)
def save_text(chosen: _Chosen) -> Response:
    form = TextForm(prefix=f"{chosen.medium}-text-")
    if carried_out(
        form,
        lambda: services.save_text(chosen.process, chosen.medium, form.draft(), person_id=current_actor().person_id or 0, now=clock.now()),
    ):
        db.session.commit()
        return _back(chosen.process.slug, _("El texto quedó guardado y ya se ve en la página para difundir."))
    return _page(chosen.process, 422, written={chosen.medium: form})


def _spanish(process: Any) -> dict[Medium, str]:
    said = queries.announcement(process, clock.now())
    message = documents.message(said)
    return {Medium.POSTER: message, Medium.MESSAGE: message, Medium.RADIO: documents.radio_script(said)}


def _sent_form(process: Any, medium: Medium, *, is_sent: bool = False) -> SentForm:
    inside = process.space.ubigeo if process.space.ubigeo not in (None, "00") else ""
    level = territories.TerritoryLevel.DISTRICT if inside else territories.TerritoryLevel.REGION
    places = [(place.ubigeo, place.name) for place in territories.inside(inside, level)]
    today = {
        "done_on": clock.lima_day(clock.now()), "title": str(messages.DONE[medium]), "sector": Sector.CITIZEN.value, "ubigeo": "",
        "language": "es", "message": _spanish(process)[medium],
    }  # fmt: skip
    form = SentForm(prefix=f"{medium}-", data=today) if is_sent else SentForm(prefix=f"{medium}-", data=today, formdata=None)
    return form.with_places(places)


def _page(process: Any, status: int = 200, **refused: Any) -> Response:
    texts, spanish = queries.texts(process.id), _spanish(process)
    sent = {m: _sent_form(process, m) for m in Medium} | refused.get("sent", {})
    written = {
        m: TextForm(
            prefix=f"{m}-text-", formdata=None,
            data={"language": texts[m].language if m in texts else "qu", "text": texts[m].text if m in texts else ""},
        )
        for m in Medium
    } | refused.get("written", {})  # fmt: skip
    return make_response(
        render_template(
            "notices/desk.html", process=process, space=process.space, media=Medium, names=messages.MEDIA, record=messages.RECORD,
            sent=sent, written=written, spanish=spanish, seconds_of=seconds_to_read, accept=ACCEPT, has_pdf=pdf.is_available(),
            wrong=next(iter([*refused.get("sent", {}).values(), *refused.get("written", {}).values()]), None),
            flashes=get_flashed_messages(with_categories=True),
        ),
        status,
    )  # fmt: skip


def _back(slug: str, said: str) -> Response:
    flash(said, "good")
    return redirect(url_for("notices.desk", slug=slug), 303)  # type: ignore[return-value]
