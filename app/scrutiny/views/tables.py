"""Paper tables on the desk: opened, their list marked, their acta attached, their papers keyed by two people apart."""

from typing import Any

from flask import flash, get_flashed_messages, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app.core import clock
from app.core.db import db
from app.core.errors import RuleBroken
from app.core.guard import guarded
from app.core.web import carried_out
from app.evidence import messages as uploads
from app.evidence import queries as evidence
from app.evidence.rules import FileUpload
from app.scrutiny import messages, queries, services
from app.scrutiny.forms import ActaForm, MarksForm, SheetForm, TableForm, sheet_form
from app.scrutiny.permissions import GRANTS, ScrutinyPermission
from app.scrutiny.rules.tables import differences
from app.scrutiny.services.tables import ACTA
from app.scrutiny.views import bp
from app.scrutiny.views.desk import URL, who
from app.voting.rules.ballots import WEIGHED
from app.voting.rules.roll import document_of
from app.voting.services import keys

TABLE = f"{URL}/mesas/<int:number>"


@bp.get(f"{URL}/mesas/nueva")
@guarded(ScrutinyPermission.KEEP_TABLES, GRANTS, load=queries.staff_vote)
def new_table(vote: Any) -> str:
    return _new(vote, _table_form(vote, None))


@bp.post(f"{URL}/mesas")
@guarded(ScrutinyPermission.KEEP_TABLES, GRANTS, load=queries.staff_vote)
def open_table(vote: Any) -> Any:
    form, slug, name = _table_form(vote, request.form), vote.round.process.slug, vote.slug
    if form.validate():
        try:
            table = services.open_table(
                vote, form.number.data, form.place.data or "", form.ubigeo.data or None, form.members.data or "", person_id=who(),
                now=clock.now(),
            )  # fmt: skip
        except RuleBroken as broken:
            db.session.rollback()
            form.show(broken)
        else:
            number = table.number
            db.session.commit()
            flash(_("Mesa %(n)s abierta.", n=number), "good")
            return redirect(url_for("scrutiny.table", slug=slug, vote=name, number=number), 303)
    return _new(queries.staff_vote(slug, name), form), 422


@bp.get(TABLE)
@guarded(ScrutinyPermission.READ, GRANTS, load=queries.table_of)
def table(found: Any) -> str:
    return _show(found)


@bp.post(f"{TABLE}/acta")
@guarded(ScrutinyPermission.KEEP_TABLES, GRANTS, load=queries.table_of)
def attach_acta(found: Any) -> Any:
    form, slug, name, number = ActaForm(), *_address(found)
    if form.validate() and form.file.data:
        upload = FileUpload(form.file.data.filename or "", form.file.data.read())
        try:
            services.attach_acta(found, upload, person_id=who(), now=clock.now())
        except RuleBroken as broken:
            db.session.rollback()
            _show_upload(form, broken)
        else:
            return _done(slug, name, number, _("Acta guardada. Su huella está en el registro público."))
    elif not form.errors:
        form.file.errors = [_("Elija el archivo del acta.")]
    return _show(queries.table_of(slug, name, number), acta=form), 422


@bp.post(f"{TABLE}/padron")
@guarded(ScrutinyPermission.KEEP_TABLES, GRANTS, load=queries.table_of)
def load_marks(found: Any) -> Any:
    form, slug, name, number = MarksForm(), *_address(found)
    if form.validate():
        typed = form.lines()
        try:
            documents = [document_of(one) for one in typed]
            marked = services.load_marks(
                found, typed, keys=keys.voter_keys(found.vote, documents), person_id=who(), now=clock.now()
            )  # fmt: skip
        except RuleBroken as broken:
            db.session.rollback()
            form.show(broken)
        else:
            return _done(slug, name, number, _("%(n)s personas marcadas como votantes en papel.", n=marked))
    return _show(queries.table_of(slug, name, number), marks=form), 422


@bp.get(f"{TABLE}/digitar")
@guarded(ScrutinyPermission.KEY, GRANTS, load=queries.table_of)
def keying(found: Any) -> str:
    return _keying(found, _sheet_form(found, None))


