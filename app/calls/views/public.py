"""Public pages of calls: the list, one call with its results and reasons, and which entities are ready."""

from typing import Any

from flask import Response, make_response, render_template, url_for

from app.calls import messages, queries
from app.calls.views import bp, shown
from app.core import clock, dates
from app.core.guard import public
from app.core.web import json_response, not_modified, page_number, pager, tagged
from app.evidence import queries as evidence
from app.forum import queries as forums


@bp.get("/convocatorias")
@public()
def index() -> str:
    now = clock.now()
    page = queries.public_calls(page_number())
    return render_template(
        "calls/index.html", page=page, names=messages, stages={call.id: shown.stage_of(call, now) for call in page.rows},
        pager=pager(page, lambda number: url_for("calls.index", pagina=number if number > 1 else None)),
    )  # fmt: skip


@bp.get("/convocatorias.json")
@public()
def index_json() -> Response:
    now = clock.now()
    page = queries.public_calls(page_number())
    return json_response({"total": page.total, "page": page.number, "calls": [shown.facts(call, now) for call in page.rows]})


@bp.get("/convocatorias/<slug>")
@public(load=queries.public_call)
def show(call: Any) -> Response:
    now = clock.now()
    same = not_modified("call", call.id, call.public_revision, clock.lima_day(now))
    if same:
        return tagged(same)
    return tagged(
        make_response(
            render_template(
                "calls/show.html", call=call, space=call.space, names=messages, stage=shown.stage_of(call, now),
                offers=shown.offers(call.id),
                criteria=queries.call_criteria(call.id), applications=shown.applications(call), jury=shown.jury(call),
                claims=shown.claims(call), received=queries.last_application_number(call.id), has_results=call.state in shown.WITH_RESULTS,
                documents=[
                    {"text": f.title, "href": url_for("evidence.download", key=f.key), "detail": f.detail, "note": ""}
                    for f in evidence.attachments(queries.CALL_SUBJECT, call.id, public_only=True)
                ],
            )
        )
    )  # fmt: skip


@bp.get("/convocatorias/<slug>.json")
@public(load=queries.public_call)
def show_json(call: Any) -> Response:
    return json_response(
        {
            **shown.facts(call, clock.now()), "summary": call.summary, "text": call.text, "requirements": call.requirements,
            "norm": call.norm,
            "seats": [{"sector": offer["key"], "numbers": offer["numbers"]} for offer in shown.offers(call.id)],
            "criteria": [
                {"name": c.name, "weight": c.weight, "scale": c.scale,
                    "how_to_check": c.how_to_check} for c in queries.call_criteria(call.id)
            ],
            "lot": {"seed": call.lot_seed, "source": call.lot_source} if call.lot_seed else None,
            "jury": [{"office": j["office"], "conflicts": j["conflicts"], "declared": j["has_declared"]} for j in shown.jury(call)],
            "received": queries.last_application_number(call.id),
            "applications": [_application(row) for row in shown.applications(call)],
            "claims": [
                {"application": c["code"], "text": c["text"], "answer": c["answer"], "upheld": c["is_upheld"]} for c in shown.claims(call)
            ],
        }
    )  # fmt: skip


def _application(row: dict[str, Any]) -> dict[str, Any]:
    kept = (
        "code",
        "organisation",
        "motive",
        "reform",
        "is_ongoing",
        "state",
        "eligibility_reason",
        "outcome",
        "reason",
        "place",
        "points",
        "seat",
    )
    return {**{name: row[name] for name in kept}, "sector": str(row["sector"]), "received_at": dates.rfc3339(row["received_at"])}


@bp.get("/foro/<slug>/entidades")
@public(load=forums.forum_by_slug)
def readiness_page(forum: Any) -> Response:
    """Entities that received the induction, and signed pre-assessments."""
    same = not_modified("readiness", forum.id, forum.public_revision)
    if same:
        return tagged(same)
    inductions = queries.inductions(forum.space_id)
    files: dict[int, list[dict[str, str]]] = {}
    for f in evidence.of_many(queries.INDUCTION_SUBJECT, [row.id for row in inductions], public_only=True):
        files.setdefault(f.subject_id, []).append(
            {"text": f.title, "href": url_for("evidence.download", key=f.key), "detail": f.detail, "note": ""}
        )
    return tagged(
        make_response(
            render_template(
                "calls/readiness.html", forum=forum, space=forum.space, inductions=inductions, files=files, names=messages,
                assessments=queries.assessments(forum.space_id, signed_only=True),
            )
        )
    )  # fmt: skip


@bp.get("/foro/<slug>/entidades.json")
@public(load=forums.forum_by_slug)
def readiness_json(forum: Any) -> Response:
    return json_response(
        {
            "requires_induction": forum.requires_induction,
            "inductions": [
                {
                    "organisation": i.organisation.name, "done_on": i.done_on.isoformat(), "hours": i.hours, "people": i.people,
                    "taught_by": i.taught_by, "certificate": i.certificate,
                }
                for i in queries.inductions(forum.space_id)
            ],
            "assessments": [
                {
                    "organisation": a.organisation.name, "reform": a.reform, "answers": a.answers, "conclusion": a.conclusion.value,
                    "reasons": a.reasons, "signed_as": a.signed_as, "signed_at": dates.rfc3339(a.signed_at), "sha256": a.sha256,
                }
                for a in queries.assessments(forum.space_id, signed_only=True)
            ],
        }
    )  # fmt: skip
