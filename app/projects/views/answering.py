"""The written answers of projects on the desk: written by one, approved by another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Response, make_response, render_template, request
from flask_babel import gettext as _

from app.core.db import db
from app.core.errors import RuleBroken, SomebodyWasFirst
from app.core.guard import current_actor, guarded
from app.projects import messages, queries, services
from app.projects.forms import AnswerForm, number_of
from app.projects.permissions import GRANTS, ProjectPermission
from app.projects.rules.answers import ENDING, AnswerDraft, AnswerState
from app.projects.services.answers import draft_of
from app.projects.views import bp, shown
from app.projects.views.desk import BASE, ONE
from app.projects.views.loading import by, desk_round, flashes, fresh, fresh_round, said, see

if TYPE_CHECKING:
    from app.budgeting.models import BudgetRound
    from app.projects.models import Project


def ended_project(codigo: str) -> Project | None:
    """A project that ended: the only ones that are answered."""
    found = queries.project_by_code(codigo)
    return found if found is not None and found.state in ENDING else None


@bp.get(f"{ONE}/respuesta")
@guarded(ProjectPermission.WRITE, GRANTS, load=ended_project)
def answer_form(project: Project) -> Response:
    standing = queries.open_answer(project.id) or queries.current_answer(project.id)
    is_open = standing is not None and standing.state is not AnswerState.PUBLISHED
    form = AnswerForm(formdata=None)
    if standing is not None:
        form.show_draft(draft_of(standing), standing.revision if is_open else 0)
        form.correction_reason.data = standing.correction_reason if is_open else ""
    return _page(project, form)


@bp.post(f"{ONE}/respuesta")
@guarded(ProjectPermission.WRITE, GRANTS, load=ended_project)
def write_answer(project: Project) -> Response:
    form, code = AnswerForm(), project.code
    if not form.validate():
        return _page(project, form, 422)
    try:
        missing = services.write_answer(project, form.draft(), revision=number_of(form.revision), **by())
    except RuleBroken as broken:
        db.session.rollback()
        form.show(broken)
        return _page(project, form, 422)
    except SomebodyWasFirst:
        db.session.rollback()
        now = queries.open_answer(project.id)
        form.form_errors.append(
            _(
                "Otra persona guardó esta respuesta mientras usted escribía. Abajo está lo que difiere. Lo suyo sigue en el formulario: "
                "si guarda otra vez queda lo suyo, y lo de la otra persona se conserva entre lo guardado."
            )
        )
        form.revision.data, form.revision.raw_data = str(now.revision if now else 0), None
        return _page(ended_project(code) or project, form, 409, mine=form.draft())
    db.session.commit()
    if not missing:
        return see("projects.desk_project", _("La respuesta espera que la apruebe otra persona."), codigo=code)
    form.show(RuleBroken(missing))
    now = queries.open_answer(project.id)
    form.revision.data, form.revision.raw_data = str(now.revision if now else 0), None
    return _page(ended_project(code) or project, form, 422)


def _said(content: dict[str, Any]) -> list[tuple[str, str]]:
    """Each part of an answer that says something, with its label and in words."""
    words = {
        **{o.value: str(said) for o, said in messages.OUTCOMES.items()},
        **{r.value: str(said) for r, said in messages.REASONS.items()},
    }
    labels = {f.name: str(f.label.text) for f in AnswerForm(formdata=None)}
    return [(labels[name], words.get(value, value)) for name, value in content.items() if name in labels]


def _against(theirs: Any, mine: AnswerDraft) -> list[tuple[str, str, str]]:
    """What differs between what somebody saved and what is in the form: label, theirs, one's own."""
    saved, typed = dict(_said(theirs.content)), dict(_said(mine.as_json()))
    differ = [label for label in {**saved, **typed} if saved.get(label) != typed.get(label)]
    return [(label, saved.get(label, ""), typed.get(label, "")) for label in differ]


def _page(project: Project, form: Any, status: int = 200, mine: AnswerDraft | None = None) -> Response:
    project = fresh(project)
    process = project.round.process
    published, saves = queries.current_answer(project.id), queries.saved_answers(project.id)
    names = queries.names_of([save.saved_by_id for save in saves])
    saved = [{"who": names.get(s.saved_by_id, ""), "at": s.saved_at, "version": s.version, "said": _said(s.content)} for s in saves]
    against = _against(saves[0], mine) if mine and saves else []
    return make_response(
        render_template(
            "projects/answer.html", project=project, process=process, space=process.space, saved=saved,
            form=form.limit(ENDING[project.state]),
            against=against,
            state=messages.STATES[project.state], published=shown.answer(published) if published else None,
            is_correction=published is not None and published.about is project.state,
        ),
        status,
    )  # fmt: skip


@bp.get(f"{BASE}/respuestas")
@guarded(ProjectPermission.READ, GRANTS, load=desk_round)
def answers(round_: BudgetRound) -> Response:
    return _answers_page(round_)


@bp.post(f"{BASE}/respuestas")
@guarded(ProjectPermission.APPROVE, GRANTS, load=desk_round)
def approve_answers(round_: BudgetRound) -> Response:
    """Each tick carries the version that was read: "PP27-PR-003:2"."""
    slug = round_.process.slug
    seen = dict(part.rpartition(":")[::2] for part in request.form.getlist("respuesta"))
    chosen = [a for a in queries.open_answers(round_.id, AnswerState.REVIEW) if a.project.code in seen]
    revisions = {a.id: int(seen[a.project.code]) if seen[a.project.code].isdigit() else -1 for a in chosen}
    try:
        published = services.approve_answers(chosen, revisions, **by())
    except RuleBroken as broken:
        db.session.rollback()
        return _answers_page(round_, 422, said(broken))
    except SomebodyWasFirst:
        db.session.rollback()
        return _answers_page(round_, 409, _("Una respuesta cambió mientras usted la leía. Léala otra vez antes de aprobarla."))
    db.session.commit()
    return see("projects.desk", _("Respuestas publicadas: %(num)s. Se escribió a quienes propusieron.", num=published), slug=slug)


def _answers_page(round_: BudgetRound, status: int = 200, refused: str = "") -> Response:
    round_ = fresh_round(round_)
    me = current_actor().person_id or 0
    found = [(a, shown.answer(a), me in a.writer_ids) for a in queries.open_answers(round_.id, AnswerState.REVIEW)]
    drafts = queries.open_answers(round_.id, AnswerState.DRAFT)
    return make_response(
        render_template(
            "projects/answers.html", process=round_.process, space=round_.process.space, rows=found, drafts=drafts, refused=refused,
            flashes=flashes(),
        ),
        status,
    )  # fmt: skip
