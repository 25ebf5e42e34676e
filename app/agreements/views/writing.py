"""Writing the act on the desk."""

from typing import Any

from flask import Response, abort, get_flashed_messages, make_response, render_template
from flask_babel import gettext

from app.agreements import messages, queries, services
from app.agreements.documents import by_kind
from app.agreements.forms import CorrectionForm, HeadForm, LeaveOutForm, LineForm, RevisionForm, SheetSignForm, written
from app.agreements.permissions import GRANTS, AgreementPermission
from app.agreements.queries.acts import head_of
from app.agreements.rules import acts as rules
from app.agreements.views import bp
from app.agreements.views.loading import RoundAndAct, by, line_being_written, round_and_act, see, told, with_act
from app.core import clock
from app.core.clock import lima_day
from app.core.db import db
from app.core.errors import RuleBroken, SomebodyWasFirst
from app.core.guard import guarded
from app.organisations import queries as organisations
from app.organisations.rules import Sector
from app.projects import queries as projects

BASE = "/mesa/procesos/<slug>/presupuesto/acta"


def desk_page(slug: str, status: int = 200, **shown: Any) -> Response:
    """The act as its writers see it: what it says, what is missing, who signed, and the next step."""
    found = round_and_act(slug)
    if found is None:
        abort(404)
    act, process = found.act, found.round.process
    context: dict[str, Any] = {
        "round": found.round, "process": process, "space": process.space, "act": act, "names": messages, "subject": found,
        "unanswered": projects.without_answer(found.round.id), "nav_here": "desk", "flashes": get_flashed_messages(with_categories=True),
        "is_conflict": False, "correction": CorrectionForm(formdata=None), "refused": None,
        "prioritised": sum(p.state == "prioritised" for p in projects.projects_of(found.round.id)),
    }  # fmt: skip
    if act is not None:
        context |= _of_act(found, act)
    return make_response(render_template("agreements/desk.html", **context | shown), status)


def _of_act(found: RoundAndAct, act: Any) -> dict[str, Any]:
    lines = queries.lines_of(act.id)
    signed, counts = queries.signatures(act), queries.signed_counts(act)
    agents = queries.accredited(found.round.id)
    already = {row.agent_id for row in signed}
    facts = queries.act_facts(found.round, told(found.round), lima_day(clock.now()))
    drafts, head = [queries.draft_of(line) for line in lines], head_of(act)
    missing = rules.problems_with_opening(act.state, head, drafts, facts) if act.state == "draft" else ()
    if act.state == "open-for-signatures":
        missing = rules.problems_with_publishing(
            act.state, counts, head, unanswered_dropped=facts.unanswered_dropped, has_committee=facts.has_committee
        )
    total = sum(line.amount_cents for line in lines)
    offered = [(str(a.number), f"{a.number}. {a.name}") for a in agents if a.id not in already]
    sheet = SheetSignForm(formdata=None, data={"sha256": act.sha256}).offer(offered)
    return {
        "lines": lines, "total": total, "left": found.round.ceiling_cents - total, "signed": by_kind(signed), "signatures": len(signed),
        "counts": counts,
        "dissents": queries.dissents(act), "missing": [RevisionForm(formdata=None).sentence(p) for p in missing],
        "head": HeadForm(formdata=None, data={**head.__dict__, "revision": str(act.revision)}),
        "sheet": sheet, "revision": act.revision,
        "incomplete": {line.code for line, d in zip(lines, drafts, strict=True) if rules.problems_with_line(d, held_on=act.held_on)},
    }  # fmt: skip


@bp.get(BASE)
@guarded(AgreementPermission.READ, GRANTS, load=round_and_act)
def desk(found: RoundAndAct) -> Response:
    return desk_page(found.slug)


def _refused(slug: str, broken: RuleBroken) -> Response:
    db.session.rollback()
    form = RevisionForm(formdata=None)
    form.show(broken)
    return desk_page(slug, 422, refused=form)


def _conflict(slug: str) -> Response:
    db.session.rollback()
    return desk_page(slug, 409, is_conflict=True)


@bp.post(BASE)
@guarded(AgreementPermission.DRAFT, GRANTS, load=round_and_act)
def create(found: RoundAndAct) -> Response:
    slug = found.slug
    try:
        services.draft(found.round, **by())
    except RuleBroken as broken:
        return _refused(slug, broken)
    db.session.commit()
    return see("agreements.desk", gettext("El borrador tiene una línea por cada proyecto priorizado. Complete cada una."), slug=slug)


@bp.post(f"{BASE}/corregir")
@guarded(AgreementPermission.DRAFT, GRANTS, load=with_act)
def correct(found: RoundAndAct) -> Response:
    slug, form = found.slug, CorrectionForm()
    if not form.validate() or found.act is None:
        return desk_page(slug, 422, correction=form)
    try:
        services.correct(found.act, form.reason.data or "", **by())
    except RuleBroken as broken:
        db.session.rollback()
        form.show(broken)
        return desk_page(slug, 422, correction=form)
    db.session.commit()
    return see("agreements.desk", gettext("Se abrió una versión nueva. La vigente sigue pública hasta que se firme esta."), slug=slug)


