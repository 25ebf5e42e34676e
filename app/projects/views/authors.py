"""What those who asked for a project are told: drafts of answers for the contributions it came from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import make_response, render_template
from flask_babel import gettext as _
from flask_babel import ngettext

from app.core.db import db
from app.core.guard import current_actor, guarded
from app.organisations import queries as organisations
from app.projects import messages, queries, services
from app.projects.forms import PrepareForm
from app.projects.permissions import GRANTS, ProjectPermission
from app.projects.views import bp
from app.projects.views.desk import BASE
from app.projects.views.loading import by, desk_round, flashes, see
from app.spaces.permissions import organisation_of
from app.spaces.rules import Role

if TYPE_CHECKING:
    from flask import Response

    from app.budgeting.models import BudgetRound


@bp.get(f"{BASE}/respuestas-a-aportes")
@guarded(ProjectPermission.WRITE, GRANTS, load=desk_round)
def authors(round_: BudgetRound) -> Response:
    form = PrepareForm(formdata=None).offer(organisations.organisations())
    own = organisations.organisation_by_id(organisation_of(current_actor(), round_, Role.MUNICIPAL))
    form.organisation.data = own.slug if own else ""
    return _page(round_, form)


@bp.post(f"{BASE}/respuestas-a-aportes")
@guarded(ProjectPermission.WRITE, GRANTS, load=desk_round)
def prepare(round_: BudgetRound) -> Response:
    form, slug = PrepareForm().offer(organisations.organisations()), round_.process.slug
    if not form.validate():
        return _page(round_, form, 422)
    made = services.prepare_answers(round_, form.organisation.data, **by())
    db.session.commit()
    told = ngettext("Hay %(num)d borrador nuevo.", "Hay %(num)d borradores nuevos.", len(made.drafted))
    if made.skipped:
        told += " " + _("Se dejaron como estaban, porque otra persona los responde: %(codes)s.", codes=", ".join(made.skipped))
    return see("projects.authors", told, slug=slug)


def _page(round_: BudgetRound, form: PrepareForm, status: int = 200) -> Response:
    waiting = queries.contributions_to_answer(round_.id)
    return make_response(
        render_template(
            "projects/authors.html", process=round_.process, space=round_.process.space, form=form, flashes=flashes(),
            states=messages.STATES, looks=messages.LOOKS, rows=[(project, waiting[project.id]) for project in queries.in_order(waiting)],
            number=sum(map(len, waiting.values())),
        ),
        status,
    )  # fmt: skip
