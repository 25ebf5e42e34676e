"""Projects, evaluations and answers as pages and data show them; what is not published never gets here."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import current_app, url_for

from app.core import dates
from app.core.clock import lima_day
from app.projects import documents, messages, queries
from app.projects.rules.appeals import Appellant, last_day
from app.projects.rules.evaluating import Finding, criteria_of

LONGEST_EXTRACT = 220


def card(project: Any) -> dict[str, Any]:
    """A project in a list."""
    text = project.problem
    if len(text) > LONGEST_EXTRACT:
        text = text[:LONGEST_EXTRACT].rsplit(" ", 1)[0] + "…"
    return {
        "number": project.number, "code": project.code, "href": url_for("projects.show", codigo=project.code), "title": project.title,
        "text": text, "place": project.territory.name if project.territory else "", "theme": project.theme.name if project.theme else "",
        "cost": messages.soles(project.cost_cents), "look": messages.LOOKS[project.state], "state": messages.STATES[project.state],
    }  # fmt: skip


def evaluation(found: Any) -> dict[str, Any]:
    """A published evaluation: its findings by step, in the words of the sheet it used."""
    rows: dict[Any, list[dict[str, Any]]] = {}
    for criterion in criteria_of(found.sheet.criteria):
        said = found.findings.get(criterion.key) or {}
        finding = said.get("finding", "")
        rows.setdefault(criterion.step, []).append(
            {
                "name": criterion.name, "hint": criterion.hint, "finding": finding, "note": said.get("note", ""),
                "label": messages.FINDINGS[Finding(finding)] if finding else "",
            }
        )  # fmt: skip
    published = lima_day(found.published_at) if found.published_at else None
    return {
        "n": found.n, "steps": [(messages.STEPS[step], items) for step, items in rows.items()], "opinion": found.opinion,
        "conclusion": str(found.conclusion or ""), "conclusion_label": messages.CONCLUSIONS[found.conclusion] if found.conclusion else "",
        "published_at": found.published_at, "cost": messages.soles(found.cost_cents), "version": found.sheet.version,
        "appeal_until": last_day(published, found.sheet.appeal_days) if published else None, "id": found.id,
    }  # fmt: skip


def answer(found: Any) -> dict[str, Any]:
    """A published answer: outcome, reason, text and the fields that outcome asks for."""
    details = [
        {"label": label, "value": dates.long_date(value) if name == "referred_on" else value}
        for name, label in messages.ANSWER_FIELDS.items()
        if (value := getattr(found, name))
    ]
    return {
        "outcome": str(found.outcome), "label": messages.OUTCOMES[found.outcome], "about": messages.STATES[found.about],
        "about_state": found.about.value,
        "reason": f"{found.reason_code}. {messages.REASONS[found.reason_code]}" if found.reason_code else "", "text": found.text,
        "details": details, "published_at": found.published_at, "version": found.version, "correction_reason": found.correction_reason,
    }  # fmt: skip


def clarification(found: Any) -> dict[str, Any]:
    return {
        "question": found.question, "answer": found.answer, "asked_at": found.asked_at, "due_on": found.due_on,
        "answered_at": found.answered_at,
    }  # fmt: skip


def appeal(found: Any) -> dict[str, Any]:
    """An appeal; its text once it is decided, when somebody has read it."""
    is_decided = found.decided_at is not None
    return {
        "number": found.number, "by": messages.APPELLANTS[Appellant(found.by)], "received_at": found.received_at,
        "text": found.text if is_decided else "", "is_decided": is_decided, "is_upheld": found.is_upheld, "reason": found.reason,
        "decided_at": found.decided_at, "evaluation": found.evaluation.n,
    }  # fmt: skip


def change(found: Any, codes: Mapping[str, str] | None = None) -> dict[str, Any]:
    """A step of the story."""
    facts = found.facts or {}
    linked = facts.get("project", "")
    return {
        "at": found.at, "said": messages.told(found.kind, facts), "role": found.role, "reason": found.reason, "project": linked,
        "href": url_for("projects.show", codigo=linked) if linked else "", "contributions": facts.get("contributions", []),
    }  # fmt: skip


def facts(project: Any, origins: Sequence[Any], own_answer: Any, into: Mapping[int, str]) -> dict[str, Any]:
    """A project as JSON gives it: the columns of the dataset by their names."""
    row = documents.project_row(
        project, project.round.process.slug, [o.code for o in origins], own_answer, into, current_app.config["SITE_URL"]
    )
    return {**dict(zip(documents.PROJECT_COLUMNS, row, strict=True)), "aportes_de_origen": [o.code for o in origins]}


def whole(project: Any) -> dict[str, Any]:
    """Everything the public page of a project shows, in a fixed number of statements."""
    origins = queries.origins([project.id]).get(project.id, [])
    evaluations = queries.evaluations(project.id, public_only=True)
    asked: dict[int, list[dict[str, Any]]] = {}
    for row in queries.clarifications([e.id for e in evaluations]):
        asked.setdefault(row.evaluation_id, []).append(clarification(row))
    appeals = [appeal(row) for row in queries.appeals(project.id)]
    answers = [answer(row) for row in queries.published_answers(project.id)]
    return {
        "origins": origins, "evaluations": [{**evaluation(e), "clarifications": asked.get(e.id, [])} for e in evaluations],
        "appeals": appeals, "answers": answers, "into": queries.merged_into(project), "absorbed": queries.merged_from(project.id),
        "changes": [change(row) for row in queries.changes(project.id, public_only=True)],
    }  # fmt: skip
