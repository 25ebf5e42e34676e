"""A first text of a workshop's minutes, made of what was captured: who came, what was said by theme, what was voted, what was agreed."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from app.activities import messages as names
from app.activities import queries as activities
from app.activities.models import Activity
from app.activities.rules import public_cells
from app.contributions import queries as contributions
from app.core import dates
from app.feedback import queries

MOST_LISTED = 200


def draft_of_minutes(activity: Activity) -> str:
    """Markdown to be read, corrected and completed by who was there: nothing is saved. Small groups are not shown, and what waits for a
    moderator is counted, not quoted. `activity.process` and `.opportunity` are loaded; a fixed number of statements."""
    parts = [*_opening(activity), *_said(activity), *_voted(activity), *_agreed(activity)]
    parts += ["### " + _("En qué no hubo acuerdo"), _("(Escriba los desacuerdos y sus razones, o borre esta parte.)")]
    return "\n\n".join(parts)


def _opening(activity: Activity) -> Iterator[str]:
    opportunity = activity.opportunity
    began, ended = activity.started_at or opportunity.starts_at, activity.ended_at or opportunity.ends_at
    yield _(
        "%(title)s se realizó el %(day)s, de %(from_)s a %(to)s, en %(place)s.", title=opportunity.title, day=dates.long_date(began),
        from_=dates.hour(began), to=dates.hour(ended), place=opportunity.place or opportunity.url or _("(lugar)"),
    )  # fmt: skip
    counts = activities.attendance(activity.id)
    people = activities.people(counts)
    if not people:
        return
    yield ngettext("Asistió **%(num)d persona**.", "Asistieron **%(num)d personas**.", people)
    lines = []
    for dimension, cells in counts.items():
        shown = [c for c in public_cells(dimension, dict(cells)) if c.people is not None]
        groups = ", ".join(f"{str(names.CATEGORIES[dimension][c.category]).lower()} {c.people}" for c in shown)
        lines += [f"- {names.DIMENSIONS[dimension]}: {groups}."] if groups else []
    if lines:
        yield "\n".join(lines)


def _said(activity: Activity) -> Iterator[str]:
    said = contributions.said_in(activity.id)
    if not said:
        return
    yield "### " + _("Lo que se dijo")
    by_theme: dict[str, list[Any]] = defaultdict(list)
    for row in said:
        if row.is_public:
            by_theme[row.theme].append(row)
    listed = 0
    for theme in sorted(by_theme, key=lambda name: (not name, name)):
        rows = by_theme[theme][: MOST_LISTED - listed]
        listed += len(rows)
        if rows:
            yield f"**{theme or _('Sin tema')}**"
            yield "\n".join(f"- {row.code}: {row.title}" for row in rows)
    held = sum(not row.is_public for row in said)
    if held:
        yield ngettext("%(num)d aporte más espera a un moderador.", "%(num)d aportes más esperan a un moderador.", held)
    yield ngettext("Se registró %(num)d aporte.", "Se registraron %(num)d aportes.", len(said)) + " " + _("Cada uno recibirá respuesta.")


def _voted(activity: Activity) -> Iterator[str]:
    voted = queries.priorities_voted(activity.id)
    if not voted:
        return
    yield "### " + _("Lo que se votó como prioridad")
    ballot = queries.ballot_of(activity.id)
    if ballot:
        yield _("Votaron %(voters)s personas, con %(each)s votos cada una.", voters=ballot.voters, each=ballot.votes_each)
    yield "\n".join(
        f"{row.rank}. {row.code}: {row.title} ({ngettext('%(num)d voto', '%(num)d votos', row.votes)})".replace("  ", " ") for row in voted
    )


def _agreed(activity: Activity) -> Iterator[str]:
    yield "### " + _("Acuerdos")
    agreed = activities.agreements(activity.id)
    if not agreed:
        yield _("(Anote los acuerdos en la página de la actividad y arme el borrador otra vez, o escríbalos aquí.)")
        return
    lines = []
    for row in agreed:
        who = " " + _("Responde: %(who)s.", who=row.owner) if row.owner else ""
        until = " " + _("Hasta el %(day)s.", day=dates.long_date(row.due_on)) if row.due_on else ""
        lines.append(f"- {row.text}{who}{until}")
    yield "\n".join(lines)
