"""Minutes of a workshop: written and approved on the desk, read and printed by everybody; what was agreed, beside them."""

from typing import Any

from flask import Response, make_response, redirect, render_template, url_for
from flask_babel import gettext as _

from app.activities import documents, messages, queries, services
from app.activities.forms import AgreementForm, ApprovalForm, CorrectionForm, MinutesForm
from app.activities.permissions import GRANTS, ActivityPermission
from app.activities.views import bp
from app.activities.views.record import BASE, _back, _person_id, _record_of, page
from app.core import clock, pdf
from app.core.cache import fragment
from app.core.db import db
from app.core.errors import RuleBroken, SomebodyWasFirst
from app.core.fields import sentence
from app.core.guard import guarded, public
from app.core.web import not_modified, tagged
from app.forum.rules.seats import Side

PUBLIC = "/procesos/<slug>/actividades/<activity>/acta/<int:version>"


@bp.post(f"{BASE}/acta")
@guarded(ActivityPermission.RECORD, GRANTS, load=queries.activity_by_slugs)
def write_minutes(activity: Any) -> Response:
    form = (CorrectionForm if activity.published_at else MinutesForm)(prefix="minutes-")
    if not form.validate():
        return page(_record_of(activity), 422, minutes=form)
    reason = form.reason.data if activity.published_at else ""
    try:
        services.save_minutes(activity, form.text.data, person_id=_person_id(), now=clock.now(), reason=reason, based_on=form.version)
    except RuleBroken as broken:
        form.show(broken)
        return page(_record_of(activity), 422, minutes=form)
    except SomebodyWasFirst as first:
        return page(_record_of(activity), 409, minutes=form, written_meanwhile=first.current)
    db.session.commit()
    return _back(activity.opportunity, _("El acta está guardada. Falta que la apruebe cada lado del foro."), "acta")


@bp.post(f"{BASE}/acta/aprobar-gobierno")
@guarded(ActivityPermission.APPROVE_AS_GOVERNMENT, GRANTS, load=queries.activity_by_slugs)
def approve_minutes_as_government(activity: Any) -> Response:
    return _approve(activity, Side.GOVERNMENT)


@bp.post(f"{BASE}/acta/aprobar-sociedad")
@guarded(ActivityPermission.APPROVE_AS_NON_GOVERNMENT, GRANTS, load=queries.activity_by_slugs)
def approve_minutes_as_non_government(activity: Any) -> Response:
    return _approve(activity, Side.NON_GOVERNMENT)


def _approve(activity: Any, side: Side) -> Response:
    form = ApprovalForm(prefix="approve-")
    try:
        services.approve_minutes(activity, side, form.sha256.data or "", person_id=_person_id(), now=clock.now())
    except RuleBroken as broken:
        return page(_record_of(activity), 422, not_done=sentence(messages.PROBLEMS, broken.problems[0]))
    except SomebodyWasFirst:
        said = _("El acta cambió después de que usted abrió la página. Léala otra vez antes de aprobarla.")
        return page(_record_of(activity), 409, not_done=said)
    db.session.commit()
    return _back(activity.opportunity, _("Su aprobación quedó registrada sobre este texto."), "acta")


@bp.post(f"{BASE}/acta/publicar")
@guarded(ActivityPermission.PUBLISH, GRANTS, load=queries.activity_by_slugs)
def publish_minutes(activity: Any) -> Response:
    try:
        services.publish_minutes(activity, person_id=_person_id(), now=clock.now())
    except RuleBroken as broken:
        return page(_record_of(activity), 422, not_done=sentence(messages.PROBLEMS, broken.problems[0]))
    db.session.commit()
    return _back(activity.opportunity, _("El acta corregida es pública; la anterior se conserva y se puede leer."), "acta")


@bp.post(f"{BASE}/acuerdos")
@guarded(ActivityPermission.RECORD, GRANTS, load=queries.activity_by_slugs)
def agree(activity: Any) -> Response:
    form = AgreementForm(prefix="agreed-")
    if form.validate():
        try:
            services.add_agreement(
                activity, form["text"].data or "", form.owner.data or "", form.due_on.data, person_id=_person_id(), now=clock.now()
            )
        except RuleBroken as broken:
            form.show(broken)
        except SomebodyWasFirst:
            db.session.rollback()
            return page(_record_of(queries.activity_of(activity.opportunity_id)), 409, agreeing=form)
        else:
            db.session.commit()
            return _back(activity.opportunity, _("El acuerdo está anotado."), "acuerdos")
    return page(_record_of(activity), 422, agreeing=form)


