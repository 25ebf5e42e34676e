"""What a vote adds to the page of a project: how many chose it, and why it won or what it lacked."""

from collections.abc import Sequence
from typing import Any

from flask import url_for
from flask_babel import gettext

from app.projects.views.story import Piece
from app.scrutiny import queries
from app.scrutiny.views import shown


def project_story(project: Any) -> Sequence[Piece]:
    """A section for each published result it was in, the newest first. `project.round.process` is loaded."""
    return [piece for vote, count in queries.results_with(project.id) for piece in _pieces(project, vote, count)]


def _pieces(project: Any, vote: Any, count: Any) -> list[Piece]:
    told = shown.project(count.result, project.number)
    if told is None:
        return []
    line, slug = told["line"], project.round.process.slug
    facts = [
        {"label": gettext("Votación"), "value": vote.title},
        {"label": gettext("Resultado"), "value": gettext("Elegido") if line.is_chosen else gettext("No elegido")},
    ]
    if line.votes:
        facts.append({"label": gettext("Tuvo"), "value": line.votes})
    links = [
        {
            "text": gettext("Por qué ganó, en una imagen") if line.is_chosen else gettext("Qué le faltó, en una imagen"),
            "href": url_for("scrutiny.project", slug=slug, vote=vote.slug, number=project.number),
        },
        {"text": gettext("Todos los resultados"), "href": url_for("scrutiny.results", slug=slug, vote=vote.slug)},
    ]  # fmt: skip
    return [Piece(f"votacion-{vote.id}", gettext("En la votación"), [line.why], facts, links)]
