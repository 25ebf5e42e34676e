"""The desk of who verifies organisations: the queue, the oldest first; the decision with its reason; names and mergers."""

from typing import Any

from flask import Response, flash, make_response, redirect, render_template, url_for
from flask_babel import gettext as _

from app.core import clock
from app.core.db import db
from app.core.errors import Problem, RuleBroken
from app.core.guard import current_actor, guarded
from app.core.web import carried_out
from app.directory import queries
from app.directory.forms import InviteForm, MergeForm, RenameForm, VerdictForm
from app.directory.permissions import GRANTS, DirectoryPermission
from app.directory.views import bp
from app.evidence.views import served
from app.organisations import messages as words
from app.organisations import queries as organisations
from app.organisations import services
from app.organisations.rules import OrganisationProblem, Verdict
from app.spaces import queries as spaces
from app.spaces.permissions import is_secretariat
from app.spaces.rules import Role

BASE = "/mesa/espacios/<slug>/organizaciones"
ONE = f"{BASE}/<organisation>"
VERDICTS = {"verificar": Verdict.VERIFIED, "rehusar": Verdict.REFUSED, "retirar": Verdict.REVOKED}
Asked = Any  # what a query loaded: views know no tables


@bp.get(BASE)
@guarded(DirectoryPermission.VERIFY, GRANTS, load=spaces.space_by_slug)
def queue(space: Any) -> str:
    waiting = organisations.asked_of(space.id)
    return render_template(
        "directory/queue.html", space=space, waiting=queries.listed(waiting), kept=queries.listed(organisations.kept_by(space.id)),
        names=words, now=clock.now(),
    )  # fmt: skip


@bp.get(ONE)
@guarded(DirectoryPermission.VERIFY, GRANTS, load=queries.asked_organisation)
def desk_organisation(asked: Asked) -> Response:
    return _page(asked)


def _page(asked: Asked, status: int = 200, **forms: Any) -> Response:
    organisation = asked.organisation
    merging = forms.get("merging") or MergeForm(formdata=None)
    merging.offer(organisations.organisations(), organisation.id)
    context = {
        "verdict": VerdictForm(formdata=None), "renaming": RenameForm(formdata=None), "invite": InviteForm(formdata=None), **forms,
        "merging": merging,
    }  # fmt: skip
    (line,) = queries.listed([organisation])
    today = clock.lima_day(clock.now())
    return make_response(
        render_template(
            "directory/decide.html", space=asked.space, organisation=organisation, line=line, names=words,
            alike=organisations.alike(organisation.name, organisation.ruc or "", but=organisation.id),
            acting=queries.acting_for(organisation.id, today), judged=queries.judged(organisation.id),
            files=queries.files_of(organisation.id), former=organisations.former_names([organisation.id]),
            into=organisations.organisation_by_id(organisation.merged_into_id), **context,
        ),
        status,
    )  # fmt: skip


def _by(asked: Asked) -> dict[str, Any]:
    """Who decides: the person, and the role the register names."""
    role = Role.SECRETARIAT if is_secretariat(current_actor(), asked) else Role.MUNICIPAL
    return {"person_id": current_actor().person_id or 0, "role": str(role), "now": clock.now()}


def _done(asked: Asked, said: str) -> Response:
    slug = asked.organisation.slug
    db.session.commit()
    flash(said, "good")
    return redirect(url_for("directory.desk_organisation", slug=asked.space.slug, organisation=slug), 303)  # type: ignore[return-value]


@bp.post(f"{ONE}/decision/<any(verificar, rehusar, retirar):verdict>")
@guarded(DirectoryPermission.VERIFY, GRANTS, load=lambda slug, organisation, verdict: _judging(slug, organisation, verdict))
def decide(judging: Any) -> Response:
    form, asked = VerdictForm(), judging
    if carried_out(
        form,
        lambda: services.decide(
            asked.organisation,
            judging.verdict,
            form.reason.data or "",
            space_id=asked.space.id,
            space_slug=asked.space.slug,
            space_name=asked.space.name,
            **_by(asked),
        ),
    ):
        return _done(asked, _("La decisión quedó anotada. Quienes actúan por la organización la reciben por carta."))
    return _page(asked, 422, verdict=form)


class _Judging:
    """The organisation, and what is being decided about it."""

    def __init__(self, asked: Asked, verdict: Verdict) -> None:
        self.organisation, self.space, self.scope, self.verdict = asked.organisation, asked.space, asked.scope, verdict


def _judging(slug: str, organisation: str, verdict: str) -> _Judging | None:
    asked = queries.asked_organisation(slug, organisation)
    return _Judging(asked, VERDICTS[verdict]) if asked else None


@bp.post(f"{ONE}/nombre")
@guarded(DirectoryPermission.VERIFY, GRANTS, load=queries.asked_organisation)
def rename(asked: Asked) -> Response:
    form = RenameForm()
    if carried_out(form, lambda: services.rename(asked.organisation, form.name.data or "", form.reason.data or "", **_by(asked))):
        return _done(asked, _("El nombre cambió. El anterior sigue llevando a su página."))
    return _page(asked, 422, renaming=form)


@bp.post(f"{ONE}/unir")
@guarded(DirectoryPermission.VERIFY, GRANTS, load=queries.asked_organisation)
def merge(asked: Asked) -> Response:
    form = MergeForm()
    into = organisations.organisation_by_slug(form.into.data or "")
    if form.validate():
        try:
            if into is None:
                raise RuleBroken([Problem(OrganisationProblem.MERGE_ITSELF, "into")])
            services.merge(asked.organisation, into, form.reason.data or "", **_by(asked))
        except RuleBroken as broken:
            form.show(broken)
        else:
            return _done(asked, _("Las dos son una. La dirección de esta lleva a la que queda."))
    return _page(asked, 422, merging=form)


@bp.post(f"{ONE}/personas")
@guarded(DirectoryPermission.VERIFY, GRANTS, load=queries.asked_organisation)
def invite_for(asked: Asked) -> Response:
    """For an organisation that nobody acts for any more, or that a team wrote down."""
    form = InviteForm()
    if form.validate():
        by = _by(asked)
        try:
            services.invite(
                asked.organisation, form.email.data or "", form.post.data or "", invited_by_id=by["person_id"], inviter=asked.space.name,
                now=by["now"],
            )  # fmt: skip
        except RuleBroken as broken:
            form.show(broken)
        else:
            return _done(asked, _("La invitación salió por correo."))
    return _page(asked, 422, invite=form)


@bp.get(f"{ONE}/documentos/<key>")
@guarded(DirectoryPermission.VERIFY, GRANTS, load=queries.asked_file)
def proof(found: Any) -> Response:
    return served(found.file)
