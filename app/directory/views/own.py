"""The organisations a person acts for: registering one, describing it, naming who else acts for it."""

from typing import Any

from flask import Response, flash, get_flashed_messages, make_response, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.core import clock
from app.core.db import db
from app.core.errors import Problem, RuleBroken
from app.core.fields import sentence
from app.core.guard import current_actor, guarded
from app.core.web import carried_out
from app.directory import messages, queries, services
from app.directory.forms import DescribeForm, InviteForm, ProofForm, RegisterForm, sent_file
from app.directory.permissions import GRANTS, DirectoryPermission
from app.directory.views import bp
from app.evidence.rules import FileProblem
from app.organisations import messages as words
from app.organisations import queries as organisations
from app.organisations import services as organisation_services
from app.organisations.rules import OrganisationProblem
from app.spaces import queries as spaces

BASE = "/mi-cuenta/organizaciones"
Own = Any  # what a query loaded: views know no tables


def _today() -> Any:
    return clock.lima_day(clock.now())


def _person_id() -> int:
    return current_actor().person_id or 0


@bp.get(BASE)
@guarded(DirectoryPermission.REGISTER, GRANTS)
def mine() -> str:
    return render_template(
        "directory/mine.html", memberships=organisations.memberships_of(_person_id(), _today()), names=words,
        invitations=queries.asked_to(current_user.email, clock.now()), email=current_user.email,
        flashes=get_flashed_messages(with_categories=True),
    )  # fmt: skip


@bp.get(f"{BASE}/nueva")
@guarded(DirectoryPermission.REGISTER, GRANTS)
def new() -> Response:
    return _register_page(_register_form(formdata=None))


def _register_form(**given: Any) -> RegisterForm:
    form = RegisterForm(**given)
    form.offer(spaces.spaces())
    return form


def _register_page(form: RegisterForm, status: int = 200) -> Response:
    alike = organisations.alike(form.name.data or "", _digits(form)) if form.is_another.errors or form.ruc.errors else []
    return make_response(render_template("directory/new.html", form=form, alike=alike, names=words), status)


def _digits(form: DescribeForm) -> str:
    return "".join(c for c in form.ruc.data or "" if c.isdigit())


@bp.post(f"{BASE}/nueva")
@guarded(DirectoryPermission.REGISTER, GRANTS)
def register() -> Response:
    form, now = _register_form(), clock.now()
    ubigeos, unknown = services.places_named(form.territories.data or "")
    space = spaces.space_by_slug(form.space.data or "")
    if form.validate() and not unknown:
        try:
            made = organisation_services.register(
                form.draft(ubigeos), person_id=_person_id(), post=form.post.data or "", space_id=space.id if space else None,
                is_another=bool(form.is_another.data), now=now,
            )  # fmt: skip
            upload = sent_file(form.proof)
            if upload:
                services.prove(made, upload, person_id=_person_id(), now=now)
        except RuleBroken as broken:
            db.session.rollback()
            form.show(_on_fields(broken))
        else:
            db.session.commit()
            flash(_("La organización quedó registrada. Le escribiremos cuando se decida si se verifica."), "good")
            return _to(made.slug)
    _refuse_places(form, unknown)
    return _register_page(form, 422)


def _on_fields(broken: RuleBroken) -> RuleBroken:
    """What is wrong with a file belongs to the proof."""
    return RuleBroken([Problem(p.code, "proof", p.values) if isinstance(p.code, FileProblem) else p for p in broken.problems])


def _refuse_places(form: DescribeForm, unknown: list[str]) -> None:
    if unknown:
        form.show(RuleBroken([Problem(OrganisationProblem.TERRITORY_UNKNOWN, "territories", {"name": unknown[0]})]))


def _to(slug: str) -> Response:
    return redirect(url_for("directory.own", slug=slug), 303)  # type: ignore[return-value]


@bp.get(f"{BASE}/<slug>")
@guarded(DirectoryPermission.REPRESENT, GRANTS, load=queries.own_organisation)
def own(found: Own) -> Response:
    return _own_page(found)


def _own_page(
    found: Own, status: int = 200, *, invite: InviteForm | None = None, proof: ProofForm | None = None
) -> Response:  # fmt: skip
    organisation = found.organisation
    asked = next((space for space in spaces.spaces() if space.id == organisation.asked_space_id), None)
    return make_response(
        render_template(
            "directory/own.html", organisation=organisation, names=words, acting=queries.acting_for(organisation.id, _today()),
            invitations=organisations.open_invitations(organisation.id, clock.now()), judged=queries.judged(organisation.id),
            files=queries.files_of(organisation.id), asked=asked, me=_person_id(), invite=invite or InviteForm(formdata=None),
            proof=proof or ProofForm(formdata=None), flashes=get_flashed_messages(with_categories=True),
        ),
        status,
    )  # fmt: skip


@bp.get(f"{BASE}/<slug>/datos")
@guarded(DirectoryPermission.REPRESENT, GRANTS, load=queries.own_organisation)
def edit(found: Own) -> Response:
    form = DescribeForm(formdata=None)
    ubigeos = organisations.ubigeos_of([found.organisation.id]).get(found.organisation.id, [])
    form.show_what_is_kept(found.organisation, "\n".join(queries.territory_names(ubigeos).get(u, u) for u in ubigeos))
    return _edit_page(found, form)


