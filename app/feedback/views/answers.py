"""One written answer: what was said, what was decided, every version, who agreed, how to reply."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from flask import Response, current_app, make_response, render_template, url_for
from flask_babel import gettext

from app.contributions.rules.terms import Visibility
from app.core import clock
from app.core.clock import days_between, lima_day
from app.core.dates import long_date, rfc3339
from app.core.guard import public
from app.core.web import json_response, not_modified, tagged
from app.feedback import queries
from app.feedback.messages import OUTCOMES, REASONS, SEATS
from app.feedback.queries import AnswerPage, Version
from app.feedback.rules.drafts import PART_WRITTEN, DecisionDraft, PartDraft, signed_content
from app.feedback.views import bp
from app.feedback.views.beside import beside, beside_json, dissents_json
from app.feedback.views.cards import LANGUAGES, CardMaker, labels
from app.feedback.views.public import age

if TYPE_CHECKING:
    from app.contributions.models import Contribution


def parts() -> dict[str, str]:
    """What each part of an answer is called."""
    return {
        "outcome": gettext("Decisión"),
        "reason_code": gettext("Motivo"),
        "text": gettext("Por qué"),
        "what_changed": gettext("Qué cambia"),
        "adopted_part": gettext("Parte acogida"),
        "rejected_part": gettext("Parte no acogida"),
        "change_needed": gettext("Qué tendría que cambiar"),
        "reference": gettext("Norma o documento"),
        "criterion": gettext("Criterio aplicado"),
        "commitment": gettext("Compromiso"),
        "milestone": gettext("Hito"),
        "target_cycle": gettext("Para qué plan"),
        "carry_over_owner": gettext("Quién lo llevará"),
        "referred_to": gettext("Entidad a la que se derivó"),
        "referred_document": gettext("Documento con que se derivó"),
        "referred_on": gettext("Día en que se envió"),
        "where_to_go": gettext("A dónde acudir"),
        "merged_into": gettext("Unificado con"),
        "question": gettext("Pregunta"),
        "clarify_by": gettext("Plazo para contestar"),
        "fallback": gettext("Si no hay respuesta"),
        "request_record": gettext("Constancia del pedido"),
        "organisation": gettext("Entidad que responde"),
        "clause": gettext("Parte del compromiso"),
        "summary": gettext("Resumen en la lengua del aporte"),
        "ideas": gettext("Ideas respondidas una por una"),
        "group": gettext("Responde también a"),
    }


def shown(version: Version) -> dict[str, str]:
    """The parts of a version as people read them; empty ones are left out."""
    draft, decision = version.draft, version.decision
    values = _values(draft, decision) | {
        "question": draft.question,
        "request_record": draft.request_record,
        "fallback": OUTCOMES[draft.fallback] if draft.fallback else "",
        "organisation": decision.organisation.name if decision.organisation else "",
        "clarify_by": long_date(draft.clarify_by),
        "merged_into": draft.merged_into,
        "ideas": "\n".join(f"{n}) {OUTCOMES[p.outcome] if p.outcome else ''}: {p.idea}" for n, p in enumerate(draft.parts, start=1)),
        "group": ", ".join(code for code in draft.group if code != decision.contribution.code),
        "summary": draft.summary,
    }
    return {name: str(values[name]) for name in parts() if values.get(name)}


def _values(draft: DecisionDraft | PartDraft, row: Any) -> dict[str, Any]:
    """What an answer and each of its ideas say alike, in words; `row` has the commitment and the milestone."""
    return {name: getattr(draft, name) for name in PART_WRITTEN} | {
        "outcome": OUTCOMES[draft.outcome] if draft.outcome else "",
        "reason_code": f"{draft.reason_code}. {REASONS[draft.reason_code]}" if draft.reason_code else "",
        "commitment": f"{row.commitment.number}. {row.commitment.title}" if row.commitment else "",
        "milestone": f"{row.milestone.number} {row.milestone.title}" if row.milestone else "",
        "referred_on": long_date(draft.referred_on),
        "clause": draft.clause,
    }


def differences(before: Version, after: Version) -> list[dict[str, str]]:
    """What changed between two versions, part by part."""
    old, new, names = shown(before), shown(after), parts()
    return [
        {"label": names[name], "before": old.get(name, ""), "after": new.get(name, "")}
        for name in names
        if old.get(name, "") != new.get(name, "")
    ]


@bp.get("/aportes/<code>/respuesta")
@public(load=lambda code: queries.answerable(code))
def show(contribution: Contribution) -> Response:
    today = lima_day(clock.now())
    same = not_modified(contribution.code, contribution.process.public_revision, today)
    if same:
        return same
    page = queries.answer_page(contribution)
    return tagged(make_response(render_template("feedback/show.html", **page_context(page, today))))


def page_context(page: AnswerPage, today: date) -> dict[str, Any]:
    """What feedback/show.html reads; also used to see an answer as the public will."""
    contribution = page.contribution
    current = page.current
    maker = CardMaker(contribution.process.slug, today)
    row = queries.card_of(current.decision.id) if current else None
    is_public = contribution.visibility is Visibility.PUBLIC
    days = days_between(lima_day(contribution.received_at), today)
    approved = contribution.process.approved_at
    first = page.versions[0].decision.published_at if page.versions else None
    return {
        "contribution": contribution,
        "process": contribution.process,
        "space": contribution.process.space,
        "is_public": is_public,
        "card": maker.card(row) if row else None,
        "meta": maker.meta(row) if row and is_public else "",
        "labels": labels(),
        "lang": LANGUAGES[contribution.language],
        "current": current,
        "details": details(current) if current else [],
        "ideas": about(current) if current else [],
        "together": queries.companions(contribution, current),
        "waiting": "" if current and current.decision.outcome and current.decision.outcome.is_final else age(days),
        "signatures": signatures(current) if current else [],
        "is_late": bool(first and approved and first > approved),
        "changes": [
            {
                "version": new.decision.version,
                "reason": new.decision.correction_reason,
                "at": new.decision.published_at,
                "before": old.decision.version,
                "rows": differences(old, new),
            }
            for old, new in zip(page.versions, page.versions[1:], strict=False)
        ][::-1],
        "can_reply": bool(current and current.decision.reply_until and current.decision.reply_until >= today),
        "today": today,
        **beside(page),
        "nav_here": "processes",
    }


def details(version: Version) -> list[dict[str, str]]:
    """The parts that the card does not already say."""
    names, values = parts(), shown(version)
    said_by_card = {
        "outcome",
        "text",
        "what_changed",
        "organisation",
        "reference",
        "commitment",
        "milestone",
        "merged_into",
        "ideas",
        "group",
        "summary",
    }
    if version.draft.parts:
        return []
    return [{"label": names[name], "value": value} for name, value in values.items() if name not in said_by_card]


def about(version: Version) -> list[dict[str, Any]]:
    """Each idea of a contribution that was split: what was asked, what is decided about it, why, where it shows, its details."""
    names, plan = parts(), url_for("feedback.plan", slug=version.decision.contribution.process.slug)
    said_apart = {"outcome", "text", "ideas", "commitment", "milestone"}
    rows = zip(version.draft.parts, version.decision.parts if version.draft.parts else (), strict=True)
    found = []
    for n, (part, row) in enumerate(rows, start=1):
        values = _values(part, row)
        traced = " · ".join(str(values[name]) for name in ("commitment", "milestone") if values[name])
        details = [{"label": label, "value": values[name]} for name, label in names.items() if values.get(name) and name not in said_apart]
        found.append({
            "n": n, "idea": part.idea, "text": part.text, "details": details, "place": traced,
            "href": f"{plan}#compromiso-{part.commitment}" if part.commitment else "",
            "outcome": str(part.outcome or "draft"), "outcome_label": str(OUTCOMES[part.outcome]) if part.outcome else "",
        })  # fmt: skip
    return found


def signatures(version: Version) -> list[dict[str, Any]]:
    """Who agreed, as posts, never as people."""
    return [
        {"seat": str(SEATS[seat]), "post": row.post, "at": row.signed_at}
        for seat, row in sorted(version.signatures.items(), key=lambda item: item[0])
    ]


@bp.get("/aportes/<code>/respuesta.json")
@public(load=lambda code: queries.answerable(code))
def show_json(contribution: Contribution) -> Response:
    same = not_modified(contribution.code, contribution.process.public_revision, "json")
    if same:
        return same
    page = queries.answer_page(contribution)
    dissents = dissents_json([version.decision.id for version in page.versions])
    together = queries.companions(contribution, page.current)
    site = current_app.config["SITE_URL"]
    is_public = contribution.visibility is Visibility.PUBLIC
    return tagged(
        json_response(
            {
                "codigo": contribution.code,
                "proceso": contribution.process.slug,
                "titulo": contribution.title if is_public else None,
                "texto_integro": contribution.text if is_public else None,
                "fecha_recepcion": rfc3339(contribution.received_at),
                "respondido": "si" if contribution.answered_at else "no",
                "grupo": together.reference if together else None,
                **beside_json(contribution),
                "replicas": {
                    "recibidas": contribution.replies,
                    "abiertas": contribution.open_replies,
                    "url": site + url_for("letters.replies_json", code=contribution.code),
                },
                "versiones": [
                    {**_version_json(v, contribution.code), "desacuerdos": dissents.get(v.decision.id, [])} for v in page.versions
                ],
                "url": site + url_for("feedback.show", code=contribution.code),
            }
        )
    )


def _version_json(version: Version, code: str) -> dict[str, Any]:
    """A version with exactly the content that was signed, so that its hash can be computed again."""
    decision = version.decision
    return {
        "version": decision.version,
        "vigente": decision.is_current,
        "lote": version.batch,
        "fecha_respuesta": rfc3339(decision.published_at),
        "contenido_firmado": signed_content(version.draft, code),
        "sha256": decision.sha256,
        "firmas": [
            {"sector": str(seat), "cargo": row.post, "fecha": rfc3339(row.signed_at), "sha256": row.sha256}
            for seat, row in sorted(version.signatures.items(), key=lambda item: item[0])
        ],
        "replica_hasta": decision.reply_until.isoformat() if decision.reply_until else None,
    }
