"""The committee and what it found, as everybody reads it."""

from typing import Any

from flask import Response, current_app, make_response, render_template, url_for
from flask_babel import gettext

from app.agreements.messages import STATES as LINE_STATES
from app.budgeting import queries as rounds
from app.core import clock, dates, pdf
from app.core.cache import fragment
from app.core.clock import lima_day
from app.core.guard import public
from app.core.web import csv_response, json_response, not_modified, open_data, tagged
from app.evidence import queries as evidence
from app.letters.documents import as_pdf, qr_drawing
from app.vigilance import messages, queries
from app.vigilance.documents import FINDING_COLUMNS
from app.vigilance.rules.findings import is_broken, is_overdue
from app.vigilance.views import bp

BASE = "/procesos/<slug>/presupuesto/vigilancia"


def shown(found: Any, replies: Any) -> dict[str, Any]:
    """A finding with what pages say of it."""
    today = lima_day(clock.now())
    last = replies[-1] if replies else None
    return {
        "finding": found, "replies": replies, "last": last, "is_overdue": is_overdue(found.state, found.reply_by, today),
        "is_broken": is_broken(found.state, last.until if last else None, today),
    }  # fmt: skip


def _findings(round_: Any) -> list[dict[str, Any]]:
    rows = queries.public_findings(round_.id)
    replies = queries.replies_of([row.id for row in rows])
    return [shown(row, replies.get(row.id, [])) for row in rows]


@bp.get(BASE)
@public(load=rounds.public_round)
def show(round_: Any) -> Response:
    process = round_.process
    same = not_modified("vigilance", process.slug, process.public_revision, lima_day(clock.now()))
    if same:
        return same
    committee = queries.committee_of(round_.id)
    rows = _findings(round_)
    return tagged(
        make_response(
            render_template(
                "vigilance/show.html", process=process, space=process.space, round=round_, committee=committee, names=messages, rows=rows,
                members=queries.members(committee.id) if committee else (), past=queries.past_members(committee.id) if committee else (),
                candidates=queries.candidates(committee.id) if committee else (), reports=queries.reports(round_.id),
                overdue=sum(row["is_overdue"] for row in rows), is_over=bool(committee and committee.ends_on < lima_day(clock.now())),
            )
        )
    )  # fmt: skip


@bp.get(f"{BASE}/<code>")
@public(load=queries.public_finding)
def finding(found: Any) -> Response:
    process = found.round.process
    same = not_modified("finding", found.code, process.public_revision, lima_day(clock.now()))
    if same:
        return same
    return tagged(
        make_response(
            render_template(
                "vigilance/finding.html", process=process, space=process.space, names=messages, **shown(found, queries.replies(found.id)),
                complaints=queries.complaints(found.id), approvals=len(queries.approvals(found)),
                files=evidence.attachments(queries.FINDING_SUBJECT, found.id, public_only=True),
            )
        )
    )  # fmt: skip


@bp.get("/procesos/<slug>/presupuesto/vigilancia.csv")
@public(load=rounds.public_round)
def findings_csv(round_: Any) -> Response:
    site, slug = current_app.config["SITE_URL"], round_.process.slug
    rows = []
    for row in _findings(round_):
        f, last = row["finding"], row["last"]
        rows.append(
            (
                f.code, f.title, f.project.code if f.project else "", str(messages.GRAVITIES[f.gravity]),
                str(messages.STATES[f.state]),
                f.what, f.asked, dates.rfc3339(f.published_at), f.reply_by, int(row["is_overdue"]), len(row["replies"]),
                last.text if last else "", last.until if last else "", f.closed_note, site + url_for("vigilance.finding", slug=slug, code=f.code),  # noqa: E501 - a row of the table
            )
        )  # fmt: skip
    return csv_response(f"vigilancia-{slug}.csv", FINDING_COLUMNS, rows)


