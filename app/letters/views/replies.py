"""The desk of replies: those that wait, oldest first; closing each; writing down those that came on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Response, flash, get_flashed_messages, make_response, redirect, render_template, request, url_for
from flask_babel import gettext
from wtforms.fields.choices import SelectChoice

from app.core import clock
from app.core.clock import days_between, lima_day
from app.core.db import db
from app.core.errors import Problem, RuleBroken
from app.core.guard import current_actor, guarded, may
from app.core.web import carried_out, page_number, pager
from app.feedback import queries as feedback
from app.feedback.messages import OUTCOMES
from app.letters import messages, queries, services
from app.letters.forms import HideForm, LinkChangeForm, OutcomeForm, RecordForm
from app.letters.permissions import GRANTS, ReplyPermission
from app.letters.rules.replies import ReplyKind, ReplyProblem, ReplyState
from app.letters.views import bp
from app.letters.views.desk import process_for_staff
from app.spaces.rules import Role

if TYPE_CHECKING:
    from app.letters.models import Reply
    from app.processes.models import Process

SETTLERS = (Role.SECRETARIAT, Role.MUNICIPAL, Role.FORUM_GOVERNMENT, Role.FORUM_CIVIL, Role.ENTITY)
READERS = (Role.MODERATOR, Role.SECRETARIAT, Role.MUNICIPAL)
STATES = {"abiertas": ReplyState.OPEN, "contestadas": ReplyState.ANSWERED, "notadas": ReplyState.NOTED}


@bp.get("/mesa/procesos/<slug>/replicas")
@guarded(ReplyPermission.READ, GRANTS, load=process_for_staff)
def desk_replies(process: Process) -> Response:
    asked = request.args.get("estado", "abiertas")
    state, number, today = STATES.get(asked), page_number(), lima_day(clock.now())
    counts, page = queries.counts_by_state(process.id), queries.page_of_replies(process.id, state, number)
    address = url_for("letters.desk_replies", slug=process.slug)
    return make_response(render_template(
        "letters/desk_replies.html", process=process, space=process.space, page=page, chips=_chips(counts, asked, address),
        rows=[{"reply": reply, "days": days_between(lima_day(reply.received_at), today)} for reply in page.rows],
        kinds=messages.SAID_KINDS, states=messages.STATES, nav_here="desk", flashes=get_flashed_messages(with_categories=True),
        pager_links=pager(page, lambda n: url_for("letters.desk_replies", slug=process.slug, estado=asked, pagina=n if n > 1 else None)),
        may_record=may(ReplyPermission.RECORD, GRANTS, process),
    ))  # fmt: skip


def _chips(counts: dict[ReplyState, int], here: str, address: str) -> list[dict[str, Any]]:
    words = {
        "abiertas": gettext("Abiertas"),
        "contestadas": gettext("Contestadas"),
        "notadas": gettext("Con nota"),
        "todas": gettext("Todas"),
    }
    return [
        {
            "text": text, "count": counts[STATES[name]] if name in STATES else sum(counts.values()), "href": f"{address}?estado={name}",
            "here": name == here,
        }
        for name, text in words.items()
    ]  # fmt: skip


@bp.get("/mesa/procesos/<slug>/replicas/nueva")
@guarded(ReplyPermission.RECORD, GRANTS, load=process_for_staff)
def new_reply(process: Process) -> Response:
    given = RecordForm(formdata=None, code=request.args.get("codigo", "")[:40], given_on=lima_day(clock.now()))
    return _record_page(process, given)


@bp.post("/mesa/procesos/<slug>/replicas/nueva")
@guarded(ReplyPermission.RECORD, GRANTS, load=process_for_staff)
def record_reply(process: Process) -> Response:
    form, slug, process_id = RecordForm(), process.slug, process.id
    if form.validate():
        code = form.code.data.strip().upper()
        contribution = feedback.contribution_for_staff(code)
        sender = services.Sender(form.way() or services.Sender().channel, form.given_on.data, recorded_by_id=_person_id())
        try:
            if contribution is None or contribution.process_id != process_id:
                raise RuleBroken([Problem(ReplyProblem.UNKNOWN_CODE, "code", {"code": code})])
            reply = services.take(contribution, form.draft(), sender, now=clock.now())
        except RuleBroken as broken:
            db.session.rollback()
            form.show(broken)
        else:
            number = reply.number
            db.session.commit()
            flash(gettext("Quedó anotada a nombre del autor."), "good")
            return redirect(url_for("letters.desk_reply", code=code, number=number), 303)  # type: ignore[return-value]
    return _record_page(process_for_staff(slug) or process, form, 422)


def _record_page(process: Process, form: RecordForm, status: int = 200) -> Response:
    return make_response(
        render_template("letters/record_reply.html", process=process, space=process.space, form=form, nav_here="desk"), status
    )


def reply_of(code: str, number: int) -> Reply | None:
    return queries.reply_by_number(code, number)


@bp.get("/mesa/aportes/<code>/replicas/<int:number>")
@guarded(ReplyPermission.READ, GRANTS, load=reply_of)
def desk_reply(reply: Reply) -> Response:
    return _page(reply)


def _page(
    reply: Reply, outcome: OutcomeForm | None = None, hiding: HideForm | None = None, linking: LinkChangeForm | None = None,
    status: int = 200,
) -> Response:  # fmt: skip
    contribution = reply.contribution
    (row,) = [row for row in queries.replies_of([contribution.id])[contribution.id] if row.number == reply.number]
    answer = next((v for v in feedback.history(contribution.id) if v.decision.id == reply.decision_id), None)
    link_form = linking or LinkChangeForm(formdata=None)
    link_form.version.choices = [
        SelectChoice(str(d.version), gettext("Versión %(number)s: %(reason)s", number=d.version, reason=d.correction_reason[:80]))
        for d in queries.corrections_after(reply)
    ]
    return make_response(render_template(
        "letters/desk_reply.html", contribution=contribution, process=contribution.process, space=contribution.process.space, reply=reply,
        row=row, answer=answer, outcomes=OUTCOMES, kinds=messages.SAID_KINDS, states=messages.STATES, roles=messages.ROLES,
        channels=messages.CHANNELS, reviews=queries.reviews(reply.id),
        days=days_between(lima_day(reply.received_at), lima_day(clock.now())),
        outcome_form=outcome or OutcomeForm(formdata=None), outcome_notes=messages.OUTCOME_NOTES,
        hide_form=hiding or HideForm(formdata=None), link_form=link_form, is_acceptance=reply.kind is ReplyKind.ACCEPT,
        can={name: may(permission, GRANTS, reply) for name, permission in _CAN.items()}, nav_here="desk",
        flashes=get_flashed_messages(with_categories=True),
    ), status)  # fmt: skip


_CAN = {
    "settle": ReplyPermission.SETTLE, "publish": ReplyPermission.PUBLISH, "hide": ReplyPermission.HIDE, "link": ReplyPermission.LINK,
}  # fmt: skip


@bp.post("/mesa/aportes/<code>/replicas/<int:number>/cerrar")
@guarded(ReplyPermission.SETTLE, GRANTS, load=reply_of)
def settle_reply(reply: Reply) -> Response:
    form, code, number, role = OutcomeForm(), reply.contribution.code, reply.number, _role(reply, SETTLERS)
    if carried_out(
        form,
        lambda: services.settle(reply, form.state(), form.text.data or "", role=role, person_id=_person_id(), now=clock.now()),
        undo=True,
    ):
        return _done(code, number, gettext("La réplica quedó cerrada y se avisó al autor si dejó correo."))
    return _page(reply_of(code, number) or reply, outcome=form, status=422)


@bp.post("/mesa/aportes/<code>/replicas/<int:number>/publicar")
@guarded(ReplyPermission.PUBLISH, GRANTS, load=reply_of)
def publish_reply(reply: Reply) -> Response:
    code, number = reply.contribution.code, reply.number
    try:
        services.let_read(reply, person_id=_person_id(), now=clock.now(), role=str(messages.ROLES[_role(reply, READERS)]).lower())
    except RuleBroken:
        db.session.rollback()
        return _done(code, number, gettext("Esta réplica ya es pública."))
    return _done(code, number, gettext("Las palabras de la réplica son públicas."))


@bp.post("/mesa/aportes/<code>/replicas/<int:number>/ocultar")
@guarded(ReplyPermission.HIDE, GRANTS, load=reply_of)
def hide_reply(reply: Reply) -> Response:
    form, code, number = HideForm(), reply.contribution.code, reply.number
    if carried_out(form, lambda: services.hide(reply, form.reason.data or "", person_id=_person_id(), now=clock.now()), undo=True):
        return _done(code, number, gettext("La réplica no se muestra. Sigue esperando que el foro la cierre."))
    return _page(reply_of(code, number) or reply, hiding=form, status=422)


@bp.post("/mesa/aportes/<code>/replicas/<int:number>/cambio")
@guarded(ReplyPermission.LINK, GRANTS, load=reply_of)
def link_change(reply: Reply) -> Response:
    form, code, number = LinkChangeForm(), reply.contribution.code, reply.number
    form.validate()
    chosen = next((d for d in queries.corrections_after(reply) if d.version == form.number()), None)
    role = str(messages.ROLES[_role(reply, SETTLERS)]).lower()
    try:
        services.link_change(reply, chosen, person_id=_person_id(), now=clock.now(), role=role)
    except RuleBroken as broken:
        db.session.rollback()
        form.show(broken)
        return _page(reply_of(code, number) or reply, linking=form, status=422)
    return _done(code, number, gettext("Queda a la vista qué cambió por esta réplica."))


def _done(code: str, number: int, sentence: str) -> Response:
    db.session.commit()
    flash(sentence, "good")
    return redirect(url_for("letters.desk_reply", code=code, number=number), 303)  # type: ignore[return-value]


def _role(reply: Reply, wanted: tuple[Role, ...]) -> Role:
    """As what the person acts here: the first of `wanted` that they hold."""
    held = {h.role for h in current_actor().roles if h.covers(reply.scope)}
    return next(role for role in wanted if role in held)


def _person_id() -> int:
    person_id = current_actor().person_id
    assert person_id is not None  # noqa: S101 - guarded() has let in only people who signed in
    return person_id
