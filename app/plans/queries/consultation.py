"""The public consultation of a draft plan: its published text, its clauses, and whether it takes comments now."""

from dataclasses import dataclass
from datetime import datetime

from app.plans.models import ActionPlan, PlanVersion
from app.plans.queries.texts import newest_version
from app.plans.rules.clauses import Clause, clauses_of
from app.plans.rules.plan import PlanState
from app.plans.rules.versions import PlanText, VersionKind, from_json
from app.processes import queries as processes
from app.processes.rules.schedule import PhaseKind
from app.processes.rules.states import ProcessState

STOPPED = (ProcessState.DRAFT, ProcessState.SUSPENDED, ProcessState.CANCELLED, ProcessState.CLOSED)


@dataclass(frozen=True)
class Consultation:
    """The last draft published for consultation, None while there is none; open during the validation phase of the schedule."""

    version: PlanVersion | None
    text: PlanText | None
    clauses: tuple[Clause, ...]
    opens_at: datetime | None
    closes_at: datetime | None
    is_open: bool

    def clause(self, key: str) -> Clause | None:
        return next((clause for clause in self.clauses if clause.key == key), None)


def consultation(plan: ActionPlan, now: datetime) -> Consultation:
    """Where the consultation of a plan stands; `plan.process` is loaded. Two statements."""
    version = newest_version(plan.id, VersionKind.CONSULTATION)
    text = from_json(version.content) if version else None
    phase = next((p for p in processes.phases(plan.process_id) if p.kind is PhaseKind.VALIDATION), None)
    is_open = (
        version is not None
        and plan.state is PlanState.DRAFT
        and plan.process.state not in STOPPED
        and phase is not None
        and phase.opens_at <= now <= phase.closes_at
    )
    return Consultation(
        version, text, clauses_of(text) if text else (), phase.opens_at if phase else None, phase.closes_at if phase else None, is_open
    )
