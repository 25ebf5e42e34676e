"""Who holds which role in a space."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.core import clock
from app.core.db import db
from app.core.errors import RuleBroken
from app.core.fields import sentence
from app.core.guard import current_actor, guarded, may
from app.organisations import messages as organisations_messages
from app.organisations import queries as organisations_queries
from app.organisations import services as organisations
from app.organisations.rules import Sector
from app.spaces import messages, queries, services
from app.spaces.forms import AppointForm, OrganisationForm
from app.spaces.permissions import GRANTS, SpacePermission
from app.spaces.rules import TEAM, Role, roles_appointed

bp = Blueprint("spaces", __name__)
LONGEST_DOCUMENT = 200
Space = Any  # the row a query loaded: views know no tables
Answer = tuple[str, int] | Response


def _appoints(space: Space) -> frozenset[Role]:
    """The roles that who is here gives: the service refuses any other, whatever is posted."""
    return roles_appointed(
        any_role=may(SpacePermission.MANAGE_ROLES, GRANTS, space), forum=may(SpacePermission.APPOINT_FORUM, GRANTS, space),
        team=may(SpacePermission.APPOINT_TEAM, GRANTS, space),
    )  # fmt: skip


def _form(space: Space) -> AppointForm:
    return AppointForm().with_choices([(o.slug, o.name) for o in organisations_queries.organisations()], _appoints(space))


def _page(space: Space, form: AppointForm, first_password: str = "", status: int = 200) -> tuple[str, int]:
    known = organisations_queries.organisations()
    sees_all = may(SpacePermission.APPOINT_FORUM, GRANTS, space)  # a municipal team sees and appoints its own people
    return (
        render_template(
            "spaces/people.html",
            space=space,
            form=form,
            roles=messages.ROLES,
            sectors=organisations_messages.SECTORS,
            today=clock.lima_day(clock.now()),
            assignments=[held for held in queries.role_assignments(space) if sees_all or held.role in TEAM],
            sees_all=sees_all,
            with_factor=queries.with_factor(space.id),
            me=current_actor().person_id,
            first_password=first_password,
            organisations=known,
            names={organisation.id: organisation.name for organisation in known},
        ),
        status,
    )


@bp.get("/mesa/espacios/<slug>/personas")
@guarded(SpacePermission.SEE_PEOPLE, GRANTS, load=queries.space_by_slug)
def people(space: Space) -> Answer:
    return _page(space, _form(space))


@bp.post("/mesa/espacios/<slug>/personas")
@guarded(SpacePermission.SEE_PEOPLE, GRANTS, load=queries.space_by_slug)
def appoint(space: Space) -> Answer:
    form = _form(space)
    if form.validate():
        try:
            first_password = services.invite_and_appoint(
                space,
                form.email.data,
                form.name.data,
                Role(form.role.data),
                appointed_by=form.appointed_by.data,
                organisation=organisations_queries.organisation_by_slug(form.organisation.data or ""),
                appoints=_appoints(space),
                now=clock.now(),
                inviter=_inviter(space),
            )
        except RuleBroken as broken:
            form.show(broken)
        else:
            db.session.commit()
            if first_password:  # shown once, on this answer only: it is nowhere else
                return _page(space, _form(space), first_password)
            flash(_("El rol quedó asignado. La persona recibe una carta."), "good")
            return redirect(url_for("spaces.people", slug=space.slug), 303)
    return _page(space, form, status=422)


def _inviter(space: Space) -> str:
    return f"{current_actor().name} ({space.name})"


@bp.post("/mesa/espacios/<slug>/personas/<int:assignment_id>/invitar")
@guarded(SpacePermission.INVITE_AGAIN, GRANTS, load=queries.assignment)
def invite_again(assignment: Any) -> Response:
    if services.invite_again(assignment.person, _inviter(assignment.space), now=clock.now()):
        db.session.commit()
        flash(_("La invitación se envió otra vez. El enlace anterior ya no sirve."), "good")
    else:
        flash(_("Esa persona ya entró: no necesita otra invitación."), "stop")
    return redirect(url_for("spaces.people", slug=assignment.space.slug), 303)


@bp.post("/mesa/espacios/<slug>/personas/<int:assignment_id>/segundo-paso")
@guarded(SpacePermission.RESET_FACTOR, GRANTS, load=queries.assignment)
def reset_factor(assignment: Any) -> Response:
    document = request.form.get("document", "")[:LONGEST_DOCUMENT]
    try:
        services.reset_factor(assignment, assignment.space, document, actor=current_actor(), now=clock.now())
    except RuleBroken as broken:
        flash(sentence(messages.PROBLEMS, broken.problems[0]), "stop")
    else:
        db.session.commit()
        flash(_("El segundo paso se quitó y sus sesiones se cerraron. La persona recibe una carta y prepara otro al ingresar."), "good")
    return redirect(url_for("spaces.people", slug=assignment.space.slug), 303)


@bp.post("/mesa/espacios/<slug>/personas/<int:assignment_id>/fin")
@guarded(SpacePermission.MANAGE_ROLES, GRANTS, load=queries.assignment)
def end(assignment: Any) -> Response:
    try:
        services.end_role(assignment, assignment.space, now=clock.now())
    except RuleBroken as broken:
        flash(sentence(messages.PROBLEMS, broken.problems[0]), "stop")
    else:
        db.session.commit()
        flash(_("El rol terminó. La persona ya no puede usarlo."), "good")
    return redirect(url_for("spaces.people", slug=assignment.space.slug), 303)


@bp.post("/mesa/espacios/<slug>/organizaciones")
@guarded(SpacePermission.APPOINT_FORUM, GRANTS, load=queries.space_by_slug)
def add_organisation(space: Space) -> Response:
    """A new organisation, or a unit of one that is there: a unit is of the sector of its entity."""
    form = OrganisationForm()
    parent = organisations_queries.organisation_by_slug(form.parent.data) if form.parent.data else None
    if form.parent.data and parent is None:
        flash(_("Elija de la lista la entidad a la que pertenece."), "stop")
        return redirect(url_for("spaces.people", slug=space.slug), 303)
    try:
        sector = parent.sector if parent else Sector(form.sector.data or Sector.CIVIL_SOCIETY)
        organisations.create_organisation(form.name.data or "", sector, now=clock.now(), parent=parent)
    except (RuleBroken, ValueError) as refused:
        problem = refused.problems[0] if isinstance(refused, RuleBroken) else None
        flash(sentence(organisations_messages.PROBLEMS, problem) if problem else _("Elija un sector de la lista."), "stop")
    else:
        db.session.commit()
        flash(_("La organización quedó registrada."), "good")
    return redirect(url_for("spaces.people", slug=space.slug), 303)
