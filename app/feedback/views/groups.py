"""Groups on the desk: what may belong together, who is in each, who reviewed it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from flask import Response, flash, get_flashed_messages, make_response, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext

from app.contributions import queries as contributions
from app.contributions.rules.filters import ContributionFilters
from app.contributions.rules.terms import Visibility
from app.core import clock
from app.core.db import db
from app.core.errors import RuleBroken
from app.core.guard import current_actor, guarded, may
from app.core.web import page_number
from app.feedback import queries, services
from app.feedback.messages import STATES
from app.feedback.views import bp
from app.feedback.views.alike import suggestions_page
from app.feedback.views.paging import pager
from app.feedback.views.pile import process_for_staff
from app.feedback.views.workbench import writer_id
from app.groups import queries as groups
from app.groups.forms import GroupForm
from app.groups.permissions import GRANTS, GroupPermission
from app.spaces.messages import ROLES
from app.spaces.rules import Role

if TYPE_CHECKING:
    from app.groups.models import ContributionGroup
    from app.processes.models import Process

_ACTING_AS = (Role.SECRETARIAT, Role.MUNICIPAL, Role.ENTITY, Role.FORUM_GOVERNMENT, Role.FORUM_CIVIL)


def group_for_staff(slug: str, number: int) -> ContributionGroup | None:
    return groups.group_by_number(slug, number)


@bp.get("/mesa/procesos/<slug>/grupos")
@guarded(GroupPermission.READ, GRANTS, load=process_for_staff)
def groups_index(process: Process) -> Response:
    return _index(process, GroupForm(formdata=None))


def _index(process: Process, form: GroupForm, status: int = 200) -> Response:
    page = groups.groups_page(process.id, page_number())
    return make_response(
        render_template(
            "feedback/groups.html",
            process=process,
            space=process.space,
            page=page,
            form=form,
            may_group=may(GroupPermission.GROUP, GRANTS, process),
            pager_links=pager(page, url_for("feedback.groups_index", slug=process.slug), {}),
            nav_here="desk",
            flashes=get_flashed_messages(with_categories=True),
        ),
        status,
    )


@bp.post("/mesa/procesos/<slug>/grupos")
@guarded(GroupPermission.GROUP, GRANTS, load=process_for_staff)
def make_group(process: Process) -> Response:
    """From the suggestions, from what is like one contribution, or from codes written by hand."""
    form, slug = GroupForm(), process.slug
    if not form.validate():
        return _index(process, form, 422)
    try:
        group = services.make_group(
            process, form.chosen(), form.title.data or "", form.rationale.data or "", person_id=writer_id(), now=clock.now(),
            role=_role(process),
        )  # fmt: skip
    except RuleBroken as broken:
        form.show(broken)
        db.session.rollback()
        fresh = process_for_staff(slug) or process
        if request.args.get("desde") == "sugerencias":
            return suggestions_page(fresh, [text for _, text in form.summary], 422)
        if not form.codes.data:
            form.codes.data = ", ".join(form.chosen())
        return _index(fresh, form, 422)
    reference, count = group.reference, len(form.chosen())
    number = group.number
    db.session.commit()
    flash(
        ngettext(
            "%(group)s hecho con %(num)s aporte.", "%(group)s hecho con %(num)s aportes. Falta que otra persona lo revise.", count,
            group=reference,
        ),
        "good",
    )  # fmt: skip
    if request.args.get("desde") == "sugerencias":
        return redirect(url_for("feedback.group_suggestions", slug=slug), 303)  # type: ignore[return-value]
    return redirect(url_for("feedback.group", slug=slug, number=number), 303)  # type: ignore[return-value]


@bp.get("/mesa/procesos/<slug>/grupos/<int:number>")
@guarded(GroupPermission.READ, GRANTS, load=group_for_staff)
def group(group: ContributionGroup) -> Response:
    return _group_page(group, GroupForm(formdata=None))


def _group_page(group: ContributionGroup, form: GroupForm, status: int = 200) -> Response:
    here = queries.group_standing(group)
    asked = request.args.get("q", "").strip()[:200]
    found = _found(group, asked) if asked else []
    lead, groupers = here.lead, groups.groupers(group.id)
    changeable = group.dissolved_at is None and not any(member.answered_at for member in here.members)
    if not form.is_submitted():
        form.title.data, form.rationale.data = group.title, group.rationale
    return make_response(
        render_template(
            "feedback/group.html",
            group=group,
            process=group.process,
            space=group.process.space,
            here=here,
            form=form,
            asked=asked,
            found=found,
            state=str(STATES[lead.state]) if lead else "",
            added_by={member.added_by_id: queries.person_name(member.added_by_id) for member in here.members},
            reviewer=queries.person_name(group.reviewed_by_id) if group.reviewed_by_id else "",
            grouper=queries.person_name(group.grouped_by_id),
            may_group=changeable and may(GroupPermission.GROUP, GRANTS, group),
            may_review=group.dissolved_at is None and not group.reviewed_by_id and may(GroupPermission.REVIEW, GRANTS, group),
            has_grouped=current_actor().person_id in groupers,
            nav_here="desk",
            flashes=get_flashed_messages(with_categories=True),
        ),
        status,
    )


def _found(group: ContributionGroup, asked: str) -> list[Any]:
    """What the search gives that is in no group and has no public answer."""
    rows = contributions.page_of(group.process_id, ContributionFilters(q=asked, answered=False), 1, visibilities=tuple(Visibility)).rows
    taken = groups.group_of([row.id for row in rows])
    return [row for row in rows if row.id not in taken]


def _change(group: ContributionGroup, act: Callable[[GroupForm], object], done: Callable[[], str]) -> Response:
    """Do one thing to the group; refused, the page comes back with why and with what was written."""
    form, slug, number = GroupForm(), group.process.slug, group.number
    if not form.validate():
        return _group_page(group, form, 422)
    try:
        act(form)
    except RuleBroken as broken:
        form.show(broken)
        db.session.rollback()
        return _group_page(group_for_staff(slug, number) or group, form, 422)
    db.session.commit()
    flash(done(), "good")
    return redirect(url_for("feedback.group", slug=slug, number=number), 303)  # type: ignore[return-value]


@bp.post("/mesa/procesos/<slug>/grupos/<int:number>/aportes")
@guarded(GroupPermission.GROUP, GRANTS, load=group_for_staff)
def add_to_group(group: ContributionGroup) -> Response:
    return _change(
        group,
        lambda form: services.add_to_group(group, form.chosen(), person_id=writer_id(), now=clock.now(), role=_role(group)),
        lambda: gettext("Añadido. Falta que otra persona revise el grupo."),
    )


@bp.post("/mesa/procesos/<slug>/grupos/<int:number>/quitar")
@guarded(GroupPermission.GROUP, GRANTS, load=group_for_staff)
def remove_from_group(group: ContributionGroup) -> Response:
    code = request.form.get("codigo", "")[:40]
    return _change(
        group,
        lambda form: services.remove_from_group(
            group,
            code,
            form.reason.data or "",
            revision=form.revision.data or 0,
            person_id=writer_id(),
            now=clock.now(),
            role=_role(group),
        ),
        lambda: gettext("%(code)s salió del grupo y se responde por su cuenta.", code=code),
    )


@bp.post("/mesa/procesos/<slug>/grupos/<int:number>/titulo")
@guarded(GroupPermission.GROUP, GRANTS, load=group_for_staff)
def retitle_group(group: ContributionGroup) -> Response:
    return _change(
        group,
        lambda form: services.retitle_group(
            group, form.title.data or "", form.rationale.data or "", revision=form.revision.data or 0, person_id=writer_id(),
            now=clock.now(),
        ),
        lambda: gettext("Guardado."),
    )  # fmt: skip


@bp.post("/mesa/procesos/<slug>/grupos/<int:number>/revision")
@guarded(GroupPermission.REVIEW, GRANTS, load=group_for_staff)
def review_group(group: ContributionGroup) -> Response:
    return _change(
        group,
        lambda form: services.review_group(
            group, revision=form.revision.data or 0, person_id=writer_id(), now=clock.now(), role=_role(group)
        ),
        lambda: gettext("Revisado: la respuesta del grupo ya puede enviarse."),
    )


@bp.post("/mesa/procesos/<slug>/grupos/<int:number>/deshacer")
@guarded(GroupPermission.GROUP, GRANTS, load=group_for_staff)
def dissolve_group(group: ContributionGroup) -> Response:
    return _change(
        group,
        lambda form: services.dissolve_group(
            group, form.reason.data or "", revision=form.revision.data or 0, person_id=writer_id(), now=clock.now(), role=_role(group)
        ),
        lambda: gettext("El grupo se deshizo. Cada aporte se responde por su cuenta."),
    )


def _role(subject: Any) -> str:
    """As what the person acts here, for the register."""
    held = {h.role for h in current_actor().roles if h.covers(subject.scope)}
    return next((str(ROLES[role]).lower() for role in _ACTING_AS if role in held), "")
