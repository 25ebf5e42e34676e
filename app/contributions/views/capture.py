"""The capture sheet of a workshop: row by row, with or without JavaScript."""

from typing import Any

from flask import Response, flash, get_flashed_messages, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from app.activities import queries as activities
from app.activities.rules import is_event
from app.contributions import messages, queries, services
from app.contributions.forms import PasteForm, RowForm
from app.contributions.permissions import GRANTS, ContributionPermission
from app.contributions.rules.correcting import problems_with_correcting
from app.contributions.rules.pasting import MOST_LINES
from app.contributions.views import bp
from app.core import clock, dates
from app.core.db import db
from app.core.errors import RuleBroken, SomebodyWasFirst
from app.core.guard import current_actor, guarded
from app.core.web import page_number, pager
from app.processes import queries as processes

URL = "/mesa/procesos/<slug>/actividades/<activity>/captura"


def sheet_of(slug: str, activity: str) -> Any:
    """The opportunity whose sheet it is; None when people do not meet there."""
    opportunity = processes.opportunity(slug, activity)
    return opportunity if opportunity is not None and is_event(opportunity.kind) else None


class CapturedRow:
    """A row of the sheet, where it lives and its author."""

    def __init__(self, opportunity: Any, contribution: Any, author: Any) -> None:
        self.opportunity, self.contribution, self.author = opportunity, contribution, author
        self.scope = opportunity.scope


def row_of(slug: str, activity: str, code: str) -> CapturedRow | None:
    opportunity, found = sheet_of(slug, activity), queries.captured_row(slug, activity, code)
    return None if opportunity is None or found is None else CapturedRow(opportunity, *found)


@bp.get(URL)
@guarded(ContributionPermission.CAPTURE, GRANTS, load=sheet_of)
def capture(opportunity: Any) -> str:
    return sheet_page(opportunity, prepared(opportunity, None))


@bp.post(URL)
@guarded(ContributionPermission.CAPTURE, GRANTS, load=sheet_of)
def save_row(opportunity: Any) -> AnyResponse | tuple[str, int] | tuple[Response, int]:
    form = prepared(opportunity, request.form)
    ubigeo = chosen_place(opportunity, form)
    if form.validate() and ubigeo is not None:
        try:
            receipt = services.capture(
                form.draft(ubigeo), opportunity, submission_key=form.submission_key.data, person_id=who(), now=clock.now()
            )
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            return _saved(opportunity, receipt.contribution.code)
    if ubigeo is None:
        form.refuse_place(queries.place_named(form.place.data, opportunity.process.space.ubigeo or "").choices)
    if _is_script():
        return jsonify(errors=[sentence for _field, sentence in form.summary]), 422
    return sheet_page(opportunity, form), 422


@bp.get(f"{URL}/<code>")
@guarded(ContributionPermission.CAPTURE, GRANTS, load=row_of)
def edit_row(row: CapturedRow) -> str:
    form = prepared(row.opportunity, None)
    form.fill(services.captured_draft(row.contribution, row.author))
    form.before.data = row.contribution.text
    if row.contribution.territory and form.ubigeo.data not in [choice.value for choice in form.ubigeo.choices]:
        form.place.data = row.contribution.territory.full_name
    return _edit_page(row, form)


@bp.post(f"{URL}/<code>")
@guarded(ContributionPermission.CAPTURE, GRANTS, load=row_of)
def update_row(row: CapturedRow) -> AnyResponse | tuple[str, int] | tuple[Response, int]:
    form = prepared(row.opportunity, request.form)
    ubigeo = chosen_place(row.opportunity, form)
    if form.validate() and ubigeo is not None:
        try:
            services.correct(row.contribution, row.author, form.draft(ubigeo), now=clock.now(), seen_text=form.before.data or None)
        except RuleBroken as broken:
            form.show(broken)
        except SomebodyWasFirst as first:
            return _corrected_meanwhile(row, form, first.current)
        else:
            db.session.commit()
            return _corrected(row)
    if ubigeo is None:
        form.refuse_place(queries.place_named(form.place.data, row.opportunity.process.space.ubigeo or "").choices)
    if _is_script():
        return jsonify(errors=[sentence for _field, sentence in form.summary]), 422
    return _edit_page(row, form), 422


def _corrected(row: CapturedRow) -> AnyResponse | tuple[Response, int]:
    if _is_script():
        return _row_json(row.opportunity, row.contribution.code), 200
    flash(_("%(code)s quedó corregido.", code=row.contribution.code), "good")
    return redirect(_sheet_url(row.opportunity), 303)


