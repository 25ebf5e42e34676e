"""Publishing: approved answers, ticked, seen as the public will, released together now or at an hour."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Response, flash, get_flashed_messages, make_response, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext

from app.core import clock
from app.core.clock import lima_day
from app.core.dates import long_instant
from app.core.db import db
from app.core.errors import RuleBroken
from app.core.guard import current_actor, guarded, may
from app.core.web import PER_PAGE, Page, page_number
from app.feedback import queries, services
from app.feedback.forms import ChosenForm
from app.feedback.forms.agreement import HourForm
from app.feedback.messages import OUTCOMES
from app.feedback.messages.agreement import SCHEDULED_STATES
from app.feedback.permissions import GRANTS, FeedbackPermission
from app.feedback.views import bp
from app.feedback.views.cards import CardMaker, drawn
from app.feedback.views.paging import pager
from app.feedback.views.pile import process_for_staff
from app.feedback.views.signing import sentences_of

if TYPE_CHECKING:
    from app.feedback.models import ScheduledPublication
    from app.processes.models import Process


def scheduled_of(slug: str, n: int) -> ScheduledPublication | None:
    """A scheduled batch of a process by its number in the list of that process."""
    return queries.scheduled_by_id(slug, n)


@bp.get("/mesa/procesos/<slug>/publicacion")
@guarded(FeedbackPermission.READ_APPROVED, GRANTS, load=process_for_staff)
def publication(process: Process) -> Response:
    return _page(process)


def _page(process: Process, problems: list[str] | None = None, status: int = 200, form: HourForm | None = None) -> Response:
    versions = queries.to_publish(process.id)
    ids = [version.decision.id for version in versions]
    ticked = {id_ for id_, _ in ChosenForm().chosen()} if form else None
    return make_response(render_template(
        "feedback/publication.html", process=process, space=process.space, versions=versions,
        outcomes={outcome: str(label) for outcome, label in OUTCOMES.items()}, batches=queries.batches(process.id), problems=problems or [],
        may_publish=may(FeedbackPermission.PUBLISH, GRANTS, process), coverage=queries.coverage(process.id), nav_here="desk",
        waiting=queries.scheduled_ids(ids), ticked=ticked, dissents=queries.dissents_of(ids), scheduled=_scheduled(process.id),
        form=form or HourForm(formdata=None), flashes=get_flashed_messages(with_categories=True),
    ), status)  # fmt: skip


def _scheduled(process_id: int) -> list[dict[str, Any]]:
    """The scheduled batches as the page lists them."""
    return [
        {
            "id": row.publication.id, "at": row.publication.at, "answers": row.publication.answers, "state": str(row.publication.state),
            "label": str(SCHEDULED_STATES[row.publication.state]), "who": row.who, "settled_at": row.publication.settled_at,
            "held_for": row.publication.held_for, "is_seen": row.publication.seen_at is not None,
        }
        for row in queries.scheduled(process_id)
    ]  # fmt: skip


@bp.post("/mesa/procesos/<slug>/publicacion")
@guarded(FeedbackPermission.PUBLISH, GRANTS, load=process_for_staff)
def publish(process: Process) -> Response:
    """Release the ticked answers, or give them an hour when that is the button that was pressed."""
    form, hour, slug = ChosenForm(), HourForm(), process.slug
    hashes, person_id = dict(form.chosen()), _person_id()
    decisions, at_an_hour = queries.decisions_by_id(list(hashes)), request.form.get("do") == "schedule"
    if not hour.validate() and at_an_hour:
        return _page(process, [str(error) for error in hour.errors.values()], 422, hour)
    try:
        said = _schedule(process, decisions, hashes, hour, person_id) if at_an_hour else _release(process, decisions, hashes, person_id)
    except RuleBroken as broken:
        sentences = sentences_of(broken)
        db.session.rollback()
        return _page(process_for_staff(slug) or process, sentences, 422, hour)
    db.session.commit()
    flash(said, "good")
    return redirect(url_for("feedback.publication", slug=slug), 303)  # type: ignore[return-value]


def _release(process: Process, decisions: Any, hashes: dict[int, str], person_id: int) -> str:
    batch = services.publish_batch(process, decisions, person_id=person_id, now=clock.now(), hashes=hashes)
    return ngettext("Lote %(n)s: %(num)s respuesta es pública.", "Lote %(n)s: %(num)s respuestas son públicas.", batch.answers, n=batch.n)


def _schedule(process: Process, decisions: Any, hashes: dict[int, str], hour: HourForm, person_id: int) -> str:
    made = services.schedule_batch(process, decisions, hashes, hour.at(), person_id=person_id, now=clock.now())
    return ngettext(
        "%(num)s respuesta se publicará el %(when)s.", "%(num)s respuestas se publicarán el %(when)s.", made.answers,
        when=long_instant(made.at),
    )  # fmt: skip


@bp.post("/mesa/procesos/<slug>/publicacion/programadas/<int:n>/cancelar")
@guarded(FeedbackPermission.PUBLISH, GRANTS, load=scheduled_of)
def cancel_scheduled(publication: ScheduledPublication) -> Response:
    slug = publication.process.slug
    try:
        services.cancel_scheduled(publication, person_id=_person_id(), now=clock.now())
    except RuleBroken as broken:
        db.session.rollback()
        flash(sentences_of(broken)[0], "stop")
    else:
        db.session.commit()
        flash(gettext("Se canceló. Las respuestas siguen aprobadas, por publicar."), "good")
    return redirect(url_for("feedback.publication", slug=slug), 303)  # type: ignore[return-value]


@bp.post("/mesa/procesos/<slug>/publicacion/programadas/<int:n>/vista")
@guarded(FeedbackPermission.PUBLISH, GRANTS, load=scheduled_of)
def acknowledge_held(publication: ScheduledPublication) -> Response:
    slug = publication.process.slug
    services.acknowledge_held(publication, now=clock.now())
    db.session.commit()
    return redirect(url_for("feedback.publication", slug=slug), 303)  # type: ignore[return-value]


@bp.get("/mesa/procesos/<slug>/publicacion/vista-previa")
@guarded(FeedbackPermission.READ_APPROVED, GRANTS, load=process_for_staff)
def publication_preview(process: Process) -> str:
    """The list as the public will read it, thirty at a time; each leads to its whole page as it will be, with its group, its ideas and
    its dissents."""
    rows, number = queries.approved(process.id), page_number()
    page = Page(rows[(number - 1) * PER_PAGE : number * PER_PAGE], number, len(rows))
    maker = CardMaker(process.slug, lima_day(clock.now()))
    cards = [maker.brief(row)._replace(href=url_for("feedback.preview", code=row.code)) for row in page.rows]
    return render_template(
        "feedback/publication_preview.html", process=process, space=process.space, nav_here="desk", cards=drawn(cards, 2),
        pager_links=pager(page, url_for("feedback.publication_preview", slug=process.slug), {}),
    )  # fmt: skip


def _person_id() -> int:
    person_id = current_actor().person_id
    assert person_id is not None  # noqa: S101 - guarded() has let in only people who signed in
    return person_id
