"""A member at work: the declaration of conflicts, and one contribution after another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Response, abort, flash, get_flashed_messages, make_response, redirect, render_template, url_for
from flask_babel import gettext

from app.contributions import queries as contributions
from app.core import clock
from app.core.db import db
from app.core.errors import RuleBroken
from app.core.guard import guarded
from app.core.web import carried_out
from app.evaluation import queries, services
from app.evaluation.forms import NO, YES, DeclarationForm, ScoreForm
from app.evaluation.permissions import GRANTS, EvaluationPermission
from app.evaluation.rules import FEWEST_MEMBERS, Item, Member
from app.evaluation.views import bp
from app.evaluation.views.committee import ItemOf, back, committee_or_404, item_of, person_id
from app.processes import queries as processes

if TYPE_CHECKING:
    from app.evaluation.models import CommitteeMember, EvaluationCommittee
    from app.evaluation.queries import Board, Desk


def _seat(committee: EvaluationCommittee) -> CommitteeMember:
    member = queries.member_of(committee.id, person_id())
    if member is None:
        abort(403)
    return member


@bp.get("/mesa/procesos/<slug>/evaluacion/declaracion")
@guarded(EvaluationPermission.SCORE, GRANTS, load=queries.desk_of)
def declaration(subject: Desk) -> Response:
    return _declaration(subject, None)


def _declaration(subject: Desk, form: DeclarationForm | None, status: int = 200) -> Response:
    committee = committee_or_404(subject)
    own = next((row for row in queries.evaluations_of(committee.id) if row.person_id == person_id()), None)
    if form is None:
        said = {None: "", True: YES, False: NO}[own.has_conflict] if own else ""
        standing = {"statement": own.statement, "codes": " ".join(own.codes), "organisations": "\n".join(own.organisations)} if own else {}
        form = DeclarationForm(formdata=None, has_conflict=said, **standing)
    return make_response(render_template(
        "evaluation/declaration.html", process=subject.process, space=subject.process.space, committee=committee, form=form, own=own,
        nav_here="desk", flashes=get_flashed_messages(with_categories=True),
    ), status)  # fmt: skip


@bp.post("/mesa/procesos/<slug>/evaluacion/declaracion")
@guarded(EvaluationPermission.SCORE, GRANTS, load=queries.desk_of)
def declare(subject: Desk) -> Response:
    form, committee, slug = DeclarationForm(), committee_or_404(subject), subject.process.slug
    if carried_out(
        form,
        lambda: services.declare(
            committee,
            _seat(committee),
            has_conflict=form.answer(),
            codes=form.codes.data or "",
            organisations=form.organisations.data or "",
            statement=form.statement.data or "",
            now=clock.now(),
        ),
        undo=True,
    ):
        db.session.commit()
        flash(gettext("Su declaración quedó firmada."), "good")
        return back("evaluation.scoring", slug)
    return _declaration(queries.desk_of(slug) or subject, form, 422)


@bp.get("/mesa/procesos/<slug>/evaluacion/puntuar")
@guarded(EvaluationPermission.SCORE, GRANTS, load=queries.desk_of)
def scoring(subject: Desk) -> Response:
    """The first contribution that waits for this member; the list when none does."""
    committee = committee_or_404(subject)
    work, own = _work(committee)
    if own.declared_at is None:
        return back("evaluation.declaration", subject.process.slug)
    following = next((item for item in _allowed(work, own) if not _is_done(work, own, item)), None)
    if following is not None and sum(m.declared_at is not None for m in work.members) >= FEWEST_MEMBERS:
        return back("evaluation.score_item", subject.process.slug, code=following.code)
    return make_response(render_template(
        "evaluation/mine.html", process=subject.process, space=subject.process.space, committee=committee, rows=_mine(work, own),
        declared=sum(m.declared_at is not None for m in work.members), fewest=FEWEST_MEMBERS, nav_here="desk",
        flashes=get_flashed_messages(with_categories=True),
    ))  # fmt: skip


def _work(committee: EvaluationCommittee) -> tuple[Board, Member]:
    work, seat = queries.board(committee), _seat(committee)
    return work, next(member for member in work.members if member.id == seat.id)


def _allowed(work: Board, own: Member) -> list[Item]:
    return [item for item in work.items if not own.conflicts.forbid(item.id, item.organisation)]


def _is_done(work: Board, own: Member, item: Item) -> bool:
    return all((own.id, item.id, measure.id) in work.marks for measure in work.measures)


def _mine(work: Board, own: Member) -> list[dict[str, Any]]:
    """Every contribution of the committee as this member sees it."""
    return [
        {
            "code": item.code, "is_done": _is_done(work, own, item),
            "is_conflicted": own.conflicts.forbid(item.id, item.organisation),
        }
        for item in work.items
    ]  # fmt: skip


@bp.get("/mesa/procesos/<slug>/evaluacion/puntuar/<code>")
@guarded(EvaluationPermission.SCORE, GRANTS, load=item_of)
def score_item(found: ItemOf) -> Response:
    return _score_page(found)


def _score_page(found: ItemOf, form: ScoreForm | None = None, status: int = 200) -> Response:
    committee = committee_or_404(found.subject)
    work, own = _work(committee)
    if own.declared_at is None:
        return back("evaluation.declaration", found.subject.process.slug)
    contribution = contributions.contribution_by_code(found.code)
    place = next((n for n, item in enumerate(work.items) if item.id == found.contribution_id), None)
    if contribution is None or place is None:
        abort(404)
    process = found.subject.process
    criteria = {c.id: c for c in processes.criteria(process.id)}
    codes = [item.code for item in _allowed(work, own)]
    here = codes.index(found.code) if found.code in codes else -1
    return make_response(render_template(
        "evaluation/score.html", process=process, space=process.space, contribution=contribution,
        form=form or ScoreForm.of(work.measures, queries.own_marks(own.id, found.contribution_id)),
        measures=[criteria[m.id] for m in work.measures], is_conflicted=here < 0,
        previous=codes[here - 1] if here > 0 else "", next=codes[here + 1] if 0 <= here < len(codes) - 1 else "",
        done=sum(_is_done(work, own, item) for item in _allowed(work, own)), total=len(codes),
        enough=sum(m.declared_at is not None for m in work.members) >= FEWEST_MEMBERS, nav_here="desk",
        flashes=get_flashed_messages(with_categories=True),
    ), status)  # fmt: skip


@bp.post("/mesa/procesos/<slug>/evaluacion/puntuar/<code>")
@guarded(EvaluationPermission.SCORE, GRANTS, load=item_of)
def score(found: ItemOf) -> Response:
    committee = committee_or_404(found.subject)
    work, own = _work(committee)
    form, slug = ScoreForm.of(work.measures), found.subject.process.slug
    codes = [item.code for item in _allowed(work, own)]
    if form.validate():
        try:
            services.score(
                committee, _seat(committee), found.contribution_id, form.marks(work.measures), form.comments(work.measures), now=clock.now()
            )
        except RuleBroken as broken:
            db.session.rollback()
            form.show(broken)
            found = item_of(slug, found.code) or found
        else:
            db.session.commit()
            flash(gettext("Guardado: %(code)s.", code=found.code), "good")
            here = codes.index(found.code)
            following = codes[here + 1] if here < len(codes) - 1 else ""
            if following:
                return back("evaluation.score_item", slug, code=following)
            return redirect(url_for("evaluation.scoring", slug=slug), 303)  # type: ignore[return-value]
    return _score_page(found, form, 422)