def _corrected_meanwhile(row: CapturedRow, form: RowForm, text: str) -> tuple[str, int] | tuple[Response, int]:
    """Somebody corrected the row after this page was opened: both texts are shown, nothing is written."""
    if _is_script():
        return jsonify(text=text), 409
    form.before.data = text
    return _edit_page(row, form, standing=text), 409


def who() -> int:
    """The person acting: a guarded page has one."""
    return current_actor().person_id or 0


def prepared(opportunity: Any, data: Any) -> RowForm:
    """The row form with the lists of the process, its territory that of the workshop unless another is chosen."""
    return with_lists(opportunity, RowForm(data))


def with_lists(opportunity: Any, form: RowForm) -> RowForm:
    here = queries.place_of(opportunity.ubigeo or "")
    no_place = _("El del taller: %(place)s", place=here.name) if here else _("Sin indicar")
    form.prepare(processes.themes(opportunity.process_id), queries.places_of_space(opportunity.process.space), _("Sin tema"), no_place)
    return form


def chosen_place(opportunity: Any, form: RowForm) -> str | None:
    """The UBIGEO written, chosen or of the workshop; None when what was written fits none or several."""
    if form.place.data:
        named = queries.place_named(form.place.data, opportunity.process.space.ubigeo or "")
        chosen = next((p.ubigeo for p in named.choices if p.ubigeo == form.place_choice.data), "")
        return named.ubigeo or chosen or None
    known = queries.place_of(form.ubigeo.data or "")
    return known.ubigeo if known else opportunity.ubigeo or ""


def sheet_page(opportunity: Any, form: RowForm, paste_form: PasteForm | None = None, *, is_kept: bool = False) -> str:
    """The sheet with what the server has; `is_kept` is the copy that stays on a device: no rows, no token, nobody's words."""
    activity = None if is_kept else activities.activity_of(opportunity.id)
    page = queries.captured_in(activity.id, page_number()) if activity else None
    return render_template(
        "contributions/capture.html", opportunity=opportunity, process=opportunity.process, space=opportunity.process.space, form=form,
        paste_form=paste_form or PasteForm(None), page=page, rows=[_shown(opportunity, *pair) for pair in page.rows] if page else [],
        activity=activity, person_id=who(), is_kept=is_kept, person_name=current_actor().name,
        pager=pager(page, lambda n: f"{_sheet_url(opportunity)}?pagina={n}") if page else None,
        most_lines=MOST_LINES, flashes=get_flashed_messages(with_categories=True),
    )  # fmt: skip


def _edit_page(row: CapturedRow, form: RowForm, standing: str = "") -> str:
    return render_template(
        "contributions/capture_edit.html", row=row.contribution, standing=standing,
        opportunity=row.opportunity, process=row.opportunity.process,
        space=row.opportunity.process.space, form=form, flashes=get_flashed_messages(with_categories=True),
    )  # fmt: skip


def _saved(opportunity: Any, code: str) -> AnyResponse | tuple[Response, int]:
    if _is_script():
        return _row_json(opportunity, code), 201
    flash(_("Guardado: %(code)s.", code=code), "good")
    return redirect(_sheet_url(opportunity), 303)


def _row_json(opportunity: Any, code: str) -> Response:
    """A row as the script puts it in the list."""
    row = queries.captured_row(opportunity.process.slug, opportunity.slug, code)
    return jsonify(code=code, html=render_template("contributions/_captured.html", row=_shown(opportunity, *row) if row else {}))


def _shown(opportunity: Any, contribution: Any, author: Any) -> dict[str, Any]:
    """A row as the sheet shows it."""
    state = getattr(contribution.activity, "state", None) if "activity" in contribution.__dict__ else None
    standing = messages.VISIBILITIES[contribution.visibility]
    received = dates.hour(contribution.created_at)
    theme = contribution.theme.name if contribution.theme else ""
    is_closed = bool(state and problems_with_correcting(contribution.visibility, state, is_answered=contribution.answered_at is not None))
    return {
        "reference": contribution.code, "standing": f"{standing} · {received}", "text": contribution.text,
        "who": " · ".join(part for part in (contribution.public_name, theme) if part), "state": "kept",
        "lang": contribution.language.tag, "speaker": author.name,
        "edit": "" if is_closed else url_for(
            "contributions.edit_row", slug=opportunity.process.slug, activity=opportunity.slug, code=contribution.code
        ),
    }  # fmt: skip


def _sheet_url(opportunity: Any) -> str:
    return url_for("contributions.capture", slug=opportunity.process.slug, activity=opportunity.slug)


def _is_script() -> bool:
    """Whether capture.js asks: it wants JSON."""
    return request.accept_mimetypes.best == "application/json"
