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
from app.core.web import PER_PAGE, Page, page_number, pager
from app.feedback import queries
from app.feedback.messages.checks import FAULTS, QUESTIONS, said
from app.feedback.permissions import GRANTS, FeedbackPermission
from app.feedback.rules.checks import Check, Level, Question
from app.feedback.rules.checks import process as whole
from app.letters import queries as letters
from app.letters.views import bp
from app.processes import queries as processes

if TYPE_CHECKING:
    from app.feedback.rules.checks.process import Standing
    from app.processes.models import Process

MARKS = {Level.STOP: "stop", Level.WARN: "warn", Level.ASK: "ask"}


@bp.get("/mesa/procesos/<slug>/calidad")
@guarded(FeedbackPermission.READ_APPROVED, GRANTS, load=processes.process_by_slug)
def quality(process: Process) -> Response:
    found = _found(process)
    chosen = found.get(request.args.get("control", ""))
    number = page_number()
    rows = chosen["failing"] if chosen else []
    page = Page(rows[(number - 1) * PER_PAGE : number * PER_PAGE], number, len(rows))
    return make_response(render_template(
        "letters/quality.html", process=process, space=process.space, nav_here="desk",
        rows=[_row(process, row, row is chosen) for row in found.values()], chosen=chosen,
        failing=[{**row, "href": _where_mended(chosen, row["code"])} for row in page.rows],
        pager_links=pager(page, lambda n: _address(process, str(chosen["number"]), n)) if chosen else None,
        flashes=get_flashed_messages(with_categories=True),
    ))  # fmt: skip


def _found(process: Process) -> dict[str, dict[str, Any]]:
    """Every question with its numbers and what does not pass, in words; kept until something of the process changes."""
    today = lima_day(clock.now())
    arrived = whole.delivered(letters.arrived(process.id))
    name = f"quality:{process.id}:{queries.quality_version(process)}:{today}:{get_locale()}"
    kept = fragment(name, lambda: json.dumps({str(q): _told(s) for q, s in queries.quality(process, today).items()}, ensure_ascii=False))
    found: dict[str, dict[str, Any]] = json.loads(kept)
    return found | {str(arrived.question): _told(arrived)}


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


def _row(process: Process, row: dict[str, Any], is_here: bool) -> dict[str, Any]:
    href = _address(process, row["number"]) if row["failing"] else ""
    return {**row, "failing": len(row["failing"]), "here": is_here, "href": href}


def _where_mended(chosen: dict[str, Any] | None, code: str) -> str:
    """A letter is looked after on its own page, an answer on the workbench."""
    is_letter = chosen is not None and chosen["number"] == Question.Q21
    return url_for("letters.letter" if is_letter else "feedback.workbench", code=code) if code else ""


def _address(process: Process, question: str, number: int = 1) -> str:
    return url_for("letters.quality", slug=process.slug, control=question, pagina=number if number > 1 else None, _anchor="control")
