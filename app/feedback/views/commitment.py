"""The permanent page of a commitment: its whole template, where it comes from, and how it goes semester by semester."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Response, make_response, render_template, url_for
from flask_babel import gettext

from app.core import clock
from app.core.clock import lima_day
from app.core.dates import long_date
from app.core.guard import public
from app.core.web import not_modified, tagged
from app.evidence import queries as evidence
from app.feedback.views import bp
from app.feedback.views.plan import origins
from app.plans import messages
from app.plans import queries as plans
from app.plans.rules.clauses import Clause, clauses_of
from app.plans.rules.commitments import CommitmentState
from app.plans.rules.progress import ReadingOf
from app.plans.rules.template import BY_SECTION, Section
from app.plans.rules.versions import PlanText
from app.processes.rules.states import ProcessState

if TYPE_CHECKING:
    from app.plans.models import Commitment

SUBJECT = "progress"


def public_commitment(slug: str, number: int) -> Commitment | None:
    """None for a commitment that does not exist, or of a process the public does not see."""
    found = plans.commitment_by_slug(slug, number)
    return found if found is not None and found.plan.process.state is not ProcessState.DRAFT else None


@bp.get("/procesos/<slug>/plan/compromisos/<int:number>")
@public(load=public_commitment)
def commitment(found: Commitment) -> Response:
    plan, process, today = found.plan, found.plan.process, lima_day(clock.now())
    same = not_modified("commitment", process.id, found.number, process.public_revision, today)
    if same:
        return same
    texts, milestones = plans.field_texts(found), plans.milestones_of(found.id)
    row = next((r for r in plans.tracker(plan, today) if r.commitment.number == found.number), None)
    history = plans.progress_history(found.id)
    files = _files([r.id for r in history])
    return tagged(
        make_response(
            render_template(
                "feedback/commitment.html", process=process, space=process.space, plan=plan, commitment=found,
                state=str(messages.COMMITMENT_STATES[found.state]), is_withdrawn=found.state is CommitmentState.WITHDRAWN,
                sections=_sections(found, milestones), contact=_contact(texts), milestones=milestones, row=row,
                completions=messages.COMPLETIONS, semesters=[_semester(s, files) for s in row.semesters] if row else [],
                steps=plans.steps(found.id), states=messages.COMMITMENT_STATES, name=messages.period_name,
                late=", ".join(messages.period_name(p) for p in row.overdue) if row else "",
                fed=origins(process.id).get(found.number, []),
                older=[_reading(r, files) | {"period": r.period, "clause": r.clause, "version": r.version} for r in _superseded(history)],
                nav_here="processes",
            )
        )
    )  # fmt: skip


def _sections(found: Commitment, milestones: Any) -> list[dict[str, Any]]:
    """What is filled of the template, by section, each clause with its anchor; facts that are no clause come as pairs."""
    text = plans.commitment_text(found, milestones)
    clauses = {c.label: c for c in clauses_of(PlanText("", commitments=(text,))) if c.label and c.label != "milestone"}
    shown = []
    for section in Section:
        fields = BY_SECTION[section]
        pairs = [
            {"label": str(messages.FIELDS[f.name]), "value": messages.shown(f.name, text.fields[f.name])}
            for f in fields
            if not f.clause
            and f.name in text.fields
            and f.name not in ("title", "organisation", "theme")
            and not f.name.startswith("contact")
        ]
        inside: list[Clause] = [clauses[f.name] for f in fields if f.name in clauses and f.name != "description"]
        if inside or pairs:
            shown.append({"title": str(messages.SECTIONS[section]), "slug": section.value, "clauses": _labelled(inside), "pairs": pairs})
    return shown


def _labelled(clauses: list[Clause]) -> list[tuple[Clause, str, str]]:
    return [(c, messages.clause_label(c), messages.shown(c.label, c.text)) for c in clauses]


def _contact(texts: dict[str, str]) -> list[str]:
    return [texts[name] for name in ("contact_office", "contact_position", "contact_email", "contact_phone") if name in texts]


def _files(update_ids: list[int]) -> dict[int, list[dict[str, str]]]:
    found: dict[int, list[dict[str, str]]] = {}
    for file in evidence.of_many(SUBJECT, update_ids, public_only=True):
        found.setdefault(file.subject_id, []).append(
            {"text": file.title, "href": url_for("evidence.download", key=file.key), "detail": file.detail, "note": ""}
        )
    return found


def _semester(semester: plans.Semester, files: dict[int, list[dict[str, str]]]) -> dict[str, Any]:
    return {
        "title": _capital(messages.period_name(semester.period)), "anchor": f"semestre-{semester.period}", "differ": semester.differ,
        "readings": [
            _reading(r, files) if r else {"who": str(messages.READINGS[who])}
            for who, r in ((ReadingOf.GOVERNMENT, semester.government), (ReadingOf.CIVIL_SOCIETY, semester.civil))
        ],
    }  # fmt: skip


def _reading(row: plans.ProgressRow, files: dict[int, list[dict[str, str]]]) -> dict[str, Any]:
    verified = gettext("Verificado por la secretaría el %(day)s", day=long_date(row.verified_at)) if row.verified_at else ""
    if not verified and row.reading_of is ReadingOf.GOVERNMENT:
        verified = gettext("Sin verificar todavía")
    return {
        "who": str(messages.READINGS[row.reading_of]), "code": str(row.completion), "label": str(messages.COMPLETIONS[row.completion]),
        "percent": row.percent, "text": row.text, "next_step": row.next_step, "evidence_url": row.evidence_url,
        "date": gettext("Publicado el %(day)s", day=long_date(row.published_at)), "verified": verified, "note": row.verification_note,
        "files": files.get(row.id, []), "correction": row.correction_reason,
    }  # fmt: skip


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _superseded(history: list[plans.ProgressRow]) -> list[plans.ProgressRow]:
    """Readings that a later version corrected: they stay readable."""
    last = {(r.clause, r.period, r.reading_of): r.version for r in history}
    return [r for r in history if r.version < last[r.clause, r.period, r.reading_of]]