@bp.post(f"{BASE}/acuerdos/<int:number>/quitar")
@guarded(ActivityPermission.RECORD, GRANTS, load=lambda slug, activity, number: _agreement(slug, activity, number))
def drop_agreement(found: Any) -> Response:
    activity = found.activity
    try:
        services.drop_agreement(activity, found.number, now=clock.now())
    except RuleBroken as broken:
        return page(_record_of(activity), 422, not_done=sentence(messages.PROBLEMS, broken.problems[0]))
    db.session.commit()
    return _back(activity.opportunity, _("El acuerdo se quitó."), "acuerdos")


class _AgreementOfRecord:
    """An agreement together with the record it belongs to, so that both decide who may touch it."""

    def __init__(self, activity: Any, number: int) -> None:
        self.activity, self.number = activity, number
        self.scope, self.published_at = activity.scope, activity.published_at


def _agreement(slug: str, activity: str, number: int) -> _AgreementOfRecord | None:
    record = queries.activity_by_slugs(slug, activity)
    known = record is not None and any(row.number == number for row in queries.agreements(record.id))
    return _AgreementOfRecord(record, number) if known else None


@bp.get(PUBLIC)
@public(load=lambda slug, activity, version: _public_minutes(slug, activity, version))
def minutes(found: Any) -> str:
    return render_template("activities/minutes.html", **_read(found), has_pdf=pdf.is_available())


@bp.get(f"{PUBLIC}/imprimir")
@public(load=lambda slug, activity, version: _public_minutes(slug, activity, version))
def minutes_sheet(found: Any) -> str:
    return render_template("activities/minutes_sheet.html", **_read(found), has_pdf=pdf.is_available(), how_to_enable=pdf.HOW_TO_ENABLE)


@bp.get(f"{PUBLIC}.pdf")
@public(load=lambda slug, activity, version: _public_minutes(slug, activity, version))
def minutes_pdf(found: Any) -> Response:
    """Drawn once for each text; without Pango it leads to the page to print."""
    activity, text, n, _latest = found
    slug, where = activity.process.slug, activity.opportunity.slug
    if not pdf.is_available():
        return redirect(url_for("activities.minutes_sheet", slug=slug, activity=where, version=n), 302)  # type: ignore[return-value]
    same = not_modified(slug, where, n, text.sha256, activity.process.public_revision, "pdf")
    if same:
        return same
    try:
        name = f"activities:{slug}:{where}:{n}:{text.sha256}:{activity.process.public_revision}:pdf"
        content = fragment(name, lambda: documents.as_pdf("activities/minutes_sheet.html", **_read(found)))
    except pdf.PdfBusy:
        busy = _("Se están haciendo otros PDF. Espere medio minuto e inténtelo otra vez.")
        return make_response(render_template("errors/503.html", problem=busy), 503, {"Retry-After": "30"})
    response = Response(content, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="acta-{where}-v{n}.pdf"'
    return tagged(response)


def _read(found: Any) -> dict[str, Any]:
    """What the page and the sheet of a public text show."""
    activity, text, n, latest = found
    counts = queries.attendance(activity.id)
    return {
        "activity": activity, "opportunity": activity.opportunity, "process": activity.process, "space": activity.process.space,
        "minutes": text, "n": n, "is_latest": n == latest, "approvals": queries.approvals([text.id]).get(text.id, []),
        "agreements": queries.agreements(activity.id), "people": queries.people(counts), "names": messages,
    }  # fmt: skip


def _public_minutes(slug: str, activity: str, version: int) -> Any:
    """The nth text that was made public, counting from 1 the first."""
    record = queries.activity_by_slugs(slug, activity)
    published = list(reversed(queries.public_minutes(record.id))) if record and record.published_at else []
    return (record, published[version - 1], version, len(published)) if 1 <= version <= len(published) else None
