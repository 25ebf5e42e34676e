"""Publishing: approved answers, ticked, seen as the public will, released together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Response, flash, get_flashed_messages, make_response, redirect, render_template, url_for
from flask_babel import ngettext

from app.core import clock
from app.core.clock import lima_day
from app.core.db import db
from app.core.errors import RuleBroken
from app.core.guard import current_actor, guarded, may
from app.feedback import queries, services
from app.feedback.forms import ChosenForm
from app.feedback.messages import OUTCOMES
from app.feedback.permissions import GRANTS, FeedbackPermission
from app.feedback.views import bp
from app.feedback.views.cards import CardMaker, labels
from app.feedback.views.pile import process_for_staff
from app.feedback.views.signing import sentences_of

if TYPE_CHECKING:
    from app.processes.models import Process


@bp.get("/mesa/procesos/<slug>/publicacion")
@guarded(FeedbackPermission.READ_APPROVED, GRANTS, load=process_for_staff)
def publication(process: Process) -> Response:
    return _page(process)


def _page(process: Process, problems: list[str] | None = None, status: int = 200) -> Response:
    return make_response(render_template(
        "feedback/publication.html", process=process, space=process.space, versions=queries.to_publish(process.id),
        outcomes={outcome: str(label) for outcome, label in OUTCOMES.items()}, batches=queries.batches(process.id), problems=problems or [],
        may_publish=may(FeedbackPermission.PUBLISH, GRANTS, process), coverage=queries.coverage(process.id), nav_here="desk",
        flashes=get_flashed_messages(with_categories=True),
    ), status)  # fmt: skip


@bp.post("/mesa/procesos/<slug>/publicacion")
@guarded(FeedbackPermission.PUBLISH, GRANTS, load=process_for_staff)
def publish(process: Process) -> Response:
    form, slug = ChosenForm(), process.slug
    form.validate()
    hashes = dict(form.chosen())
    person_id = current_actor().person_id
    assert person_id is not None  # noqa: S101 - guarded() has let in only people who signed in
    try:
        batch = services.publish_batch(process, queries.decisions_by_id(list(hashes)), person_id=person_id, now=clock.now(), hashes=hashes)
    except RuleBroken as broken:
        sentences = sentences_of(broken)
        db.session.rollback()
        return _page(process_for_staff(slug) or process, sentences, 422)
    n, answers = batch.n, batch.answers
    db.session.commit()
    flash(ngettext("Lote %(n)s: %(num)s respuesta es pública.", "Lote %(n)s: %(num)s respuestas son públicas.", answers, n=n), "good")
    return redirect(url_for("feedback.publication", slug=slug), 303)  # type: ignore[return-value]


@bp.get("/mesa/procesos/<slug>/publicacion/vista-previa")
@guarded(FeedbackPermission.READ_APPROVED, GRANTS, load=process_for_staff)
def publication_preview(process: Process) -> str:
    maker = CardMaker(process.slug, lima_day(clock.now()))
    return render_template(
        "feedback/publication_preview.html", process=process, space=process.space, labels=labels(), nav_here="desk",
        cards=[maker.card(row) for row in queries.approved(process.id)],
    )  # fmt: skip
