"""What the act adds to the page of a project: its line, and how it goes."""

from collections.abc import Sequence
from typing import Any

from flask import url_for
from flask_babel import gettext

from app.agreements import messages, queries
from app.core import clock, dates
from app.core.clock import lima_day
from app.feedback.messages import REASONS
from app.projects.messages import soles
from app.projects.views.story import Piece


def project_story(project: Any) -> Sequence[Piece]:
    """The project's line in the act in force; nothing while it has none. `project.round.process` is loaded."""
    row = queries.line_of(project.id, lima_day(clock.now()))
    if row is None:
        return []
    line, slug = row.line, project.round.process.slug
    links = [
        {"text": gettext("Ver cómo va, con fechas y fotos"), "href": url_for("agreements.line", slug=slug, code=line.code)},
        {"text": gettext("Leerlo en el acta"), "href": url_for("agreements.show", slug=slug) + f"#linea-{line.number}"},
    ]
    return [Piece("acuerdo", gettext("En el acta y en la ejecución"), _lines(row), _facts(row), links)]


def _lines(row: Any) -> list[str]:
    said = [gettext("Es la línea %(n)s del acta de acuerdos.", n=row.line.number)]
    if row.is_late:
        said.append(gettext("El plazo era el %(day)s y no está terminado.", day=dates.long_date(row.line.due_on)))
    if row.last is not None and row.last.reason_code:
        said.append(f"{REASONS[row.last.reason_code]}. {row.last.why}")
    elif row.is_late:
        said.append(gettext("La entidad todavía no dice por qué."))
    return said


def _facts(row: Any) -> list[dict[str, Any]]:
    told = gettext("%(state)s, al %(day)s", state=messages.STATES[row.state], day=dates.long_date(row.last.as_of)) if row.last else ""
    accrued = row.standing.accrued_cents
    return [
        {"label": gettext("En qué está"), "value": told or messages.STATES[row.state]},
        {"label": gettext("Acordado"), "value": soles(row.line.amount_cents)},
        {"label": gettext("Devengado"), "value": gettext("sin dato") if accrued is None else soles(accrued)},
        {"label": gettext("Unidad responsable"), "value": row.line.unit.name if row.line.unit else gettext("sin dato")},
        {"label": gettext("Plazo"), "value": dates.long_date(row.line.due_on)},
    ]
