"""Requirements on the desk: what awaits a signature, signing it, and acting beside what others signed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Response, flash, get_flashed_messages, make_response, redirect, render_template, url_for
from flask_babel import gettext as _

from app.activities import queries as activities
from app.compliance import messages, queries, services
from app.compliance.forms import ActForm, AttestationForm, IrmForm
from app.compliance.permissions import GRANTS, AttestationPermission, CompliancePermission, side_of, signs_for_workshops_only
from app.compliance.rules.attestations import ActKind
from app.compliance.rules.statements import ABOUT_A_COMMITMENT, DATED, OF_A_WORKSHOP, Statement
from app.compliance.views import bp, shown
from app.core import clock
from app.core.db import db
from app.core.errors import RuleBroken
from app.core.guard import current_actor, guarded
from app.core.web import carried_out
from app.evidence.rules import ACCEPTED
from app.plans import queries as plans
from app.processes import queries as processes

if TYPE_CHECKING:
    from app.compliance.queries import AttestationRow
    from app.processes.models import Process

BASE = "/mesa/procesos/<slug>/requisitos"
ACT = "/mesa/espacios/<slug>/atestaciones/<int:number>"
ACCEPT = ",".join(f".{extension}" for extension in ACCEPTED)


@bp.get(BASE)
@guarded(CompliancePermission.READ, GRANTS, load=processes.process_by_slug)
def show(process: Process) -> Response:
    return _page(process)


@bp.post(f"{BASE}/irm")
@guarded(CompliancePermission.RECORD_IRM, GRANTS, load=processes.process_by_slug)
def record_irm(process: Process) -> Response:
    form = IrmForm()
    if carried_out(
        form,
        lambda: services.record_irm_result(
            process, form.chosen, form.report_url.data or "", form["published_on"].data, person_id=_person_id(), now=clock.now()
        ),
    ):
        db.session.commit()
        return _back(process.slug, _("Quedó anotado lo que dice el informe del IRM."))
    return _page(process, 422, irm_form=form)


@bp.get(f"{BASE}/<statement>/atestiguar")
@guarded(AttestationPermission.SIGN, GRANTS, load=lambda slug, statement: _to_sign(slug, statement))
def new_attestation(asked: Any) -> Response:
    return _signing(asked, _form(asked))


@bp.post(f"{BASE}/<statement>/atestiguar")
@guarded(AttestationPermission.SIGN, GRANTS, load=lambda slug, statement: _to_sign(slug, statement))
def attest(asked: Any) -> Response:
    form = _form(asked)
    if not form.validate():
        return _signing(asked, form, 422)
    actor, process = current_actor(), asked.process
    try:
        services.attest(
            process, form.draft(asked.statement), side=side_of(actor, process), person_id=_person_id(), now=clock.now(),
            abouts=[value for value, _name in asked.abouts], upload=form.upload,
            own_workshops=asked.own_workshops if signs_for_workshops_only(actor, process) else None,
        )  # fmt: skip
    except RuleBroken as broken:
        db.session.rollback()
        form.show(broken)
        return _signing(_to_sign(process.slug, asked.statement.value), form, 422)
    db.session.commit()
    return _back(process.slug, _("Su atestación quedó firmada y es pública."))


@bp.get(f"{ACT}/<any(respaldar, contradecir, retirar):verb>")
@guarded(CompliancePermission.READ, GRANTS, load=lambda slug, number, verb: _to_act(slug, number, verb))
def consider(asked: Any) -> Response:
    """The page where one co-signs, contradicts or withdraws; who may not is told by the button that is missing, and by the POST."""
    return _acting(asked, ActForm())


@bp.post(f"{ACT}/respaldar")
@guarded(AttestationPermission.CO_SIGN, GRANTS, load=queries.attestation_by_number)
def co_sign(row: AttestationRow) -> Response:
    return _act(row, "respaldar", _("Su respaldo quedó firmado y es público."))


@bp.post(f"{ACT}/contradecir")
@guarded(AttestationPermission.CONTRADICT, GRANTS, load=queries.attestation_by_number)
def contradict(row: AttestationRow) -> Response:
    return _act(row, "contradecir", _("Su contradicción se publicó junto a la atestación."))


@bp.post(f"{ACT}/retirar")
@guarded(AttestationPermission.WITHDRAW, GRANTS, load=queries.attestation_by_number)
def withdraw(row: AttestationRow) -> Response:
    return _act(row, "retirar", _("La atestación quedó retirada; lo que decía sigue a la vista con su razón."))


VERBS = {"respaldar": ActKind.CO_SIGN, "contradecir": ActKind.CONTRADICT, "retirar": ActKind.WITHDRAW}


class _Asked:
    """A statement of a process to sign, and what it may be about."""

    def __init__(self, process: Any, statement: Statement) -> None:
        self.process, self.statement, self.scope = process, statement, process.scope
        self.abouts: list[tuple[str, str]] = []
        self.own_workshops: set[str] = set()
        if statement in ABOUT_A_COMMITMENT:
            self.abouts = [(str(n), _("Compromiso %(number)s", number=n)) for n in sorted(plans.commitment_ids(process.id))]
        if statement in OF_A_WORKSHOP:
            held = activities.activities(process.id)
            self.abouts = [(a.opportunity.slug, a.opportunity.title) for a in held]
            self.own_workshops = {a.opportunity.slug for a in held if a.facilitator_id == current_actor().person_id}


class _AskedAct:
    """An attestation and what somebody wants to do beside it."""

    def __init__(self, row: AttestationRow, verb: str) -> None:
        self.row, self.verb, self.scope, self.attestation = row, verb, row.scope, row.attestation


def _to_sign(slug: str, statement: str) -> _Asked | None:
    process = processes.process_by_slug(slug)
    return _Asked(process, Statement(statement)) if process is not None and statement in set(Statement) else None


def _to_act(slug: str, number: int, verb: str) -> _AskedAct | None:
    row = queries.attestation_by_number(slug, number)
    return None if row is None else _AskedAct(row, verb)


def _form(asked: _Asked) -> AttestationForm:
    form = AttestationForm()
    must_choose = asked.statement in ABOUT_A_COMMITMENT or signs_for_workshops_only(current_actor(), asked.process)
    return form.with_abouts(asked.abouts, is_required=must_choose)


def _signing(asked: Any, form: AttestationForm, status: int = 200) -> Response:
    process = asked.process
    return make_response(
        render_template(
            "compliance/attest.html", process=process, space=process.space, statement=asked.statement, form=form, accept=ACCEPT,
            text=messages.STATEMENTS[asked.statement], is_dated=asked.statement in DATED, has_abouts=bool(asked.abouts),
            side=messages.SIDES[side_of(current_actor(), process)],
        ),
        status,
    )  # fmt: skip


def _act(row: AttestationRow, verb: str, said: str) -> Response:
    form = ActForm()
    if carried_out(
        form,
        lambda: services.act(
            row,
            VERBS[verb],
            form.text.data or "",
            post=form.post.data or "",
            side=side_of(current_actor(), row),
            person_id=_person_id(),
            now=clock.now(),
        ),
    ):
        db.session.commit()
        flash(said, "good")
        return redirect(_page_of(row), 303)  # type: ignore[return-value]
    return _acting(_AskedAct(row, verb), form, 422)


def _acting(asked: _AskedAct, form: ActForm, status: int = 200) -> Response:
    row = asked.row
    return make_response(
        render_template(
            "compliance/act.html", row=row, attestation=row.attestation, verb=asked.verb, form=form, space=row.attestation.space,
            text=messages.STATEMENTS[row.attestation.statement], side=messages.SIDES[row.attestation.side],
            needs_reason=VERBS[asked.verb] is not ActKind.CO_SIGN, back=_page_of(row),
            flashes=get_flashed_messages(with_categories=True),
        ),
        status,
    )  # fmt: skip


def _page_of(row: AttestationRow) -> str:
    """Where the attestation is shown to staff: its process, or the newest of its space."""
    process = row.attestation.process
    if process is None:
        of_space = processes.processes_in([row.attestation.space_id])
        process = of_space[0] if of_space else None
    return url_for("compliance.show", slug=process.slug) if process else url_for("desk.index")


def _page(process: Any, status: int = 200, irm_form: IrmForm | None = None) -> Response:
    judgement = queries.judge(process, clock.now())
    return make_response(
        render_template(
            "compliance/show.html", process=process, space=process.space, sets=shown.sets(judgement), irm=queries.irm_result(process.id),
            irm_form=irm_form or IrmForm(formdata=None), irm_words=messages.IRM, banner=messages.BANNER,
            alarms=[_alarm(alarm) for alarm in queries.open_alarms([process.id])], flashes=get_flashed_messages(with_categories=True),
        ),
        status,
    )  # fmt: skip


def _alarm(alarm: Any) -> dict[str, Any]:
    sentence = messages.advice_sentence(alarm.advice, alarm.details)
    return {"requirement": str(alarm.requirement), "text": sentence, "since": alarm.raised_at, "limit_on": alarm.limit_on}


def _person_id() -> int:
    return current_actor().person_id or 0


def _back(slug: str, said: str) -> Response:
    flash(said, "good")
    return redirect(url_for("compliance.show", slug=slug), 303)  # type: ignore[return-value]
