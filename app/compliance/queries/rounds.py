"""The evidence of a participatory budget, when the process is one."""

from flask import current_app

from app.agreements import queries as agreements
from app.budgeting import queries as budgeting
from app.budgeting.rules.documents import DocumentKind
from app.compliance.rules.findings import Proof
from app.compliance.rules.rounds import RoundEvidence
from app.core.clock import lima_day
from app.processes.models import Process
from app.processes.rules.states import ProcessKind
from app.projects import queries as projects
from app.scrutiny import queries as scrutiny
from app.vigilance import queries as vigilance


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

    results, acts = scrutiny.published_of_round(round_.id), agreements.public_acts(round_.id)
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
        voters=sum(count.result["turnout"]["voted"] for _vote, count in results),
        results=tuple(
            Proof(
                f"budget-result:{vote.title}", f"/procesos/{process.slug}/votaciones/{vote.slug}/resultados",
                lima_day(count.published_at or count.counted_at), count.result_sha256,
            )
            for vote, count in results
        ),
        acts=tuple(
            Proof(f"budget-act:{act.version}", f"{base}/acta/versiones/{act.version}", lima_day(act.published_at), act.sha256)
            for act in acts if act.published_at
        ),
        answered=projects.answered_count(round_.id),
        answers_page=Proof("budget-projects:", f"/procesos/{process.slug}/proyectos"),
        followed=_followed(round_.id, base, has_act=bool(acts)),
    )  # fmt: skip


def _followed(round_id: int, base: str, *, has_act: bool) -> tuple[Proof, ...]:
    """How what was agreed goes, and what the committee said of it."""
    reports = tuple(
        Proof(f"budget-vigilance:{row.number}", f"{base}/informes-de-vigilancia/{row.number}.pdf", lima_day(row.published_at), row.sha256)
        for row in vigilance.reports(round_id)
    )
    return (*((Proof("budget-execution:", f"{base}/ejecucion"),) if has_act else ()), *reports)
