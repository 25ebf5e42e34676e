"""Telling how each line goes: one by one, or with the monthly sheet."""

from typing import Any

from flask import Response, abort, get_flashed_messages, make_response, render_template
from flask_babel import gettext

from app.agreements import importing, messages, queries, services
from app.agreements.forms import ProgressForm, SheetForm, written
from app.agreements.permissions import GRANTS, AgreementPermission
from app.agreements.rules.sheets import HEADS
from app.agreements.views import bp
from app.agreements.views.loading import RoundAndAct, by, round_and_act, see
from app.core import clock
from app.core.clock import lima_day
from app.core.db import db
from app.core.errors import RuleBroken, SomebodyWasFirst
from app.core.guard import current_actor, guarded, may
from app.core.web import csv_response
from app.feedback.messages import REASONS
from app.spaces.permissions import is_municipal

BASE = "/mesa/procesos/<slug>/presupuesto/ejecucion"
MONTHLY = "/mesa/procesos/<slug>/presupuesto/ejecucion-mensual"


@bp.get(BASE)
@guarded(AgreementPermission.FOLLOW, GRANTS, load=round_and_act)
def follow(found: RoundAndAct) -> Response:
    act = queries.standing_act(found.round.id)
    rows = queries.in_force(act, lima_day(clock.now())) if act else []
    process = found.round.process
    return make_response(
        render_template(
            "agreements/follow.html", process=process, space=process.space, round=found.round, act=act, rows=rows, names=messages,
            books=queries.books_of(rows), reports={r.line.code for r in rows if may(AgreementPermission.REPORT, GRANTS, r.line)},
            may_import=may(AgreementPermission.IMPORT, GRANTS, found), nav_here="desk", flashes=get_flashed_messages(with_categories=True),
        )
    )  # fmt: skip


def _opened(row: Any) -> ProgressForm:
    last = row.last
    data: dict[str, Any] = {"seen_number": "0", "as_of": lima_day(clock.now())}
    if last is not None:
        data |= {
            "seen_number": str(last.number), "state": last.state.value, "cui": last.cui, "pia": written(last.pia_cents),
            "pim": written(last.pim_cents), "certified": written(last.certified_cents), "accrued": written(last.accrued_cents),
            "paid": written(last.paid_cents), "reason_code": last.reason_code.value if last.reason_code else "", "why": last.why,
            "difference": last.difference,
        }  # fmt: skip
    return ProgressForm(formdata=None, data=data).offer()


def _page(slug: str, code: str, status: int = 200, form: Any = None) -> Response:
    line = queries.staff_line(slug, code)
    if line is None:
        abort(404)
    row = queries.row_of(line, lima_day(clock.now()))
    if status == 409 and form is not None:  # one's own stays in the form; publishing again is then after having read the other
        form.seen_number.data, form.seen_number.raw_data = str(row.last.number if row.last else 0), None
    process = line.act.round.process
    return make_response(
        render_template(
            "agreements/report.html", process=process, space=process.space, line=line, row=row, form=(form or _opened(row)).offer(),
            names=messages, reasons=REASONS, is_conflict=status == 409, nav_here="desk",
        ),
        status,
    )  # fmt: skip


@bp.get(f"{BASE}/<code>")
@guarded(AgreementPermission.REPORT, GRANTS, load=queries.staff_line)
def write_report(line: Any) -> Response:
    return _page(line.act.round.process.slug, line.code)


@bp.post(f"{BASE}/<code>")
@guarded(AgreementPermission.REPORT, GRANTS, load=queries.staff_line)
def report(line: Any) -> Response:
    slug, code, form = line.act.round.process.slug, line.code, ProgressForm().offer()
    if not form.validate() or not form.amounts_are_readable():
        return _page(slug, code, 422, form)
    role = services.TEAM if is_municipal(current_actor(), line) else services.ENTITY
    try:
        services.report(line, form.draft(), form.files(), seen=form.seen, role=role, **by())
    except RuleBroken as broken:
        db.session.rollback()
        form.show(broken)
        return _page(slug, code, 422, form)
    except SomebodyWasFirst:
        db.session.rollback()
        return _page(slug, code, 409, form)
    db.session.commit()
    return see("agreements.follow", gettext("Publicado: %(code)s. Ya se ve en la página de ejecución.", code=code), slug=slug)


def _sheet_page(found: RoundAndAct, status: int = 200, **shown: Any) -> Response:
    process = found.round.process
    form = shown.pop("form", None) or SheetForm(formdata=None)
    return make_response(
        render_template(
            "agreements/monthly.html", process=process, space=process.space, form=form, nav_here="desk",
            heads=HEADS, flashes=get_flashed_messages(with_categories=True), **{"rows": None, "new": 0, "wrong": 0, "same": 0} | shown,
        ),
        status,
    )  # fmt: skip


@bp.get(MONTHLY)
@guarded(AgreementPermission.IMPORT, GRANTS, load=round_and_act)
def monthly(found: RoundAndAct) -> Response:
    return _sheet_page(found)


@bp.get(f"{MONTHLY}.csv")
@guarded(AgreementPermission.IMPORT, GRANTS, load=round_and_act)
def monthly_model(found: RoundAndAct) -> Response:
    """A sheet with the codes that are known, to fill in."""
    today = lima_day(clock.now())
    known = queries.lines_with_cui(found.round.id, today)
    return csv_response(
        f"ejecucion-mensual-{found.slug}.csv", HEADS, [(cui, "", "", "", today.strftime("%d/%m/%Y")) for cui in sorted(known)]
    )


@bp.post(MONTHLY)
@guarded(AgreementPermission.IMPORT, GRANTS, load=round_and_act)
def check_monthly(found: RoundAndAct) -> Response:
    """Say, row by row, what the sheet would do; nothing is written."""
    form = SheetForm()
    if not form.validate():
        return _sheet_page(found, 422, form=form)
    try:
        text = importing.text_of(form.content())
        rows = services.judge_sheet(found.round, importing.parse_sheet(text), now=clock.now())
    except RuleBroken as broken:
        form.show(broken)
        return _sheet_page(found, 422, form=form)
    wrong = sum(bool(row.problems) for row in rows)
    same = sum(row.is_same for row in rows)
    form.written.data, form.written.raw_data = text, None
    judged = [{"row": row, "problems": [form.sentence(p) for p in row.problems]} for row in rows]
    return _sheet_page(found, form=form, rows=judged, wrong=wrong, same=same, new=len(rows) - wrong - same)


@bp.post(f"{MONTHLY}/publicar")
@guarded(AgreementPermission.IMPORT, GRANTS, load=round_and_act)
def import_monthly(found: RoundAndAct) -> Response:
    form, slug = SheetForm(), found.slug
    try:
        made = services.import_sheet(found.round, importing.parse_sheet(form.written.data or ""), **by())
    except RuleBroken as broken:
        db.session.rollback()
        form.show(broken)
        again = round_and_act(slug)
        return _sheet_page(again or found, 422, form=form)
    db.session.commit()
    return see("agreements.follow", gettext("Se publicaron %(n)s actualizaciones de la hoja.", n=len(made)), slug=slug)
