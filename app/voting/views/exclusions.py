"""Leaving a project out of the count, on the desk."""

from typing import Any

from flask import Response
from flask_babel import gettext as _

from app.core import clock
from app.core.db import db
from app.core.errors import RuleBroken
from app.core.guard import guarded
from app.core.web import carried_out
from app.voting import queries, services
from app.voting.forms import ExclusionForm
from app.voting.permissions import GRANTS, VotePermission
from app.voting.views import bp, shown
from app.voting.views.desk import VOTE, page, refused, said, to_vote, who

EXCLUSIONS = f"{VOTE}/exclusiones"


def exclusion_of(slug: str, vote: str, number: int) -> Any:
    found = queries.desk_vote(slug, vote)
    return queries.exclusion(found.id, number) if found is not None else None


@bp.post(EXCLUSIONS)
@guarded(VotePermission.RUN, GRANTS, load=queries.desk_vote)
def ask_exclusion(vote: Any) -> Response:
    form, vote_id = ExclusionForm(prefix="out-"), vote.id
    if carried_out(
        form,
        lambda: services.ask_exclusion(vote, form.number.data or 0, form.reason.data or "", person_id=who(), now=clock.now()),
        undo=True,
    ):
        db.session.commit()
        return to_vote(shown.again(vote_id), _("El pedido está hecho. Lo resuelve otra persona, del foro."), "exclusiones")
    return page(shown.again(vote_id), 422, excluding=form)


@bp.post(f"{EXCLUSIONS}/<int:number>/aprobar")
@guarded(VotePermission.SIGN_AS_CIVIL, GRANTS, load=exclusion_of)
def approve_exclusion(found: Any) -> Response:
    return _settle(found, is_out=True)


@bp.post(f"{EXCLUSIONS}/<int:number>/rechazar")
@guarded(VotePermission.SIGN_AS_CIVIL, GRANTS, load=exclusion_of)
def refuse_exclusion(found: Any) -> Response:
    return _settle(found, is_out=False)


def _settle(found: Any, *, is_out: bool) -> Response:
    vote_id = found.vote_id
    try:
        services.settle_exclusion(found, is_out=is_out, person_id=who(), now=clock.now())
    except RuleBroken as broken:
        return refused(shown.again(vote_id), said(broken))
    db.session.commit()
    return to_vote(shown.again(vote_id), _("Está resuelto y es público, con su razón."), "exclusiones")
