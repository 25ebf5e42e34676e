"""Officials answer what citizens ask, with name, post and entity."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Response, flash, get_flashed_messages, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.contributions.rules.terms import Visibility
from app.core import clock
from app.core.db import db
from app.core.guard import current_actor, guarded
from app.core.web import carried_out, page_number, pager
from app.deliberation import messages, queries, services
from app.deliberation.forms import AnswerForm
from app.deliberation.permissions import GRANTS, DeliberationPermission
from app.deliberation.views import bp
from app.organisations import queries as organisations
from app.processes import queries as processes
from app.spaces.permissions import organisation_of

if TYPE_CHECKING:
    from app.deliberation.models import Comment
    from app.processes.models import Process


def comment_of(slug: str, code: str) -> Comment | None:
    found = queries.comment_by_code(code)
    return found if found is not None and found.process.slug == slug else None


@bp.get("/mesa/procesos/<slug>/preguntas")
@guarded(DeliberationPermission.ANSWER, GRANTS, load=processes.process_by_slug)
def questions(process: Process) -> str:
    answered = request.args.get("ver") == "contestadas"
    page = queries.open_questions(process.id, page_number(), answered=answered)
    kept: dict[str, Any] = {"ver": "contestadas"} if answered else {}
    return render_template(
        "deliberation/questions.html", process=process, space=process.space, page=page, answered=answered,
        pager=pager(page, lambda n: url_for("deliberation.questions", slug=process.slug, pagina=n, **kept)),
        flashes=get_flashed_messages(with_categories=True),
    )  # fmt: skip


@bp.get("/mesa/procesos/<slug>/comentarios/<code>")
@guarded(DeliberationPermission.ANSWER, GRANTS, load=comment_of)
def answer_form(comment: Comment) -> Response:
    return _page(comment, AnswerForm(formdata=None))


@bp.post("/mesa/procesos/<slug>/comentarios/<code>")
@guarded(DeliberationPermission.ANSWER, GRANTS, load=comment_of)
def answer(comment: Comment) -> Response:
    form, slug = AnswerForm(), comment.process.slug
    if carried_out(
        form,
        lambda: services.answer(
            comment, form.text.data, form.post.data, _office(comment), current_user._get_current_object(), now=clock.now()
        ),
    ):
        code = comment.code
        db.session.commit()
        flash(_("Su respuesta a %(code)s ya es pública.", code=code), "good")
        return redirect(url_for("deliberation.questions", slug=slug), 303)  # type: ignore[return-value]
    return _page(comment, form, 422)


def _office(comment: Comment) -> str:
    """The entity the person answers for in this process, or the body that convenes it."""
    found = organisations.organisation_by_id(organisation_of(current_actor(), comment))
    return found.name if found else comment.process.space.name


def _page(comment: Comment, form: AnswerForm, status: int = 200) -> Response:
    return make_response(
        render_template(
            "deliberation/answer.html", comment=comment, process=comment.process, space=comment.process.space, form=form,
            answers=queries.answers_to([comment.id]).get(comment.id, []), sides=messages.SIDES, office=_office(comment),
            is_public=comment.visibility is Visibility.PUBLIC, name=current_actor().name,
        ),
        status,
    )  # fmt: skip
