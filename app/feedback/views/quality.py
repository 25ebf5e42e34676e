"""The twenty-one questions of quality over a whole process: how many answers pass each, and which do not."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from flask import Response, get_flashed_messages, make_response, render_template, request, url_for
from flask_babel import get_locale, gettext

from app.core import clock
from app.core.cache import fragment
from app.core.clock import lima_day
from app.core.guard import guarded
from app.core.web import PER_PAGE, Page, page_number
from app.feedback import queries
from app.feedback.messages.checks import FAULTS, QUESTIONS, said
from app.feedback.permissions import GRANTS, FeedbackPermission
from app.feedback.rules.checks import Check, Level, Question
from app.feedback.views import bp
from app.feedback.views.paging import pager
from app.feedback.views.pile import process_for_staff

if TYPE_CHECKING:
    from app.feedback.rules.checks.process import Standing
    from app.processes.models import Process

MARKS = {Level.STOP: "stop", Level.WARN: "warn", Level.ASK: "ask"}


@bp.get("/mesa/procesos/<slug>/calidad")
@guarded(FeedbackPermission.READ_APPROVED, GRANTS, load=process_for_staff)
def quality(process: Process) -> Response:
    found = _found(process)
    chosen = found.get(request.args.get("control", ""))
    number = page_number()
    rows = chosen["failing"] if chosen else []
    page = Page(rows[(number - 1) * PER_PAGE : number * PER_PAGE], number, len(rows))
    address = url_for("feedback.quality", slug=process.slug)
    return make_response(render_template(
        "feedback/quality.html", process=process, space=process.space, nav_here="desk",
        rows=[_row(row, address, row is chosen) for row in found.values()], chosen=chosen,
        failing=[{**row, "href": url_for("feedback.workbench", code=row["code"]) if row["code"] else ""} for row in page.rows],
        pager_links=pager(page, address, {"control": chosen["number"]}) if chosen else None,
        flashes=get_flashed_messages(with_categories=True),
    ))  # fmt: skip


def _found(process: Process) -> dict[str, dict[str, Any]]:
    """Every question with its numbers and what does not pass, in words; kept until something of the process changes."""
    today = lima_day(clock.now())
    name = f"quality:{process.id}:{queries.quality_version(process)}:{today}:{get_locale()}"
    kept = fragment(name, lambda: json.dumps({str(q): _told(s) for q, s in queries.quality(process, today).items()}, ensure_ascii=False))
    found: dict[str, dict[str, Any]] = json.loads(kept)
    return found


def _told(standing: Standing) -> dict[str, Any]:
    """A question as the page lists it, in plain values."""
    if standing.passing is None:
        told = gettext("Lo decide una persona")
    elif standing.asked:
        told = gettext("%(passing)s de %(asked)s", passing=standing.passing, asked=standing.asked)
    else:
        told = gettext("Sin casos")
    return {
        "number": str(standing.question),
        "question": str(QUESTIONS[standing.question]),
        "level": "good" if standing.is_met and standing.level is not Level.ASK else MARKS[standing.level],
        "told": told,
        "failing": [_failing(standing, name, checks) for name, checks in standing.failing.items()],
    }


def _failing(standing: Standing, name: str, checks: Sequence[Check]) -> dict[str, Any]:
    """An answer that does not pass, by its code and with what was found; or a count that does not add up."""
    if standing.question in (Question.Q16, Question.Q19):
        return {"code": "", "said": [str(FAULTS[name])]}
    return {"code": name, "said": [said(check) for check in checks] or [str(FAULTS[str(standing.question)])]}


def _row(row: dict[str, Any], address: str, is_here: bool) -> dict[str, Any]:
    href = f"{address}?control={row['number']}#control" if row["failing"] else ""
    return {**row, "failing": len(row["failing"]), "here": is_here, "href": href}
