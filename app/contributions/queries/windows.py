"""Whether a process takes contributions online now."""

from datetime import datetime

from sqlalchemy import select

from app.contributions.rules.inputs import InputStanding, Window, standing
from app.core.db import db
from app.processes.models import Opportunity, Process
from app.processes.rules.schedule import OpportunityKind
from app.processes.rules.states import ProcessState

STOPPED = (ProcessState.DRAFT, ProcessState.SUSPENDED, ProcessState.CANCELLED, ProcessState.CLOSED)


def input_standing(process: Process, now: datetime) -> InputStanding:
    """What the online opportunities of the published schedule say at `now`."""
    spans = db.session.execute(
        select(Opportunity.starts_at, Opportunity.ends_at).where(
            Opportunity.process_id == process.id, Opportunity.kind == OpportunityKind.ONLINE, Opportunity.is_withdrawn.is_(False)
        )
    )
    return standing((Window(opens, closes) for opens, closes in spans), now, is_stopped=process.state in STOPPED)