@bp.get("/procesos/<slug>/presupuesto/vigilancia.json")
@public(load=rounds.public_round)
def findings_json(round_: Any) -> Response:
    """The committee as it was elected, and every finding with its replies and where it was taken."""
    committee = queries.committee_of(round_.id)
    return json_response(
        {
            "process": round_.process.slug,
            "committee": {**committee.content, "sha256": committee.sha256, "members": [m.agent.name for m in queries.members(committee.id)]}
            if committee else None,
            "findings": [
                {
                    "code": row["finding"].code, "title": row["finding"].title, "state": row["finding"].state.value,
                    "gravity": row["finding"].gravity.value, "what": row["finding"].what, "asked": row["finding"].asked,
                    "project": row["finding"].project.code if row["finding"].project else None, "sha256": row["finding"].sha256,
                    "published_at": dates.rfc3339(row["finding"].published_at), "reply_by": str(row["finding"].reply_by),
                    "overdue": row["is_overdue"], "closed_note": row["finding"].closed_note,
                    "replies": [{"text": r.text, "until": str(r.until), "entity": r.entity, "at": dates.rfc3339(r.replied_at)}
                                for r in row["replies"]],
                    "complaints": [{"body": c.body.value, "file": c.file_number, "filed_on": str(c.filed_on), "note": c.note}
                                   for c in queries.complaints(row["finding"].id)],
                }
                for row in _findings(round_)
            ],
        }
    )  # fmt: skip


@bp.get("/procesos/<slug>/presupuesto/vigilancia.atom")
@public(load=rounds.public_round)
def findings_atom(round_: Any) -> Response:
    process, rows = round_.process, _findings(round_)
    same = not_modified("vigilance-atom", process.slug, process.public_revision)
    if same:
        return same
    updated = max((row["finding"].published_at for row in rows), default=process.created_at)
    content = render_template("vigilance/findings.atom.xml", process=process, rows=rows, names=messages, updated=updated)
    return tagged(open_data(Response(content, mimetype="application/atom+xml")))


def _election(slug: str) -> Any:
    round_ = rounds.public_round(slug)
    return queries.committee_of(round_.id) if round_ else None


def _paper(template: str, kept_as: str, file_name: str, **context: Any) -> Response:
    """A sheet as PDF, drawn once; the same page to print where the machine cannot make one."""
    if not pdf.is_available():
        return make_response(render_template(template, is_pdf=False, **context))
    try:
        content = fragment(kept_as, lambda: as_pdf(template, **context))
    except pdf.PdfBusy:
        busy = gettext("Se están haciendo otros PDF. Espere medio minuto e inténtelo otra vez.")
        return make_response(render_template("errors/503.html", problem=busy), 503, {"Retry-After": "30"})
    response = Response(content, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{file_name}"'
    return response


@bp.get("/procesos/<slug>/presupuesto/comite-de-vigilancia.pdf")
@public(load=_election)
def election_pdf(committee: Any) -> Response:
    """The act of election, with the votes of every candidate."""
    process = committee.round.process
    link = current_app.config["SITE_URL"] + url_for("vigilance.show", slug=process.slug)
    return _paper(
        "vigilance/election_sheet.html", f"election:{committee.sha256}:pdf", f"eleccion-comite-{process.slug}.pdf", committee=committee,
        process=process, space=process.space, round=committee.round, names=messages, candidates=queries.candidates(committee.id), link=link,
        qr=qr_drawing(link),
    )  # fmt: skip


@bp.get("/procesos/<slug>/presupuesto/informes-de-vigilancia/<int:number>.pdf")
@public(load=queries.report)
def report_pdf(report: Any) -> Response:
    """The report to the coordination council, as it was published."""
    process = report.round.process
    link = current_app.config["SITE_URL"] + url_for("vigilance.show", slug=process.slug)
    return _paper(
        "vigilance/report_sheet.html", f"vigilance-report:{report.sha256}:pdf", f"informe-vigilancia-{process.slug}-{report.number}.pdf",
        report=report, process=process, space=process.space, names=messages, line_states=LINE_STATES, link=link, qr=qr_drawing(link),
    )  # fmt: skip
