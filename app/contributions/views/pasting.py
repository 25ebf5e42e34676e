"""Many contributions pasted at once: first shown row by row, each with its own fields, then saved together."""

from typing import Any

from flask import flash, get_flashed_messages, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from app.contributions import queries, services
from app.contributions.forms import EmptyForm, PasteForm, RowForm, new_row, pasted_row
from app.contributions.permissions import GRANTS, ContributionPermission
from app.contributions.rules.pasting import MOST_LINES, pasted_lines
from app.contributions.views import bp
from app.contributions.views.capture import URL, chosen_place, prepared, sheet_of, sheet_page, who, with_lists
from app.core import clock
from app.core.db import db
from app.core.errors import RuleBroken
from app.core.guard import guarded


@bp.post(f"{URL}/pegar")
@guarded(ContributionPermission.CAPTURE, GRANTS, load=sheet_of)
def paste(opportunity: Any) -> str | tuple[str, int]:
    """Show what was pasted; nothing is written."""
    form = PasteForm()
    lines = pasted_lines(form.pasted.data or "") if form.validate() else []
    if len(lines) > MOST_LINES:
        form.pasted.errors = [*form.pasted.errors, _("Pegue hasta %(most)s líneas a la vez.", most=MOST_LINES)]
    if form.errors or not lines:
        return sheet_page(opportunity, prepared(opportunity, None), form), 422
    rows = [with_lists(opportunity, new_row(n, line)) for n, line in enumerate(lines)]
    return _page(opportunity, rows)


@bp.post(f"{URL}/varios")
@guarded(ContributionPermission.CAPTURE, GRANTS, load=sheet_of)
def save_pasted(opportunity: Any) -> Response | tuple[str, int]:
    """Save every row that was not emptied; when one has a problem none is written and all come back."""
    how_many = request.form.get("filas", type=int, default=0)
    rows = [with_lists(opportunity, pasted_row(n, request.form)) for n in range(max(0, min(how_many, MOST_LINES)))]
    kept = [row for row in rows if not row.is_left_out]
    places = {row: chosen_place(opportunity, row) for row in kept}
    if not (EmptyForm().validate() and all([_is_sound(opportunity, row, places[row]) for row in kept])):
        return _page(opportunity, rows), 422
    now, person_id = clock.now(), who()
    try:
        for row in kept:
            key, ubigeo = row.submission_key.data, places[row] or ""
            services.capture(row.draft(ubigeo), opportunity, submission_key=key, person_id=person_id, now=now)
    except RuleBroken as broken:
        db.session.rollback()
        row.show(broken)
        return _page(opportunity, rows), 422
    db.session.commit()
    flash(ngettext("Se guardó %(num)s aporte.", "Se guardaron %(num)s aportes.", len(kept)), "good")
    return redirect(url_for("contributions.capture", slug=opportunity.process.slug, activity=opportunity.slug), 303)


def _is_sound(opportunity: Any, row: RowForm, ubigeo: str | None) -> bool:
    is_shaped = row.validate()
    if ubigeo is None:
        row.refuse_place(queries.place_named(row.place.data, opportunity.process.space.ubigeo or "").choices)
        return False
    problems = services.problems_with_capture(row.draft(ubigeo), opportunity.process_id) if is_shaped else ()
    row.show(RuleBroken(problems))
    return is_shaped and not problems


def _page(opportunity: Any, rows: list[RowForm]) -> str:
    return render_template(
        "contributions/capture_pasted.html", opportunity=opportunity, process=opportunity.process, space=opportunity.process.space,
        rows=rows, form=EmptyForm(), flashes=get_flashed_messages(with_categories=True),
    )  # fmt: skip