@bp.post(f"{TABLE}/digitar")
@guarded(ScrutinyPermission.KEY, GRANTS, load=queries.table_of)
def key_table(found: Any) -> Any:
    form, slug, name, number = _sheet_form(found, request.form), *_address(found)
    if form.validate():
        try:
            is_settled = services.key_table(found, form.sheet(), person_id=who(), now=clock.now())
        except RuleBroken as broken:
            db.session.rollback()
            form.show(broken)
        else:
            return _done(slug, name, number, _("Las dos lecturas son iguales: la mesa está lista.") if is_settled else _(
                "Su lectura quedó guardada."
            ))  # fmt: skip
    return _keying(queries.table_of(slug, name, number), form), 422


@bp.get(f"{TABLE}/decidir")
@guarded(ScrutinyPermission.KEY, GRANTS, load=queries.table_of)
def settling(found: Any) -> str:
    return _keying(found, _sheet_form(found, None, decides=True), decides=True)


@bp.post(f"{TABLE}/decidir")
@guarded(ScrutinyPermission.KEY, GRANTS, load=queries.table_of)
def settle_table(found: Any) -> Any:
    form, slug, name, number = _sheet_form(found, request.form, decides=True), *_address(found)
    if carried_out(
        form, lambda: services.settle_table(found, form.sheet(), form["reason"].data or "", person_id=who(), now=clock.now()), undo=True
    ):
        return _done(slug, name, number, _("Decidido: la mesa está lista, y su razón queda escrita."))
    return _keying(queries.table_of(slug, name, number), form, decides=True), 422


def _address(found: Any) -> tuple[str, str, int]:
    return found.vote.round.process.slug, found.vote.slug, found.number


def _done(slug: str, name: str, number: int, said: str) -> Any:
    db.session.commit()
    flash(said, "good")
    return redirect(url_for("scrutiny.table", slug=slug, vote=name, number=number), 303)


def _show_upload(form: ActaForm, broken: RuleBroken) -> None:
    form.messages = {**form.messages, **uploads.PROBLEMS}
    form.show(broken)


def _table_form(vote: Any, data: Any) -> TableForm:
    form = TableForm(data)
    form.prepare(queries.places_of(vote))
    return form


def _sheet_form(found: Any, data: Any, *, decides: bool = False) -> SheetForm:
    options = [(option.number, option.title) for option in queries.options(found.vote_id)]
    return sheet_form(found.entry, options, weighs=found.vote.kind in WEIGHED, decides=decides, data=data)


def _around(found: Any) -> dict[str, Any]:
    return {
        "table": found, "vote": found.vote, "process": found.vote.round.process, "space": found.vote.round.process.space, "names": messages,
        "flashes": get_flashed_messages(with_categories=True), "is_over": clock.now() >= found.vote.closes_at,
    }  # fmt: skip


def _new(vote: Any, form: TableForm) -> str:
    return render_template("scrutiny/new_table.html", vote=vote, process=vote.round.process, space=vote.round.process.space, form=form)


def _show(found: Any, *, acta: ActaForm | None = None, marks: MarksForm | None = None) -> str:
    keyed = queries.keyings(found.id)
    return render_template(
        "scrutiny/table.html", **_around(found), acta_form=acta or ActaForm(None), marks_form=marks or MarksForm(None),
        keyed=[(row.turn, row.person_id == who(), row.keyed_at, row.reason) for row in keyed],
        actas=[
            {"text": f.title, "href": url_for("evidence.download_restricted", key=f.key), "detail": f.detail, "note": ""}
            for f in evidence.attachments(ACTA, found.id, public_only=False)
        ],
    )  # fmt: skip


def _keying(found: Any, form: SheetForm, *, decides: bool = False) -> str:
    keyed = queries.keyings(found.id)
    told = []
    if decides and len(keyed) == 2 and who() not in [row.person_id for row in keyed]:
        told = [(_what(what), first, second) for what, first, second in differences(keyed[0].content, keyed[1].content)]
    return render_template("scrutiny/keying.html", **_around(found), form=form, decides=decides, told=told)


def _what(what: str) -> str:
    kind, _colon, number = what.partition(":")
    if number:
        return _("Proyecto %(n)s", n=number) if kind == "project" else _("Papeleta %(n)s", n=number)
    return {
        "signatures": _("Firmas en la lista"), "in_box": _("Papeletas en el ánfora"), "valid": _("Válidas"), "blank": _("En blanco"),
        "spoilt": _("Viciadas"),
    }[kind]  # fmt: skip
