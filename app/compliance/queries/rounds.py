"""The evidence of a participatory budget, when the process is one."""

from flask import current_app

from app.budgeting import queries as budgeting
from app.budgeting.rules.documents import DocumentKind
from app.compliance.rules.findings import Proof
from app.compliance.rules.rounds import RoundEvidence
from app.core.clock import lima_day
from app.processes.models import Process
from app.processes.rules.states import ProcessKind


def round_evidence(process: Process) -> RoundEvidence | None:
    """None for any other process: it costs them no statement."""
    round_ = budgeting.round_of_process(process.id) if process.kind is ProcessKind.BUDGET else None
    if round_ is None:
        return None
    base = f"/procesos/{process.slug}/presupuesto"
    counted, papers = budgeting.agents_counted(round_.id), budgeting.documents(round_.id)

    def proofs(kind: DocumentKind) -> tuple[Proof, ...]:
        return tuple(
            Proof(seen.latest.title, f"{base}/documentos/{seen.document.number}", lima_day(seen.latest.published_at), seen.latest.sha256)
            for seen in papers
            if seen.document.kind is kind
        )

    return RoundEvidence(
        agents=counted.total, sectors=tuple(str(sector) for sector, _n in counted.by_sector), territories=len(counted.by_territory),
        unanswered=int(current_app.extensions["minka.round_facts"](round_.id).get("unanswered_dropped", 0)),
        agents_page=Proof("budget-agents:", f"{base}/agentes"),
        calendars=tuple(
            Proof(f"budget-calendar:{row.n}", f"{base}/calendario/versiones/{row.n}", lima_day(row.published_at), row.sha256)
            for row in budgeting.calendar_versions(round_.id)
        ),
        calls=proofs(DocumentKind.CALL), minutes=proofs(DocumentKind.WORKSHOP_MINUTES),
        hearings=tuple(seen.held_on.isoformat() for seen in budgeting.hearings_seen(round_.id) if seen.held_on),
    )  # fmt: skip
