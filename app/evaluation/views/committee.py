"""The committee on the desk: named, seated, given its work, its ranking published."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from flask import Response, abort, flash, get_flashed_messages, make_response, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext

from app.core import clock
from app.core.clock import lima_day
from app.core.db import db
from app.core.errors import RuleBroken
from app.core.fields import sentence
from app.core.guard import current_actor, guarded, may
from app.evaluation import queries, services
from app.evaluation.forms import AppointmentForm, ItemsForm, MemberForm, RankingForm
from app.evaluation.messages import PROBLEMS, points
from app.evaluation.permissions import GRANTS, JUDGING, EvaluationPermission
from app.evaluation.rules import problems_with_publishing, ranking
from app.evaluation.views import bp
from app.processes import queries as processes

if TYPE_CHECKING:
    from app.core.fields import Form
    from app.evaluation.models import EvaluationCommittee
    from app.evaluation.queries import Desk


def person_id() -> int:
    """Who is acting; only called behind a guard."""
    return current_actor().person_id or 0


def committee_or_404(desk: Desk) -> EvaluationCommittee:
    """The committee of the process; nothing can be done to one that was not named."""
    if desk.committee is None:
        abort(404)
    return desk.committee


def back(endpoint: str, slug: str, **arguments: Any) -> Response:
    return redirect(url_for(endpoint, slug=slug, **arguments), 303)  # type: ignore[return-value]


@bp.get("/mesa/procesos/<slug>/evaluacion")
@guarded(EvaluationPermission.READ, GRANTS, load=queries.desk_of)
def desk(subject: Desk) -> Response:
    return page(subject)


def page(subject: Desk, status: int = 200, problems: list[str] | None = None, **forms: Any) -> Response:
    """The page of the committee, with a form that was refused in its place."""
    process, committee = subject.process, subject.committee
    work = queries.board(committee) if committee else None
    members = queries.evaluations_of(committee.id) if committee else ()
    stops = problems_with_publishing(work.measures, work.members, work.items, work.marks) if work else ()
    seated = {member.person_id for member in members}
    people = queries.eligible_people(process.scope, JUDGING, lima_day(clock.now()))
    return make_response(render_template(
        "evaluation/committee.html", subject=subject, process=process, space=process.space, committee=committee, members=members,
        criteria=processes.criteria(process.id), standing=queries.criteria_standing(process.id), problems=problems or [],
        items=_items(work) if work else [], published=queries.rankings(process.id),
        may_manage=may(EvaluationPermission.MANAGE, GRANTS, subject),
        may_score=may(EvaluationPermission.SCORE, GRANTS, subject), stops=[sentence(PROBLEMS, problem) for problem in stops],
        draft=_draft(work) if work and not stops else [],
        appointment=forms.get("appointment") or AppointmentForm(formdata=None),
        member_form=(forms.get("member") or MemberForm(formdata=None)).offer([(id_, name) for id_, name, _ in people if id_ not in seated]),
        items_form=(forms.get("items") or ItemsForm(formdata=None)).offer([(t.id, t.name) for t in processes.themes(process.id)]),
        ranking_form=forms.get("ranking") or RankingForm(formdata=None), nav_here="desk",
        flashes=get_flashed_messages(with_categories=True),
    ), status)  # fmt: skip


def _items(work: queries.Board) -> list[dict[str, Any]]:
    """Each contribution with how many of those who may judge it have done so; never the marks."""
    found = []
    for item in work.items:
        judges = [m for m in work.members if not m.conflicts.forbid(item.id, item.organisation)]
        done = sum(all((m.id, item.id, measure.id) in work.marks for measure in work.measures) for m in judges)
        found.append({"code": item.code, "done": done, "judges": len(judges), "excluded": len(work.members) - len(judges)})
    return found


def _draft(work: queries.Board) -> list[dict[str, Any]]:
    """The ranking as it would be published."""
    rows = ranking(work.measures, work.members, work.items, work.marks)
    return [{"code": row.item.code, "place": row.place, "points": points(row.score_hundredths)} for row in rows]


def act(subject: Desk, form: Form, name: str, do: Callable[[], str], where: str = "evaluation.desk") -> Response:
    """Do one thing and commit, or show the page again with the form as it was typed."""
    slug = subject.process.slug
    if form.validate():
        try:
            said = do()
        except RuleBroken as broken:
            db.session.rollback()
            form.show(broken)
        else:
            db.session.commit()
            flash(said, "good")
            return back(where, slug)
    fresh = queries.desk_of(slug) or subject
    return page(fresh, 422, **{name: form})


@bp.post("/mesa/procesos/<slug>/evaluacion")
@guarded(EvaluationPermission.MANAGE, GRANTS, load=queries.desk_of)
def appoint(subject: Desk) -> Response:
    form = AppointmentForm()

    def do() -> str:
        services.appoint(subject.process, form.appointed_by.data or "", person_id=person_id(), now=clock.now())
        return gettext("El comité está abierto. Agregue a sus integrantes.")

    return act(subject, form, "appointment", do)


@bp.post("/mesa/procesos/<slug>/evaluacion/integrantes")
@guarded(EvaluationPermission.MANAGE, GRANTS, load=queries.desk_of)
def add_member(subject: Desk) -> Response:
    form, committee = MemberForm(), committee_or_404(subject)
    form.offer([])

    def do() -> str:
        services.add_member(committee, form.person_id(), form.post.data or "", person_id=person_id(), now=clock.now())
        return gettext("Se sumó al comité. Antes de evaluar firmará su declaración de conflictos de interés.")

    return act(subject, form, "member", do)


@bp.post("/mesa/procesos/<slug>/evaluacion/integrantes/retirar")
@guarded(EvaluationPermission.MANAGE, GRANTS, load=queries.desk_of)
def remove_member(subject: Desk) -> Response:
    committee = committee_or_404(subject)
    named = request.form.get("member", "")
    member = queries.member_of(committee.id, int(named)) if named.isascii() and named.isdigit() and len(named) < 12 else None
    if member is None:
        abort(404)
    services.remove_member(committee, member, person_id=person_id(), now=clock.now())
    db.session.commit()
    flash(gettext("Dejó el comité. Sus puntajes ya no cuentan."), "good")
    return back("evaluation.desk", subject.process.slug)


@bp.post("/mesa/procesos/<slug>/evaluacion/aportes")
@guarded(EvaluationPermission.MANAGE, GRANTS, load=queries.desk_of)
def add_items(subject: Desk) -> Response:
    form, committee = ItemsForm(), committee_or_404(subject)
    form.offer([])

    def do() -> str:
        added = services.add_items(committee, form.codes.data or "", theme_id=form.theme_id(), person_id=person_id(), now=clock.now())
        return ngettext("Se agregó %(num)s aporte a la evaluación.", "Se agregaron %(num)s aportes a la evaluación.", added)

    return act(subject, form, "items", do)


@bp.post("/mesa/procesos/<slug>/evaluacion/aportes/<code>/quitar")
@guarded(EvaluationPermission.MANAGE, GRANTS, load=lambda slug, code: _with_code(slug, code))
def remove_item(found: Any) -> Response:
    subject, contribution_id = found.subject, found.contribution_id
    try:
        services.remove_item(committee_or_404(subject), contribution_id, person_id=person_id(), now=clock.now())
    except RuleBroken as broken:
        db.session.rollback()
        flash(sentence(PROBLEMS, broken.problems[0]), "stop")
    else:
        db.session.commit()
        flash(gettext("Se quitó de la evaluación."), "good")
    return back("evaluation.desk", subject.process.slug)


class ItemOf:
    """A contribution within the evaluation of its process: the subject of its permission."""

    def __init__(self, subject: Desk, code: str, contribution_id: int) -> None:
        self.subject, self.code, self.contribution_id = subject, code, contribution_id
        self.scope, self.member_person_ids = subject.scope, subject.member_person_ids


def _with_code(slug: str, code: str) -> ItemOf | None:
    subject = queries.desk_of(slug)
    if subject is None or subject.committee is None:
        return None
    contribution_id = queries.contributions_named(subject.process.id, [code]).get(code)
    return ItemOf(subject, code, contribution_id) if contribution_id else None


item_of = _with_code


@bp.post("/mesa/procesos/<slug>/evaluacion/publicar")
@guarded(EvaluationPermission.PUBLISH, GRANTS, load=queries.desk_of)
def publish(subject: Desk) -> Response:
    form, committee = RankingForm(), committee_or_404(subject)

    def do() -> str:
        made = services.publish_ranking(committee, reason=form.reason.data or "", person_id=person_id(), now=clock.now())
        return gettext("El orden es público (versión %(n)s), con todo en lo que se basa.", n=made.n)

    return act(subject, form, "ranking", do)
