"""Writing a vote, while it is a draft."""

from typing import Any

from flask import Response, make_response, render_template, url_for
from flask_babel import gettext as _

from app.budgeting import queries as budgeting
from app.core import clock
from app.core.db import db
from app.core.errors import RuleBroken, SomebodyWasFirst
from app.core.guard import guarded
from app.voting import queries, services
from app.voting.forms import VoteForm
from app.voting.permissions import GRANTS, VotePermission
from app.voting.rules import VoteState
from app.voting.rules.ballots import soles
from app.voting.views import bp, shown
from app.voting.views.desk import BASE, VOTE, refused, said, to_vote, who


@bp.get(f"{BASE}/nueva")
@guarded(VotePermission.RUN, GRANTS, load=budgeting.round_of)
def new(round_: Any) -> Response:
    return _page(round_, None, _form(round_, formdata=None))


@bp.post(f"{BASE}/nueva")
@guarded(VotePermission.RUN, GRANTS, load=budgeting.round_of)
def create(round_: Any) -> Response:
    return _save(round_, None)


@bp.get(f"{VOTE}/editar")
@guarded(VotePermission.RUN, GRANTS, load=queries.desk_vote)
def edit(vote: Any) -> Response:
    try:
        services.refuse_unless_draft(vote)
    except RuleBroken as broken:
        return refused(vote, said(broken))
    form = _form(vote.round, formdata=None)
    form.show_vote(vote, [option.project_id for option in queries.options(vote.id)])
    return _page(vote.round, vote, form)


@bp.post(f"{VOTE}/editar")
@guarded(VotePermission.RUN, GRANTS, load=queries.desk_vote)
def update(vote: Any) -> Response:
    return _save(vote.round, vote)


def _again(round_id: int) -> Any:
    return budgeting.round_by_id(round_id)


def _form(round_: Any, **given: Any) -> VoteForm:
    form = VoteForm(**given)
    form.offer(
        [(p.id, f"{p.number} · {p.title} (S/ {soles(p.cost_cents or 0)})") for p in queries.admissible_projects(round_.id)],
    )
    return form


def _save(round_: Any, vote: Any) -> Response:
    form = _form(round_)
    round_id = round_.id
    if form.validate():
        try:
            saved = services.save_vote(
                _again(round_id),
                form.draft(),
                vote=vote,
                revision=form.revision.data or 0,
                person_id=who(),
                now=clock.now(),
            )
            saved_id = saved.id
        except SomebodyWasFirst:
            db.session.rollback()
            form.form_errors.append(_("Otra persona cambió el borrador mientras usted escribía. Abra la página de nuevo y compare."))
        except RuleBroken as broken:
            db.session.rollback()
            form.show(broken)
        else:
            db.session.commit()
            return to_vote(shown.again(saved_id), _("El borrador está guardado. Ahora lo firman la municipalidad y el foro."))
    return _page(_again(round_id), shown.again(vote.id) if vote else None, form, 422)


def _page(round_: Any, vote: Any, form: VoteForm, status: int = 200) -> Response:
    slug = round_.process.slug
    action = url_for("voting.update", slug=slug, vote=vote.slug) if vote else url_for("voting.create", slug=slug)
    if vote is not None and vote.state is not VoteState.DRAFT:
        return refused(vote, "; ".join(str(error) for error in form.form_errors) or _("La votación ya se anunció: no se cambia."))
    return make_response(
        render_template("voting/edit.html", process=round_.process, space=round_.process.space, vote=vote, form=form, action=action), status
    )  # fmt: skip
