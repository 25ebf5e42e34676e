"""Publishing documents of the round, and new versions of them."""

from typing import Any

from flask import Response, make_response, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from app.budgeting import queries, services
from app.budgeting.forms import DocumentForm
from app.budgeting.permissions import GRANTS, BudgetingPermission
from app.budgeting.views import bp, shown
from app.budgeting.views.desk import BASE, STALE
from app.core import clock
from app.core.db import db
from app.core.errors import RuleBroken, SomebodyWasFirst
from app.core.guard import guarded


@bp.get(f"{BASE}/documentos/nuevo")
@guarded(BudgetingPermission.RUN, GRANTS, load=queries.round_of)
def new_document(round_: Any) -> Response:
    return _page(round_, DocumentForm(formdata=None))


@bp.post(f"{BASE}/documentos")
@guarded(BudgetingPermission.RUN, GRANTS, load=queries.round_of)
def publish_document(round_: Any) -> AnyResponse:
    form = DocumentForm()
    if form.validate():
        try:
            made = services.publish_document(round_, form.draft(), upload=form.upload(), person_id=shown.person_id(), now=clock.now())
        except RuleBroken as broken:
            form.show(broken)
        except SomebodyWasFirst:
            form.form_errors.append(str(STALE))
        else:
            number = made.number
            slug = round_.process.slug
            db.session.commit()
            return shown.back("budgeting.document", _("El documento es público."), slug=slug, number=number)
    return _page(round_, form, 422)


@bp.get(f"{BASE}/documentos/<int:number>")
@guarded(BudgetingPermission.RUN, GRANTS, load=queries.document)
def edit_document(document: Any) -> Response:
    form = DocumentForm(formdata=None)
    form.show_version(document.kind, queries.versions_of(document.id)[0])
    return _page(document.round, form, document=document)


@bp.post(f"{BASE}/documentos/<int:number>")
@guarded(BudgetingPermission.RUN, GRANTS, load=queries.document)
def publish_version(document: Any) -> AnyResponse:
    form = DocumentForm().of(document.kind)
    if form.validate():
        try:
            services.publish_version(document, form.draft(), upload=form.upload(), person_id=shown.person_id(), now=clock.now())
        except RuleBroken as broken:
            form.show(broken)
        except SomebodyWasFirst:
            form.form_errors.append(str(STALE))
        else:
            slug = document.round.process.slug
            number = document.number
            db.session.commit()
            said = _("La versión nueva es pública; las anteriores se siguen leyendo.")
            return shown.back("budgeting.document", said, slug=slug, number=number)
    return _page(document.round, form, 422, document=document)


def _page(round_: Any, form: DocumentForm, status: int = 200, document: Any = None) -> Response:
    return make_response(render_template("budgeting/edit_document.html", **shown.context(round_, form=form, document=document)), status)
