"""The scoring matrix in public, and marking it: by agents with vote, and by the technical team."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from flask import Response, flash, get_flashed_messages, make_response, redirect, render_template, url_for
from flask_babel import gettext as _

from app.budgeting import queries as rounds
from app.budgeting.counting.contest import Fate
from app.budgeting.queries import RoundAndAgents
from app.budgeting.rules.money import WHOLE
from app.core.db import db
from app.core.errors import RuleBroken, SomebodyWasFirst
from app.core.fields import sentence
from app.core.guard import current_actor, guarded, public
from app.core.web import carried_out, csv_response
from app.processes import queries as processes
from app.projects import documents, messages, queries, services
from app.projects.forms import MatrixForm, SeedForm, marks_form, number_of
from app.projects.permissions import GRANTS, ProjectPermission
from app.projects.rules.matrix import Marker, MatrixState, criteria_of
from app.projects.rules.phases import Doing, may
from app.projects.views import bp
from app.projects.views.loading import Marking, agent_marking, by, desk_round, flashes, fresh_round, team_marking
from app.territories import queries as territories

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.budgeting.models import BudgetRound


@bp.get("/procesos/<slug>/proyectos/matriz")
@public(load=rounds.public_round)
def matrix(round_: BudgetRound) -> Response:
    found = queries.published_matrix(round_.id)
    return make_response(
        render_template(
            "projects/matrix.html", process=round_.process, space=round_.process.space, matrix=found, soles=messages.soles,
            ways=_ways(round_), criteria=criteria_of(found.criteria) if found else (), markers=messages.MARKERS,
            parts=_parts(found, round_),
            minimum=messages.decimal(found.minimum / 100) if found and found.minimum is not None else "",
        )
    )  # fmt: skip


def _parts(found: Any, round_: BudgetRound) -> list[dict[str, Any]]:
    """The published ranking, part by part of the ceiling."""
    if found is None or not found.ranking:
        return []
    projects = {p.code: p for p in queries.projects_of(round_.id)}
    keys = [c.key for c in criteria_of(found.criteria)]
    names = pot_names(round_, found.ranking["ceilings"])
    parts: dict[str, dict[str, Any]] = {}
    for line in found.ranking["lines"]:
        part = parts.setdefault(
            line["part"], {"name": names[line["part"]], "ceiling": found.ranking["ceilings"][line["part"]], "lines": []}
        )
        part["lines"].append(
            {
                "place": line["place"], "code": line["code"], "title": projects[line["code"]].title if line["code"] in projects else "",
                "cost": found.ranking["costs"][line["code"]], "total": messages.decimal(Fraction(line["total"])), "left": line["left"],
                "means": [messages.decimal(Fraction(line["means"][key])) for key in keys], "is_in": line["fate"] == Fate.WON.value,
                "fate": messages.FATES[Fate(line["fate"])], "tied": [code for code in line["tied"] if code != line["code"]],
            }
        )  # fmt: skip
    return list(parts.values())


def pot_names(round_: BudgetRound, pots: Iterable[str]) -> dict[str, str]:
    """Each pot of the ceiling as people call it: a territory, a theme, a theme in a territory, or the rest."""
    themes = {theme.slug: theme.name for theme in processes.themes(round_.process_id)}
    names = {}
    for pot in pots:
        ubigeo, _slash, theme = pot.partition("/")
        place = territories.territory(ubigeo) if ubigeo not in ("", WHOLE) else None
        said = [name for name in (place.name if place else "", themes.get(theme, "")) if name]
        names[pot] = ", ".join(said) or _("Todo el territorio")
    return names


def _ways(round_: BudgetRound) -> list[dict[str, Any]]:
    """Each pot of the ceiling, how much it is and how it is decided; empty ones are left out."""
    pots, voted, marked = rounds.pots(round_), services.matrix.voted_pots(round_), queries.marked_pots(round_)
    names = pot_names(round_, pots)
    return [
        {"name": names[pot], "cents": cents, "vote": voted.get(pot, ""), "is_matrix": pot in marked} for pot, cents in pots.items() if cents
    ]


@bp.get("/procesos/<slug>/proyectos/matriz.csv")
@public(load=queries.ranked_round)
def matrix_csv(round_: BudgetRound) -> Response:
    """Every aggregate of the ranking, to do it again."""
    found = queries.published_matrix(round_.id)
    return csv_response(f"matriz-{round_.process.slug}.csv", documents.MATRIX_COLUMNS, documents.matrix_rows(found) if found else ())


@bp.get("/mi-cuenta/presupuestos/<slug>/calificar")
@guarded(ProjectPermission.MARK, GRANTS, load=rounds.round_and_agents)
def marks(found: RoundAndAgents) -> Response:
    """For an agent with vote: every project with the criteria that agents mark."""
    return _marks_page(found.round, Marker.AGENTS)


@bp.post("/mi-cuenta/presupuestos/<slug>/calificar/<codigo>")
@guarded(ProjectPermission.MARK, GRANTS, load=agent_marking)
def mark(found: Marking) -> Response:
    return _mark(found, Marker.AGENTS)


@bp.get("/mesa/procesos/<slug>/proyectos/calificar")
@guarded(ProjectPermission.RANK, GRANTS, load=desk_round)
def team_marks(round_: BudgetRound) -> Response:
    """For the technical team: every project with the criteria that the team marks."""
    return _marks_page(round_, Marker.TEAM)


@bp.post("/mesa/procesos/<slug>/proyectos/calificar/<codigo>")
@guarded(ProjectPermission.RANK, GRANTS, load=team_marking)
def team_mark(found: Marking) -> Response:
    return _mark(found, Marker.TEAM)


def _marks_page(round_: BudgetRound, marker: Marker, status: int = 200, sent: Any = None, sent_code: str = "") -> Response:
    round_ = fresh_round(round_)
    found = queries.published_matrix(round_.id)
    own = [c for c in criteria_of(found.criteria) if c.marker is marker] if found else []
    person_id = current_actor().person_id or 0
    agent = rounds.agent_of(round_.id, person_id) if marker is Marker.AGENTS else None
    given = queries.marks_given(found.id, f"a{agent.id}" if agent else f"t{person_id}") if found else {}
    voted = services.matrix.voted_pots(round_)
    projects = [project for project, part in queries.with_pots(round_) if part not in voted]
    rows = [
        {
            "project": p, "is_done": p.id in given, "is_sent": p.code == sent_code,
            "form": sent if p.code == sent_code else marks_form(own, given.get(p.id), formdata=None, prefix=f"p{p.number}-"),
        }
        for p in projects
    ]  # fmt: skip
    is_phase = may(Doing.RANK, round_.state)
    is_open = is_phase and found is not None and found.state in (MatrixState.PUBLISHED, MatrixState.FROZEN) and bool(own)
    return make_response(
        render_template(
            "projects/marks.html", process=round_.process, space=round_.process.space, rows=rows, is_open=is_open, is_phase=is_phase,
            is_team=marker is Marker.TEAM,
            done=sum(row["is_done"] for row in rows), soles=messages.soles, flashes=get_flashed_messages(with_categories=True),
            endpoint="projects.team_mark" if marker is Marker.TEAM else "projects.mark",
        ),
        status,
    )  # fmt: skip


def _mark(found: Marking, marker: Marker) -> Response:
    slug = found.round.process.slug
    own_code = found.project.code
    own = [c for c in criteria_of(found.matrix.criteria) if c.marker is marker]
    form = marks_form(own, prefix=f"p{found.project.number}-")
    if carried_out(form, lambda: services.matrix.mark(found.matrix, found.project, form.marks(), agent=found.agent, **by()), undo=True):
        db.session.commit()
        flash(_("Sus puntajes para %(code)s están guardados.", code=own_code), "good")
        page = "projects.team_marks" if marker is Marker.TEAM else "projects.marks"
        return redirect(url_for(page, slug=slug, _anchor=own_code), 303)  # type: ignore[return-value]
    return _marks_page(found.round, marker, 422, form, own_code)


@bp.get("/mesa/procesos/<slug>/proyectos/matriz")
@guarded(ProjectPermission.READ, GRANTS, load=desk_round)
def desk_matrix(round_: BudgetRound) -> Response:
    return _matrix_page(round_)


def _matrix_page(round_: BudgetRound, status: int = 200, form: Any = None, seed: Any = None, refused: str = "") -> Response:
    round_ = fresh_round(round_)
    found = queries.latest_matrix(round_.id)
    if form is None:
        form = MatrixForm(formdata=None)
        form.show_draft(services.matrix.draft_of(found), found.version) if found else None
        form.version.data = str(found.version if found else 0)
    return make_response(
        render_template(
            "projects/desk_matrix.html", process=round_.process, space=round_.process.space, matrix=found, form=form, refused=refused,
            seed=seed or SeedForm(formdata=None), givers=dict(queries.givers(found.id)) if found else {},
            ways=_ways(round_), may_mark=may(Doing.RANK, round_.state),
            projects=queries.admissible(round_.id), flashes=flashes(), soles=messages.soles,
            may_edit=may(Doing.MATRIX, round_.state) and (found is None or found.state in (MatrixState.DRAFT, MatrixState.PUBLISHED)),
        ),
        status,
    )  # fmt: skip


@bp.post("/mesa/procesos/<slug>/proyectos/matriz")
@guarded(ProjectPermission.RANK, GRANTS, load=desk_round)
def save_matrix(round_: BudgetRound) -> Response:
    slug = round_.process.slug
    form = MatrixForm()
    if form.validate():
        try:
            services.matrix.save_matrix(round_, form.draft(), version=number_of(form.version), **by())
        except RuleBroken as broken:
            db.session.rollback()
            form.show(broken)
        except SomebodyWasFirst:
            db.session.rollback()
            form.form_errors.append(_("Otra persona guardó la matriz mientras usted escribía. Mírela en otra pestaña y guarde otra vez."))
            found = queries.latest_matrix(round_.id)
            form.version.data, form.version.raw_data = str(found.version if found else 0), None
            return _matrix_page(round_, 409, form)
        else:
            db.session.commit()
            return _to_matrix(slug, _("La matriz está guardada. Publíquela antes de calificar."))
    return _matrix_page(round_, 422, form)


@bp.post("/mesa/procesos/<slug>/proyectos/matriz/publicar")
@guarded(ProjectPermission.RANK, GRANTS, load=desk_round)
def publish_matrix(round_: BudgetRound) -> Response:
    slug = round_.process.slug
    try:
        services.matrix.publish_matrix(round_, **by())
    except RuleBroken as broken:
        return _matrix_page(round_, 422, refused=_said(broken))
    db.session.commit()
    return _to_matrix(slug, _("La matriz es pública. El primer puntaje la congela."))


@bp.post("/mesa/procesos/<slug>/proyectos/matriz/ordenar")
@guarded(ProjectPermission.RANK, GRANTS, load=desk_round)
def publish_ranking(round_: BudgetRound) -> Response:
    slug = round_.process.slug
    form, found = SeedForm(), queries.latest_matrix(round_.id)
    if form.validate() and found is not None:
        try:
            services.matrix.publish_ranking(round_, found, form.seed.data or "", **by())
        except RuleBroken as broken:
            db.session.rollback()
            form.show(broken)
        else:
            db.session.commit()
            return _to_matrix(slug, _("El orden es público. Las respuestas de los no priorizados esperan a una segunda persona."))
    return _matrix_page(round_, 422, seed=form)


def _said(broken: RuleBroken) -> str:
    return " ".join(sentence(messages.PROBLEMS, p) for p in broken.problems)


def _to_matrix(slug: str, said: str) -> Response:
    flash(said, "good")
    return redirect(url_for("projects.desk_matrix", slug=slug), 303)  # type: ignore[return-value]
