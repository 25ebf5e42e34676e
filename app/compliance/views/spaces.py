"""Which sets of requirements apply to a space: chosen by its secretariat, public on every page of its processes."""

from typing import Any

from flask import Response, flash, get_flashed_messages, make_response, redirect, render_template, url_for
from flask_babel import gettext as _

from app.compliance import queries, services
from app.compliance.forms import ProfileForm
from app.compliance.permissions import GRANTS, CompliancePermission
from app.compliance.views import bp
from app.core import clock
from app.core.db import db
from app.core.guard import current_actor, guarded
from app.core.web import carried_out
from app.spaces import queries as spaces

PATH = "/mesa/espacios/<slug>/requisitos"


@bp.get(PATH)
@guarded(CompliancePermission.CHOOSE, GRANTS, load=spaces.space_by_slug)
def edit_profile(space: Any) -> Response:
    return _page(space, ProfileForm(formdata=None).show_profile(queries.profile(space)))


@bp.post(PATH)
@guarded(CompliancePermission.CHOOSE, GRANTS, load=spaces.space_by_slug)
def choose_profile(space: Any) -> Response:
    form = ProfileForm()
    if carried_out(form, lambda: services.choose_profile(space, form.chosen(), person_id=current_actor().person_id or 0, now=clock.now())):
        db.session.commit()
        flash(_("Queda así desde ahora, en todos los procesos del espacio."), "good")
        return redirect(url_for("compliance.edit_profile", slug=space.slug), 303)  # type: ignore[return-value]
    return _page(space, form, 422)


def _page(space: Any, form: ProfileForm, status: int = 200) -> Response:
    flashes = get_flashed_messages(with_categories=True)
    return make_response(render_template("compliance/profile.html", space=space, form=form, flashes=flashes), status)
