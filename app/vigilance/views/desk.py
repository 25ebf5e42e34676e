"""The committee on the desk: recorded by the municipal team, and where its members and the entities begin."""

from typing import Any

from flask import Response, abort, flash, get_flashed_messages, make_response, redirect, render_template, request, url_for
from flask_babel import gettext

from app.agreements import queries as agreements
from app.budgeting import queries as rounds
from app.budgeting.rules import AgentKind
from app.core import clock
from app.core.clock import lima_day
from app.core.db import db
from app.core.errors import RuleBroken
from app.core.guard import current_actor, guarded, may
from app.core.web import carried_out
from app.vigilance import messages, queries, services
from app.vigilance.forms import ElectionForm, ReplacementForm, ReportForm
from app.vigilance.permissions import GRANTS, VigilancePermission
from app.vigilance.views import bp
from app.vigilance.views.public import shown

BASE = "/mesa/procesos/<slug>/presupuesto/vigilancia"
COMMITTEE = "/mesa/procesos/<slug>/presupuesto/comite-de-vigilancia"
REPORTS = "/mesa/procesos/<slug>/presupuesto/informes-de-vigilancia"


def by() -> dict[str, Any]:
    return {"person_id": current_actor().person_id, "now": clock.now()}


def see(endpoint: str, said: str, **arguments: Any) -> Response:
    flash(said, "good")
    return redirect(url_for(endpoint, **arguments), 303)  # type: ignore[return-value]


def committee_for_staff(slug: str) -> Any:
    """The committee of a round; None before it is elected."""
    round_ = rounds.round_of(slug)
    return queries.committee_of(round_.id) if round_ else None


def sitting_committee(slug: str) -> Any:
    round_ = rounds.round_of(slug)
    return queries.sitting(round_.id, lima_day(clock.now())) if round_ else None


@bp.get(BASE)
@guarded(VigilancePermission.READ, GRANTS, load=rounds.round_of)
def desk(round_: Any) -> Response:
    process = round_.process
    committee = queries.committee_of(round_.id)
    own = queries.member_of(committee.id, current_actor().person_id or 0) if committee else None
    sees_proposed = may(VigilancePermission.FIND, GRANTS, round_)
    found = [f for f in queries.findings(round_.id) if f.state not in ("proposed", "withdrawn") or sees_proposed]
    replies = queries.replies_of([f.id for f in found])
    return make_response(
        render_template(
            "vigilance/desk.html", process=process, space=process.space, round=round_, committee=committee, names=messages, own=own,
            rows=[shown(f, replies.get(f.id, [])) for f in found], members=queries.members(committee.id) if committee else (),
            may_record=may(VigilancePermission.RECORD_ELECTION, GRANTS, round_), reports=queries.reports(round_.id), nav_here="desk",
            flashes=get_flashed_messages(with_categories=True),
        )
    )  # fmt: skip


def _offered(round_id: int) -> list[Any]:
    return [a for a in agreements.accredited(round_id) if a.kind is not AgentKind.TECHNICAL_TEAM]


def _typed_votes() -> dict[str, str]:
    """The votes of each agent as they came: `votes-12` is of agent 12."""
    names = ((name.removeprefix("votes-"), value) for name, value in request.form.items() if name.startswith("votes-"))
    return {number: value for number, value in names if number.isascii() and number.isdigit() and len(number) < 6}


def _committee_page(slug: str, status: int = 200, **given: Any) -> Response:
    round_ = rounds.round_of(slug)
    if round_ is None:
        abort(404)
    process, agents = round_.process, _offered(round_.id)
    named = [(str(a.number), f"{a.number}. {a.name}") for a in agents]
    committee = queries.committee_of(round_.id)
    members = queries.members(committee.id) if committee else ()
    seated = {m.agent_id for m in members}
    form = given.pop("form", None) or ElectionForm(formdata=None, data={"seats": round_.vigilance_minimum, "votes_each": 1})
    replacing = given.pop("replacing", None)
    others = [(str(a.number), f"{a.number}. {a.name}") for a in agents if a.id not in seated]
    replacements = {m.agent.number: ReplacementForm(formdata=None, prefix=f"m{m.agent.number}-").offer(others) for m in members}
    if replacing is not None:
        replacements[replacing[0]] = replacing[1].offer(others)
    is_sitting = queries.sitting(round_.id, lima_day(clock.now())) is not None
    return make_response(
        render_template(
            "vigilance/committee.html", process=process, space=process.space, round=round_, agents=agents, names=messages,
            form=form.offer(named),
            committee=committee, members=members, replacements=replacements, is_sitting=is_sitting, votes=_typed_votes(), nav_here="desk",
            flashes=get_flashed_messages(with_categories=True),
        ),
        status,
    )  # fmt: skip


