"""The outbox of the demonstration, where no mail server is set: the letters as people would receive them."""

from flask import Blueprint, abort, current_app, render_template

from app.core import clock
from app.core.guard import public
from app.core.web import page_number, pager
from app.demo import queries

bp = Blueprint("demo", __name__)


@bp.get("/demo/correo")
@public()
def letters() -> str:
    if not current_app.config["DEMO"]:
        abort(404)
    page = queries.letters(page_number(), clock.now())
    return render_template("demo/letters.html", page=page, links=pager(page, lambda number: f"/demo/correo?pagina={number}"))
