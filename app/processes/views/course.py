"""The course of a process: recording its real start, and taking it from state to state."""

from typing import Any

from flask import current_app, flash
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from app.core import clock
from app.core.db import db
from app.core.guard import guarded
from app.core.web import carried_out
from app.processes import messages, queries, services
from app.processes.forms import RecordStartForm, StateForm
from app.processes.permissions import GRANTS, ProcessPermission
from app.processes.rules.states import ProcessState
from app.processes.rules.transitions import ProcessFacts, next_states, problems_with_step
from app.processes.views import bp
from app.processes.views.contents import Answer, back, desk, person_id


@bp.get("/mesa/procesos/<slug>/inicio")
@guarded(ProcessPermission.ADVANCE, GRANTS, load=queries.process_by_slug)
def real_start(process: Any) -> Answer:
    return _start_page(process, RecordStartForm(formdata=None))


def _start_page(process: Any, form: RecordStartForm, status: int = 200) -> Answer:
    return desk(
        "processes/real_start.html", status, process=process, space=process.space, form=form,
        announced=queries.current_schedule(process.id).start_at,
    )  # fmt: skip


@bp.post("/mesa/procesos/<slug>/inicio")
@guarded(ProcessPermission.ADVANCE, GRANTS, load=queries.process_by_slug)
def record_start(process: Any) -> Answer:
    form = RecordStartForm()
    if carried_out(form, lambda: services.record_start(process, form.at(), person_id=person_id(), now=clock.now())):
        db.session.commit()
        flash(_("Quedó registrado el inicio del proceso."), "good")
        return back("processes.show", slug=process.slug)
    return _start_page(process, form, 422)


def _facts(process: Any) -> ProcessFacts:
    """What is known here; packages above add theirs (how many answers wait) through `minka.process_facts`."""
    ask = current_app.extensions.get("minka.process_facts")
    known = ask(process.id) if ask else {}
    return services.course_facts(process, ProcessFacts(**known))


def _form(process: Any, facts: ProcessFacts, **arguments: Any) -> StateForm:
    form = StateForm(**arguments)
    form.to_state.choices = [SelectChoice(state.value, messages.STATES[state]) for state in _offered(process, facts)]
    return form


def _offered(process: Any, facts: ProcessFacts) -> tuple[ProcessState, ...]:
    """What this page offers: approving the plan belongs to the page of the plan, publishing to that of the schedule."""
    elsewhere = (ProcessState.SCHEDULED, ProcessState.RUNNING, ProcessState.APPROVED)
    return tuple(s for s in next_states(process.state, facts) if s not in elsewhere or s is process.suspended_from)


def _state_page(process: Any, form: StateForm, facts: ProcessFacts, status: int = 200) -> Answer:
    steps = [
        {
            "state": messages.STATES[to],
            "problems": [messages.filled(p) for p in problems_with_step(process.state, to, facts, reason="x" * 100)],
        }
        for to in next_states(process.state, facts)
    ]
    return desk("processes/state.html", status, process=process, space=process.space, form=form, steps=steps)


@bp.get("/mesa/procesos/<slug>/estado")
@guarded(ProcessPermission.ADVANCE, GRANTS, load=queries.process_by_slug)
def state(process: Any) -> Answer:
    facts = _facts(process)
    return _state_page(process, _form(process, facts, formdata=None), facts)


@bp.post("/mesa/procesos/<slug>/estado")
@guarded(ProcessPermission.ADVANCE, GRANTS, load=queries.process_by_slug)
def advance(process: Any) -> Answer:
    facts = _facts(process)
    form = _form(process, facts)
    if carried_out(
        form,
        lambda: services.advance(
            process, ProcessState(form.to_state.data), person_id=person_id(), now=clock.now(), facts=facts, reason=form.reason.data or ""
        ),
    ):
        db.session.commit()
        flash(_("El proceso está ahora en «%(state)s».", state=messages.STATES[process.state]), "good")
        return back("processes.show", slug=process.slug)
    return _state_page(process, form, facts, 422)