@bp.get(COMMITTEE)
@guarded(VigilancePermission.RECORD_ELECTION, GRANTS, load=rounds.round_of)
def committee(round_: Any) -> Response:
    return _committee_page(round_.process.slug)


@bp.post(COMMITTEE)
@guarded(VigilancePermission.RECORD_ELECTION, GRANTS, load=rounds.round_of)
def record_election(round_: Any) -> Response:
    slug, form = round_.process.slug, ElectionForm()
    if not form.validate():
        return _committee_page(slug, 422, form=form)
    try:
        services.record_election(round_, form.draft(_typed_votes()), **by())
    except RuleBroken as broken:
        db.session.rollback()
        form.show(broken)
        return _committee_page(slug, 422, form=form)
    db.session.commit()
    return see("vigilance.committee", gettext("La elección quedó registrada y es pública, con los votos de cada candidatura."), slug=slug)


@bp.post(f"{COMMITTEE}/<int:number>/reemplazar")
@guarded(VigilancePermission.RECORD_ELECTION, GRANTS, load=lambda slug, number: _member(slug, number))
def replace_member(member: Any) -> Response:
    slug, number = member.committee.round.process.slug, member.agent.number
    form = ReplacementForm(prefix=f"m{number}-")
    agent = next((a for a in agreements.accredited(member.committee.round_id) if a.number == form.number), None)
    if carried_out(form, lambda: services.replace_member(member, agent, form.reason.data or "", **by()), undo=True):
        db.session.commit()
        return see("vigilance.committee", gettext("El reemplazo quedó registrado, con su razón a la vista."), slug=slug)
    return _committee_page(slug, 422, replacing=(number, form))


def _member(slug: str, number: int) -> Any:
    """A member who sits, by their number of agent; the committee with its round loaded."""
    found = committee_for_staff(slug)
    member = next((m for m in queries.members(found.id) if m.agent.number == number), None) if found else None
    return SittingMember(member, found) if member else None


class SittingMember:
    """A member and the committee, whose scope the permission asks for."""

    def __init__(self, member: Any, committee: Any) -> None:
        member.committee = committee
        self.member, self.scope = member, committee.scope

    def __getattr__(self, name: str) -> Any:
        return getattr(self.member, name)


@bp.get(REPORTS)
@guarded(VigilancePermission.REPORT, GRANTS, load=sitting_committee)
def write_report(committee: Any) -> Response:
    return _report_page(committee.round.process.slug)


def _report_page(slug: str, status: int = 200, form: Any = None) -> Response:
    found = sitting_committee(slug)
    process = found.round.process
    data = {"since": found.starts_on, "until": lima_day(clock.now())}
    return make_response(
        render_template(
            "vigilance/report.html",
            process=process,
            space=process.space,
            form=form or ReportForm(formdata=None, data=data),
            nav_here="desk",
        ),
        status,
    )


@bp.post(REPORTS)
@guarded(VigilancePermission.REPORT, GRANTS, load=sitting_committee)
def publish_report(committee: Any) -> Response:
    slug, form = committee.round.process.slug, ReportForm()
    if carried_out(
        form, lambda: services.publish_report(committee, form.since.data, form.until.data, form.opinion.data or "", **by()), undo=True
    ):
        db.session.commit()
        return see("vigilance.desk", gettext("El informe está publicado, listo para entregarlo al consejo de coordinación."), slug=slug)
    return _report_page(slug, 422, form)
