"""The outbox of the demonstration, where no mail server is set: the letters as people would receive them."""

from flask import Blueprint, abort, current_app, render_template

from app.core import clock
from app.core.guard import public
from app.core.web import page_number, pager
from app.demo import queries
from app.demo.services.voting import OPEN_CODES, TO_TRY, code_of

bp = Blueprint("demo", __name__)


@bp.get("/demo/correo")
@public()
def letters() -> str:
    if not current_app.config["DEMO"]:
        abort(404)
    page = queries.letters(page_number(), clock.now())
    return render_template("demo/letters.html", page=page, links=pager(page, lambda number: f"/demo/correo?pagina={number}"))


@bp.get("/demo/papeletas")
@public()
def ballots() -> str:
    """Documents and printed codes to try the open vote with: only in a demonstration, where they are of nobody."""
    if not current_app.config["DEMO"]:
        abort(404)
    return render_template(
        "demo/ballots.html", votes=queries.open_votes(clock.now()), documents=TO_TRY, codes=[code_of(n) for n in range(1, OPEN_CODES + 1)]
    )
