"""Commenting and supporting: pages of their own that know who is signed in, so that the public ones need not (decision 0008)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Response, flash, get_flashed_messages, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.accounts.views.present import is_minor
from app.contributions import queries as contributions
from app.core import arrival, clock
from app.core.db import db
from app.core.errors import Problem, RuleBroken
from app.core.guard import ask_to_sign_in, public
from app.core.web import carried_out
from app.deliberation import messages, queries, services
from app.deliberation.forms import CommentForm, SupportForm
from app.deliberation.rules.comments import Side
from app.deliberation.views import bp

if TYPE_CHECKING:
    from app.accounts.models import Person
    from app.contributions.models import Contribution


def person() -> Person | None:
    """Who is signed in, as a person; anyone with an account may take part."""
    return current_user._get_current_object() if current_user.is_authenticated else None


def private(response: Response) -> Response:
    """Kept by no cache and no search engine."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@bp.get("/aportes/<code>/comentar")
@public(load=contributions.public_contribution_by_code)
def new_comment(contribution: Contribution) -> Response:
    who = person()
    if who is None:
        return ask_to_sign_in()
    form = CommentForm(None)
    form.pseudonym.data = who.pseudonym
    if is_minor():
        form.protect(who.pseudonym)
    if request.args.get("lado") == "pregunta":
        form.side.data = Side.QUESTION
    return _comment_page(contribution, form, who)


@bp.post("/aportes/<code>/comentar")
@public(load=contributions.public_contribution_by_code)
def create_comment(contribution: Contribution) -> Response:
    who, form, now = person(), CommentForm(), clock.now()
    if who is None:
        return _comment_page(contribution, form, None, 422) if form.text.data else ask_to_sign_in()
    if is_minor():
        form.protect(who.pseudonym)
    if form.validate():
        try:
            received = services.comment(
                form.draft(), contribution, who, submission_key=form.submission_key.data, came=arrival.arrival(now), now=now
            )
        except RuleBroken as broken:
            form.show(broken)
        else:
            code, is_held = received.comment.code, received.is_held
            db.session.commit()
            if is_held:
                flash(_("Recibimos su comentario %(code)s. Una persona de moderación lo mira antes de publicarlo.", code=code), "good")
            else:
                flash(_("Su comentario %(code)s ya está publicado.", code=code), "good")
            return redirect(url_for("moderation.mine", _anchor=code), 303)  # type: ignore[return-value]
    else:
        form.show(RuleBroken(_unsaid(form, services.problems_of_comment(form.draft(), contribution, who, now))))
    return _comment_page(contribution, form, who, 422)


def _unsaid(form: CommentForm, problems: tuple[Problem, ...]) -> list[Problem]:
    """The problems of fields that nothing was said about yet."""
    return [problem for problem in problems if not (problem.field and form[problem.field].errors)]


def _comment_page(contribution: Contribution, form: CommentForm, who: Person | None, status: int = 200) -> Response:
    process, now = contribution.process, clock.now()
    return private(make_response(render_template(
        "deliberation/comment.html", contribution=contribution, process=process, space=process.space, form=form, who=who,
        standing=queries.deliberation_standing(process, now), notes=messages.SIDE_NOTES, nav_here="processes", is_minor=is_minor(),
        suspension=queries.suspension_of(who.id, process.space_id, now) if who else None,
    ), status))  # fmt: skip


@bp.get("/aportes/<code>/apoyar")
@public(load=contributions.public_contribution_by_code)
def support(contribution: Contribution) -> Response:
    return ask_to_sign_in() if person() is None else _support_page(contribution, SupportForm(formdata=None))


@bp.post("/aportes/<code>/apoyar")
@public(load=contributions.public_contribution_by_code)
def give_support(contribution: Contribution) -> Response:
    return _changed(contribution, services.support, _("Su apoyo cuenta. Puede retirarlo aquí mientras la fase siga abierta."))


@bp.post("/aportes/<code>/apoyar/retirar")
@public(load=contributions.public_contribution_by_code)
def withdraw_support(contribution: Contribution) -> Response:
    return _changed(contribution, services.withdraw_support, _("Retiró su apoyo."))


def _changed(contribution: Contribution, act: Any, sentence: str) -> Response:
    who, form, code = person(), SupportForm(), contribution.code
    if who is None:
        return ask_to_sign_in()
    if carried_out(form, lambda: act(contribution, who.id, now=clock.now())):
        db.session.commit()
        flash(sentence, "good")
        return private(redirect(url_for("deliberation.support", code=code), 303))  # type: ignore[arg-type]
    return _support_page(contribution, form, 422)


def _support_page(contribution: Contribution, form: SupportForm, status: int = 200) -> Response:
    process, now, who = contribution.process, clock.now(), person()
    assert who is not None  # noqa: S101 - its callers asked
    return private(make_response(render_template(
        "deliberation/support.html", contribution=contribution, process=process, space=process.space, form=form,
        standing=queries.deliberation_standing(process, now), supports=queries.does_support(contribution.id, who.id),
        tally=queries.tally(contribution.id), suspension=queries.suspension_of(who.id, process.space_id, now), nav_here="processes",
        flashes=get_flashed_messages(with_categories=True),
    ), status))  # fmt: skip
