"""A list of agents brought in a file: checked whole, confirmed, then registered all or none."""

from typing import Any

from flask import Response, make_response, render_template
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as AnyResponse

from app.budgeting import importing, messages, queries, services
from app.budgeting.forms import FileForm
from app.budgeting.permissions import GRANTS, BudgetingPermission
from app.budgeting.rules.registering import AgentProblem
from app.budgeting.views import bp, shown
from app.budgeting.views.agents import territories
from app.budgeting.views.desk import BASE
from app.contributions import messages as contributions
from app.core import clock
from app.core.db import db
from app.core.errors import RuleBroken
from app.core.guard import guarded

URL = f"{BASE}/agentes/importar"


@bp.get(URL)
@guarded(BudgetingPermission.KEEP_AGENTS, GRANTS, load=queries.round_of)
def import_agents(round_: Any) -> Response:
    return _page(round_, FileForm(formdata=None))


@bp.get(f"{URL}/plantilla.csv")
@guarded(BudgetingPermission.KEEP_AGENTS, GRANTS, load=queries.round_of)
def agents_template(round_: Any) -> Response:
    response = Response("\ufeff" + importing.template_csv(), mimetype="text/csv")
    response.headers["Content-Disposition"] = 'attachment; filename="plantilla-agentes.csv"'
    return response


@bp.post(URL)
@guarded(BudgetingPermission.KEEP_AGENTS, GRANTS, load=queries.round_of)
def check_agents(round_: Any) -> AnyResponse:
    """Read the file and say what is in it; nothing is written."""
    form = FileForm()
    upload = form.file.data
    if not upload or not getattr(upload, "filename", ""):
        form.file.errors = [_("Elija el archivo.")]
        return _page(round_, form, 422)
    read = _read(round_, upload.read())
    if read.is_good:
        form.content.data = importing.as_csv(importing.as_rows(draft for _row, draft in read.drafts))
    return _page(round_, form, 200 if read.is_good else 422, read=read)


@bp.post(f"{URL}/confirmar")
@guarded(BudgetingPermission.KEEP_AGENTS, GRANTS, load=queries.round_of)
def confirm_agents(round_: Any) -> AnyResponse:
    form = FileForm()
    read = _read(round_, (form.content.data or "").encode("utf-8"))
    if not form.consent.data:
        form.consent.errors = [str(messages.PROBLEMS[AgentProblem.CONSENT_MISSING])]
        return _page(round_, form, 422, read=read)
    if not form.validate() or not read.is_good:
        return _page(round_, form, 422, read=read)
    try:
        count = services.register_file(round_, read, person_id=shown.person_id(), now=clock.now())
    except RuleBroken as broken:
        db.session.rollback()
        form.show(broken)
        return _page(queries.round_of(round_.process.slug), form, 422, read=read)
    slug = round_.process.slug
    db.session.commit()
    said = ngettext("%(num)d persona quedó inscrita, por revisar.", "%(num)d personas quedaron inscritas, por revisar.", count)
    return shown.back("budgeting.registry", said, slug=slug)


def _read(round_: Any, content: bytes) -> importing.AgentFile:
    return importing.read(content, dict(territories(round_)), queries.delegates_known(round_.id))


def _page(round_: Any, form: FileForm, status: int = 200, read: importing.AgentFile | None = None) -> Response:
    wrong = []
    if read:
        wrong = [contributions.fault_sentence(fault) for fault in read.faults]
        wrong += [_("Fila %(row)s: %(why)s", row=row, why=messages.said(problem)) for row, problem in read.problems]
    return make_response(
        render_template(
            "budgeting/import.html",
            **shown.context(round_, form=form, read=read, wrong=wrong, columns=importing.COLUMNS, required=importing.REQUIRED,
                            kinds=list(importing.KINDS), sectors=list(importing.SECTORS)),
        ),
        status,
    )  # fmt: skip
