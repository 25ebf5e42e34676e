"""The front page: what is open now, what comes next, what was answered."""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.core import clock
from app.core.guard import public
from app.feedback import messages as feedback_messages
from app.paper import queries as paper
from app.portal import queries
from app.portal.views import bp
from app.processes import queries as processes


@bp.get("/")
@public()
def home() -> str:
    now = clock.now()
    shown = processes.public_processes()
    return render_template(
        "portal/home.html",
        now=now,
        open_phases=queries.open_phases(now),
        coming=processes.coming_opportunities(now),
        answers=queries.latest_answers(),
        outcomes=feedback_messages.OUTCOMES,
        processes=shown,
        numbers=queries.numbers([process.id for process in shown]),
    )


@bp.get("/aportes")
@public()
def find() -> str | Response | tuple[str, int]:
    """`?codigo=` leads to a contribution; without one, asks for it."""
    code = request.args.get("codigo", "").strip().upper()[:40]
    if code and queries.visible_contribution(code):
        return redirect(url_for("portal.contribution", code=code), 303)
    if code and paper.sheet_by_code(code):
        return redirect(url_for("paper.state", code=code), 303)
    held = queries.held_contribution(code) if code else None
    if held:
        return render_template("portal/find.html", code=code, held=held)
    return render_template("portal/find.html", code=code), 404 if code else 200
