"""The rules of participation on the desk: written, approved by each side, published."""

from typing import Any

from flask import Response, make_response, render_template, request
from flask_babel import gettext as _

from app.core import clock
from app.core.db import db
from app.core.errors import RuleBroken, SomebodyWasFirst
from app.core.fields import sentence
from app.core.guard import guarded
from app.forum import messages, queries, services
from app.forum.forms import ApprovalForm, RulesForm
from app.forum.permissions import GRANTS, ForumPermission
from app.forum.rules.participation import difference
from app.forum.rules.seats import Side
from app.forum.views import bp, shown
from app.forum.views.seats import BASE, back, person_id

RULES = f"{BASE}/reglas"


@bp.get(RULES)
@guarded(ForumPermission.READ, GRANTS, load=queries.forum_by_slug)
def desk_rules(forum: Any) -> Response:
    return _page(forum)


@bp.post(RULES)
@guarded(ForumPermission.KEEP, GRANTS, load=queries.forum_by_slug)
def save_rules(forum: Any) -> Response:
    """Keep the draft and, with the second button, ask both sides to approve it."""
    form = RulesForm(prefix="rules-")
    if not form.validate():
        return _page(forum, 422, form=form)
    try:
        version = services.save_rules(forum, form.draft(), revision=form.based_on, person_id=person_id(), now=clock.now())
        if "pedir" in request.form:
            services.submit_rules(version, person_id=person_id(), now=clock.now())
    except RuleBroken as broken:
        db.session.rollback()
        form.show(broken)
        return _page(forum, 422, form=form)
    except SomebodyWasFirst as first:
        return _page(forum, 409, form=form, written_meanwhile=first.current)
    db.session.commit()
    said = _("El texto espera la aprobación de los dos lados.") if "pedir" in request.form else _("El borrador está guardado.")
    return back("forum.desk_rules", said, slug=forum.space.slug)


@bp.post(f"{RULES}/aprobar-gobierno")
@guarded(ForumPermission.APPROVE_AS_GOVERNMENT, GRANTS, load=queries.forum_by_slug)
def approve_rules_as_government(forum: Any) -> Response:
    return _approve(forum, Side.GOVERNMENT)


@bp.post(f"{RULES}/aprobar-sociedad")
@guarded(ForumPermission.APPROVE_AS_NON_GOVERNMENT, GRANTS, load=queries.forum_by_slug)
def approve_rules_as_non_government(forum: Any) -> Response:
    return _approve(forum, Side.NON_GOVERNMENT)


def _approve(forum: Any, side: Side) -> Response:
    version = queries.open_rules(forum.space_id)
    if version is None:
        return _page(forum, 422, refused=_("No hay un texto por aprobar."))
    form = ApprovalForm(prefix="approve-")
    try:
        services.approve_rules(version, side, form.sha256.data or "", person_id=person_id(), now=clock.now())
    except RuleBroken as broken:
        return _page(forum, 422, refused=sentence(messages.RULES_PROBLEMS, broken.problems[0]))
    except SomebodyWasFirst:
        return _page(forum, 409, refused=_("El texto cambió después de que usted abrió la página. Léalo otra vez antes de aprobarlo."))
    db.session.commit()
    return back("forum.desk_rules", _("Su aprobación quedó registrada sobre este texto."), slug=forum.space.slug)


@bp.post(f"{RULES}/publicar")
@guarded(ForumPermission.KEEP, GRANTS, load=queries.forum_by_slug)
def publish_rules(forum: Any) -> Response:
    version = queries.open_rules(forum.space_id)
    if version is None:
        return _page(forum, 422, refused=_("No hay un texto por publicar."))
    try:
        services.publish_rules(version, person_id=person_id(), now=clock.now())
    except RuleBroken as broken:
        return _page(forum, 422, refused=sentence(messages.RULES_PROBLEMS, broken.problems[0]))
    db.session.commit()
    return back("forum.desk_rules", _("Las reglas están en vigor y son públicas."), slug=forum.space.slug)


@bp.post(f"{RULES}/descartar")
@guarded(ForumPermission.KEEP, GRANTS, load=queries.forum_by_slug)
def discard_rules(forum: Any) -> Response:
    version = queries.open_rules(forum.space_id)
    if version is not None:
        services.discard_rules(version, person_id=person_id(), now=clock.now())
        db.session.commit()
    return back("forum.desk_rules", _("El borrador se descartó. Lo que está en vigor no cambia."), slug=forum.space.slug)


def _page(forum: Any, status: int = 200, **more: Any) -> Response:
    version, current = queries.open_rules(forum.space_id), queries.current_rules(forum.space_id)
    form = RulesForm(prefix="rules-", formdata=None)
    if version is not None or current is not None:
        form.show_version(version or current, revision=version.revision if version else 0)
    approvals = queries.rules_approvals([version.id]).get(version.id, []) if version else []
    rows = difference(current.text, version.text) if current and version else ()
    context = {
        "forum": forum, "space": forum.space, "version": version, "current": current, "form": form, "names": messages, "refused": "",
        "approvals": shown.keys(approvals, version.sha256) if version else [], "written_meanwhile": None,
        "approving": ApprovalForm(prefix="approve-", formdata=None, data={"sha256": version.sha256 if version else ""}),
        "rows": [{"label": _("Texto %(n)s", n=n), "before": c.before, "after": c.after} for n, c in enumerate(rows, 1)],
        "quorum": messages.quorum_sentence(version.quorum) if version else "",
    }  # fmt: skip
    return make_response(render_template("forum/desk_rules.html", **context | more), status)