def _edit_page(found: Own, form: DescribeForm, status: int = 200) -> Response:
    return make_response(render_template("directory/edit.html", organisation=found.organisation, form=form), status)


@bp.post(f"{BASE}/<slug>/datos")
@guarded(DirectoryPermission.REPRESENT, GRANTS, load=queries.own_organisation)
def update(found: Own) -> Response:
    form = DescribeForm()
    if found.organisation.is_verified:
        form.lock(found.organisation)
    ubigeos, unknown = services.places_named(form.territories.data or "")
    if form.validate() and not unknown:
        try:
            organisation_services.describe(found.organisation, form.draft(ubigeos), now=clock.now())
        except RuleBroken as broken:
            db.session.rollback()
            form.show(broken)
        else:
            db.session.commit()
            flash(_("Los datos de la organización quedaron guardados."), "good")
            return _to(found.organisation.slug)
    _refuse_places(form, unknown)
    return _edit_page(found, form, 422)


@bp.post(f"{BASE}/<slug>/documentos")
@guarded(DirectoryPermission.REPRESENT, GRANTS, load=queries.own_organisation)
def prove(found: Own) -> Response:
    form = ProofForm()
    upload = sent_file(form.proof)
    if form.validate() and upload:
        try:
            services.prove(found.organisation, upload, person_id=_person_id(), now=clock.now())
        except RuleBroken as broken:
            form.show(_on_fields(broken))
        else:
            db.session.commit()
            flash(_("El documento quedó guardado. Lo ve solo quien verifica."), "good")
            return _to(found.organisation.slug)
    elif not upload:
        form.proof.errors = [*form.proof.errors, _("Elija el documento.")]
    return _own_page(found, 422, proof=form)


@bp.post(f"{BASE}/<slug>/verificacion")
@guarded(DirectoryPermission.REPRESENT, GRANTS, load=queries.own_organisation)
def ask_again(found: Own) -> Response:
    try:
        organisation_services.ask_again(found.organisation, now=clock.now())
    except RuleBroken as broken:
        return _refused(found.organisation.slug, broken)
    db.session.commit()
    flash(_("La organización espera otra vez su verificación."), "good")
    return _to(found.organisation.slug)


def _refused(slug: str, broken: RuleBroken) -> Response:
    db.session.rollback()
    flash(sentence(messages.PROBLEMS, broken.problems[0]), "stop")
    return _to(slug)


@bp.post(f"{BASE}/<slug>/personas")
@guarded(DirectoryPermission.REPRESENT, GRANTS, load=queries.own_organisation)
def invite(found: Own) -> Response:
    form = InviteForm()
    if carried_out(
        form,
        lambda: organisation_services.invite(
            found.organisation,
            form.email.data or "",
            form.post.data or "",
            invited_by_id=_person_id(),
            inviter=current_actor().name,
            now=clock.now(),
        ),
    ):
        db.session.commit()
        flash(_("La invitación salió por correo. La persona entra con ese correo y acepta."), "good")
        return _to(found.organisation.slug)
    return _own_page(found, 422, invite=form)


@bp.post(f"{BASE}/<slug>/invitaciones/<handle>/retirar")
@guarded(DirectoryPermission.REPRESENT, GRANTS, load=queries.own_invitation)
def withdraw_invitation(found: Own) -> Response:
    slug = found.own.organisation.slug
    try:
        organisation_services.withdraw_invitation(found.row, now=clock.now())
    except RuleBroken as broken:
        return _refused(slug, broken)
    db.session.commit()
    flash(_("La invitación se retiró."), "good")
    return _to(slug)


@bp.post(f"{BASE}/<slug>/personas/<int:membership_id>/quitar")
@guarded(DirectoryPermission.REPRESENT, GRANTS, load=queries.own_membership)
def remove(found: Own) -> Response:
    organisation, is_me = found.own.organisation, found.row.person_id == _person_id()
    if is_me:
        organisation_services.leave(found.row, now=clock.now())
    else:
        organisation_services.remove(found.row, organisation, now=clock.now())
    db.session.commit()
    if is_me:
        flash(_("Ya no actúa por «%(name)s».", name=organisation.name), "good")
        return redirect(url_for("directory.mine"), 303)  # type: ignore[return-value]
    flash(_("La persona ya no actúa por la organización. Se le avisa por carta."), "good")
    return _to(organisation.slug)


@bp.post(f"{BASE}/invitaciones/<handle>/<any(aceptar, rechazar):answer>")
@guarded(DirectoryPermission.REGISTER, GRANTS)
def answer(handle: str, answer: str) -> Response:
    accepts, invitation = answer == "aceptar", organisations.invitation(handle)
    try:
        if invitation is None:
            raise RuleBroken([Problem(OrganisationProblem.INVITATION_OVER)])
        organisation_services.answer(invitation, current_user._get_current_object(), accepts=accepts, now=clock.now())
    except RuleBroken as broken:
        db.session.rollback()
        flash(sentence(messages.PROBLEMS, broken.problems[0]), "stop")
        return redirect(url_for("directory.mine"), 303)  # type: ignore[return-value]
    slug = invitation.organisation.slug
    db.session.commit()
    if accepts:
        flash(_("Desde hoy actúa por esta organización."), "good")
        return _to(slug)
    flash(_("La invitación quedó rechazada."), "good")
    return redirect(url_for("directory.mine"), 303)  # type: ignore[return-value]
