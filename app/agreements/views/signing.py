"""Signing the act: with one's account, by the sheet of the assembly, or disagreeing in public."""

from typing import Any

from flask import Response, abort, get_flashed_messages, make_response, render_template
from flask_babel import gettext

from app.agreements import documents, messages, queries, services
from app.agreements.forms import DissentForm, SheetSignForm, SignForm
from app.agreements.permissions import GRANTS, AgreementPermission
from app.agreements.views import bp
from app.agreements.views.loading import RoundAndAct, by, see, with_act
from app.agreements.views.writing import BASE, desk_page
from app.budgeting import messages as budgeting_messages
from app.budgeting import queries as rounds
from app.core.db import db
from app.core.errors import RuleBroken
from app.core.guard import current_actor, guarded, may
from app.spaces.permissions import is_forum_civil, is_forum_government, is_municipal, is_vigilance

MUNICIPALITY, AGENT = "municipalidad", "agente"


def _capacities(found: RoundAndAct) -> list[tuple[str, Any]]:
    """As whom the person may sign: an accredited agent, the municipality, or either."""
    actor = current_actor()
    agent = rounds.agent_of(found.round.id, actor.person_id or 0) if actor.person_id in found.agent_person_ids else None
    offered = [(AGENT, gettext("como agente participante %(n)s: %(kind)s", n=agent.number, kind=_kind(agent)))] if agent else []
    return offered + ([(MUNICIPALITY, gettext("por la municipalidad"))] if is_municipal(actor, found) else [])


def _kind(agent: Any) -> Any:
    return budgeting_messages.KINDS[agent.kind]


def _page(slug: str, status: int = 200, *, form: Any = None, dissenting: Any = None) -> Response:
    found = with_act(slug)
    if found is None or found.act is None:
        abort(404)
    act, actor = found.act, current_actor()
    offered = _capacities(found)
    data = {"sha256": act.sha256, "capacity": offered[0][0] if offered else ""}
    form = (form or SignForm(formdata=None, data=data)).offer(offered)
    return make_response(
        render_template(
            "agreements/sign.html", **documents.act_sheet(act), form=form, names=messages, offered=offered,
            has_post=any(o[0] == MUNICIPALITY for o in offered),
            dissenting=dissenting or DissentForm(formdata=None, data={"sha256": act.sha256}),
            own=queries.own_signature(act, actor.person_id or 0), may_dissent=may(AgreementPermission.DISSENT, GRANTS, found),
            nav_here="desk", flashes=get_flashed_messages(with_categories=True),
        ),
        status,
    )  # fmt: skip


@bp.get(f"{BASE}/firmar")
@guarded(AgreementPermission.READ, GRANTS, load=with_act)
def reading(found: RoundAndAct) -> Response:
    return _page(found.slug)


@bp.post(f"{BASE}/firmar")
@guarded(AgreementPermission.SIGN, GRANTS, load=with_act)
def sign(found: RoundAndAct) -> Response:
    slug, form, actor = found.slug, SignForm(), current_actor()
    form.offer(_capacities(found))
    offered = [value for value, _ in _capacities(found)]
    if not form.validate() or form.capacity.data not in offered:
        return _page(slug, 422, form=form)
    agent = rounds.agent_of(found.round.id, actor.person_id or 0) if form.capacity.data == AGENT else None
    try:
        services.sign(found.act, form.sha256.data or "", agent=agent, post=form.post.data or "", name=actor.name, **by())  # type: ignore[arg-type]
    except RuleBroken as broken:
        db.session.rollback()
        form.show(broken)
        return _page(slug, 422, form=form)
    db.session.commit()
    return see("agreements.reading", gettext("Su firma quedó registrada, atada a la huella de este texto."), slug=slug)


@bp.post(f"{BASE}/hoja")
@guarded(AgreementPermission.DRAFT, GRANTS, load=with_act)
def sign_sheet(found: RoundAndAct) -> Response:
    slug, form = found.slug, SheetSignForm()
    agents = [a for a in queries.accredited(found.round.id) if a.number in form.numbers]
    shown = [(str(a.number), f"{a.number}. {a.name}") for a in queries.accredited(found.round.id)]
    form.offer(shown)
    if not form.validate():
        return desk_page(slug, 422, sheet=form)
    try:
        rows = services.sign_sheet(found.act, form.sha256.data or "", agents, form.upload(), **by())  # type: ignore[arg-type]
    except RuleBroken as broken:
        db.session.rollback()
        form.show(broken)
        return desk_page(slug, 422, sheet=form)
    db.session.commit()
    return see("agreements.desk", gettext("Se registraron %(n)s firmas de la hoja.", n=len(rows)), slug=slug)


@bp.post(f"{BASE}/desacuerdo")
@guarded(AgreementPermission.DISSENT, GRANTS, load=with_act)
def dissent(found: RoundAndAct) -> Response:
    slug, form = found.slug, DissentForm()
    if not form.validate():
        return _page(slug, 422, dissenting=form)
    try:
        services.dissent(found.act, form.sha256.data or "", form.text.data or "", post=_post(found), **by())  # type: ignore[arg-type]
    except RuleBroken as broken:
        db.session.rollback()
        form.show(broken)
        return _page(slug, 422, dissenting=form)
    db.session.commit()
    return see("agreements.reading", gettext("Su desacuerdo se publica junto al acta."), slug=slug)


def _post(found: RoundAndAct) -> str:
    """From which place somebody disagrees, never their name."""
    actor = current_actor()
    if is_vigilance(actor, found):
        return gettext("Comité de vigilancia")
    if is_forum_civil(actor, found):
        return gettext("Foro, por la sociedad civil")
    if is_forum_government(actor, found):
        return gettext("Foro, por el gobierno")
    agent = rounds.agent_of(found.round.id, actor.person_id or 0)
    return gettext("Agente participante %(n)s", n=agent.number) if agent else gettext("Agente participante")