@bp.post(f"{BASE}/cabecera")
@guarded(AgreementPermission.DRAFT, GRANTS, load=with_act)
def save_head(found: RoundAndAct) -> Response:
    slug, form = found.slug, HeadForm()
    if not form.validate() or found.act is None:
        return desk_page(slug, 422, head=form)
    try:
        services.save_head(found.act, form.draft(), revision=form.seen, now=clock.now())
    except RuleBroken as broken:
        db.session.rollback()
        form.show(broken)
        return desk_page(slug, 422, head=form)
    except SomebodyWasFirst:
        return _conflict(slug)
    db.session.commit()
    return see("agreements.desk", gettext("Guardado."), slug=slug)


def _units() -> list[tuple[str, str]]:
    return [(o.slug, o.name) for o in organisations.organisations(Sector.GOVERNMENT)]


def _line_page(slug: str, code: str, status: int = 200, **shown: Any) -> Response:
    line = line_being_written(slug, code)
    if line is None:
        abort(404)
    revision = str(line.act.revision)
    data = {
        "revision": revision, "amount": written(line.amount_cents), "source": line.source.value if line.source else "",
        "unit": line.unit.slug if line.unit else "", "entity_commits": line.entity_commits, "agents_commit": line.agents_commit,
        "due_on": line.due_on,
    }  # fmt: skip
    forms = {"form": LineForm(formdata=None, data=data), "leaving": LeaveOutForm(formdata=None, data={"revision": revision}, prefix="out-")}
    forms |= {name: value for name, value in shown.items() if name in forms}
    forms["form"].offer(_units())
    forms["leaving"].offer()
    process = line.act.round.process
    return make_response(
        render_template(
            "agreements/edit_line.html", line=line, process=process, space=process.space, nav_here="desk",
            is_conflict=status == 409, **forms,
        ),
        status,
    )  # fmt: skip


@bp.get(f"{BASE}/lineas/<code>")
@guarded(AgreementPermission.DRAFT, GRANTS, load=line_being_written)
def edit_line(line: Any) -> Response:
    return _line_page(line.act.round.process.slug, line.code)


@bp.post(f"{BASE}/lineas/<code>")
@guarded(AgreementPermission.DRAFT, GRANTS, load=line_being_written)
def save_line(line: Any) -> Response:
    slug, code, form = line.act.round.process.slug, line.code, LineForm()
    form.offer(_units())
    if not form.validate():
        return _line_page(slug, code, 422, form=form)
    unit = organisations.organisation_by_slug(form.unit.data or "")
    try:
        services.save_line(line, form.draft(line.number, code, line.title), unit, revision=form.seen)
    except RuleBroken as broken:
        db.session.rollback()
        form.show(broken)
        return _line_page(slug, code, 422, form=form)
    except SomebodyWasFirst:
        db.session.rollback()
        return _line_page(slug, code, 409, form=form)
    db.session.commit()
    return see("agreements.desk", gettext("La línea %(code)s quedó guardada.", code=code), slug=slug)


@bp.post(f"{BASE}/lineas/<code>/dejar-fuera")
@guarded(AgreementPermission.DRAFT, GRANTS, load=line_being_written)
def leave_out(line: Any) -> Response:
    slug, code, form = line.act.round.process.slug, line.code, LeaveOutForm(prefix="out-").offer()
    outcome, reason = form.chosen
    if not form.validate() or outcome is None:
        return _line_page(slug, code, 422, leaving=form)
    try:
        services.leave_out(
            line, outcome, reason, form.text.data or "", revision=form.seen, change_needed=form.change_needed.data or "", **by()
        )
    except RuleBroken as broken:
        db.session.rollback()
        form.show(broken)
        return _line_page(slug, code, 422, leaving=form)
    except SomebodyWasFirst:
        db.session.rollback()
        return _line_page(slug, code, 409, leaving=form)
    db.session.commit()
    said = gettext("%(code)s quedó fuera. Su respuesta espera la aprobación de otra persona: sin ella no se firma el acta.", code=code)
    return see("agreements.desk", said, slug=slug)


@bp.post(f"{BASE}/abrir")
@guarded(AgreementPermission.DRAFT, GRANTS, load=with_act)
def open_for_signatures(found: RoundAndAct) -> Response:
    slug, form = found.slug, RevisionForm()
    try:
        services.open_for_signatures(found.act, told(found.round), revision=form.seen, **by())  # type: ignore[arg-type]
    except RuleBroken as broken:
        return _refused(slug, broken)
    except SomebodyWasFirst:
        return _conflict(slug)
    db.session.commit()
    return see("agreements.desk", gettext("El acta está abierta a firmas: el texto ya no cambia."), slug=slug)


@bp.post(f"{BASE}/reabrir")
@guarded(AgreementPermission.DRAFT, GRANTS, load=with_act)
def reopen(found: RoundAndAct) -> Response:
    slug, form = found.slug, RevisionForm()
    try:
        services.reopen(found.act, revision=form.seen, now=clock.now())  # type: ignore[arg-type]
    except RuleBroken as broken:
        return _refused(slug, broken)
    except SomebodyWasFirst:
        return _conflict(slug)
    db.session.commit()
    return see("agreements.desk", gettext("El acta volvió a redacción. Habrá que firmar el texto nuevo."), slug=slug)


@bp.post(f"{BASE}/publicar")
@guarded(AgreementPermission.DRAFT, GRANTS, load=with_act)
def publish(found: RoundAndAct) -> Response:
    slug = found.slug
    try:
        services.publish(found.act, told(found.round), **by())  # type: ignore[arg-type]
    except RuleBroken as broken:
        return _refused(slug, broken)
    db.session.commit()
    return see("agreements.desk", gettext("El acta está publicada. Cada línea ya tiene su página de ejecución."), slug=slug)
