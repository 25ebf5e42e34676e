"""What may belong together, put before a person: for the whole process, and beside one contribution."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Response, flash, get_flashed_messages, make_response, redirect, render_template, request, url_for
from flask_babel import gettext

from app.core import clock
from app.core.db import db
from app.core.errors import RuleBroken
from app.core.guard import guarded, may
from app.core.web import Page, page_number, page_or_fragment, wants_fragment
from app.feedback import services
from app.feedback.views import bp
from app.feedback.views.paging import pager
from app.feedback.views.pile import process_for_staff
from app.feedback.views.workbench import contribution_for_staff, writer_id
from app.groups import queries as groups
from app.groups.forms import GroupForm
from app.groups.permissions import GRANTS, GroupPermission
from app.moderation import queries as moderation
from app.moderation import services as moderation_services

if TYPE_CHECKING:
    from app.contributions.models import Contribution
    from app.processes.models import Process

SUGGESTED = 10


@bp.get("/mesa/procesos/<slug>/grupos/sugerencias")
@guarded(GroupPermission.READ, GRANTS, load=process_for_staff)
def group_suggestions(process: Process) -> Response:
    return suggestions_page(process)


def suggestions_page(process: Process, trouble: list[str] | None = None, status: int = 200) -> Response:
    number = page_number()
    found, total = groups.suggestions(process, number, SUGGESTED)
    page = Page(found, number, total, SUGGESTED)
    return make_response(
        render_template(
            "feedback/group_suggestions.html",
            process=process,
            space=process.space,
            suggestions=found,
            total=total,
            problems=trouble or [],
            may_group=may(GroupPermission.GROUP, GRANTS, process),
            pager_links=pager(page, url_for("feedback.group_suggestions", slug=process.slug), {}),
            passed=_passed_on(process),
            nav_here="desk",
            flashes=get_flashed_messages(with_categories=True),
        ),
        status,
    )


def _passed_on(process: Process) -> list[Any]:
    """Pairs that moderation passed on and are not in one group yet."""
    pairs = moderation.merge_suggestions(process.id)
    found = groups.group_of([id_ for pair in pairs for id_ in (pair.first_id, pair.second_id)])
    return [pair for pair in pairs if pair.first_id not in found or found.get(pair.first_id) != found.get(pair.second_id)]


@bp.post("/mesa/procesos/<slug>/grupos/sugerencias")
@guarded(GroupPermission.GROUP, GRANTS, load=process_for_staff)
def settle_suggestion(process: Process) -> Response:
    """What moderation passed on was read: it is not shown again."""
    codes, slug = request.form.getlist("codigo")[:2], process.slug
    if len(codes) == 2 and moderation_services.settle_suggestion(process, codes[0][:40], codes[1][:40], now=clock.now()):
        db.session.commit()
        flash(gettext("Anotado: moderación ya lo pasó y usted lo leyó."), "good")
    return redirect(url_for("feedback.group_suggestions", slug=slug), 303)  # type: ignore[return-value]


@bp.post("/mesa/procesos/<slug>/grupos/distintos")
@guarded(GroupPermission.GROUP, GRANTS, load=process_for_staff)
def say_different(process: Process) -> Response:
    form, slug = GroupForm(), process.slug
    form.validate()
    try:
        services.say_different(process, form.chosen(), against=request.form.getlist("contra"), person_id=writer_id(), now=clock.now())
    except RuleBroken as broken:
        form.show(broken)
        db.session.rollback()
        return suggestions_page(process_for_staff(slug) or process, [text for _, text in form.summary], 422)
    db.session.commit()
    flash(gettext("Anotado: no se sugerirán juntos otra vez."), "good")
    return redirect(url_for("feedback.group_suggestions", slug=slug), 303)  # type: ignore[return-value]


@bp.get("/mesa/aportes/<code>/parecidos")
@guarded(GroupPermission.READ, GRANTS, load=contribution_for_staff)
def alike(contribution: Contribution) -> Response:
    """What says nearly the same as one contribution; the workbench shows it beside the answer."""
    return page_or_fragment(
        "feedback/alike.html",
        "feedback/_alike.html",
        contribution=contribution,
        process=contribution.process,
        space=contribution.process.space,
        found=groups.alike_to(contribution),
        group=groups.group_of([contribution.id]).get(contribution.id),
        is_short=wants_fragment(),
        may_group=contribution.answered_at is None and may(GroupPermission.GROUP, GRANTS, contribution),
        nav_here="desk",
    )
