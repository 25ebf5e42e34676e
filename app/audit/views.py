"""The public register: what was done in public, in order, and how anybody can check that nothing was changed."""

import json
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, make_response, render_template, request, url_for
from flask_babel import gettext as _

from app.audit import messages, queries
from app.core.guard import public
from app.core.web import json_response, not_modified, page_number, tagged

bp = Blueprint("audit", __name__)
LONGEST_REFERENCE = 80


@bp.get("/registro")
@public()
def index() -> Response:
    seq, head_hash = queries.head()
    same = not_modified("register", seq, request.query_string.decode("latin-1"))
    if same:
        return tagged(same)
    ref = request.args.get("referencia", "").strip()[:LONGEST_REFERENCE]
    action = request.args.get("acto", "").strip()[:LONGEST_REFERENCE]
    page = queries.entries(page_number(), ref, action)
    return tagged(
        make_response(
            render_template(
                "audit/index.html", entries=[_shown(entry) for entry in page.rows], page=page, pager=_pager(page), head_seq=seq,
                head_hash=head_hash, ref=ref, action=action, actions=_actions(),
            )
        )
    )  # fmt: skip


def _actions() -> list[tuple[str, str]]:
    return sorted(((action, messages.action_name(action)) for action in queries.actions()), key=lambda pair: pair[1])


def _shown(entry: Any) -> dict[str, Any]:
    body = json.loads(entry.body)
    return {
        "seq": entry.seq, "hash": entry.hash, "prev": entry.prev, "ref": entry.subject_ref, "body": entry.body,
        "at": datetime.fromisoformat(body["at"]), "sentence": messages.sentence(entry.action, entry.subject_kind, body["role"]),
        "facts": messages.fact_rows(body["facts"]), "summary": messages.summary(body["facts"]),
    }  # fmt: skip


def _pager(page: Any) -> dict[str, Any]:
    """What the pager draws: the first, the last and those around the present page."""

    def href(number: int) -> str:
        kept: dict[str, Any] = {name: request.args[name] for name in ("referencia", "acto") if request.args.get(name)}
        return url_for("audit.index", **kept, pagina=number if number > 1 else None)

    near = [n for n in range(page.number - 2, page.number + 3) if 1 <= n <= page.last]
    numbers = sorted({1, page.last, *near})
    links: list[dict[str, Any]] = []
    for before, number in zip([0, *numbers], numbers, strict=False):
        if number - before > 1 and links:
            links.append({"number": 0, "href": ""})
        links.append({"number": number, "href": "" if number == page.number else href(number)})
    return {
        "number": page.number, "pages": page.last, "total": page.total, "first": page.first_row, "last": page.last_row, "links": links,
        "previous_href": href(page.number - 1) if 1 < page.number <= page.last else "",
        "next_href": href(page.number + 1) if page.number < page.last else "",
    }  # fmt: skip


@bp.get("/registro.json")
@public()
def index_json() -> Response:
    """Entries exactly as they are stored, in order, from `?desde=` on; `next` leads to the following ones."""
    asked = request.args.get("desde", "1")
    start = max(int(asked), 1) if asked.isascii() and asked.isdigit() and len(asked) < 12 else 1
    entries = queries.entries_from(start)
    seq, head_hash = queries.head()
    last = entries[-1].seq if entries else seq
    following = url_for("audit.index_json", desde=last + 1) if last < seq else None
    return json_response(
        {
            "rule": _("hash = SHA-256 de «minka-register:v1», seq, prev y body, unidos por el carácter NUL, en UTF-8"),
            "head": {"seq": seq, "hash": head_hash},
            "entries": [{"seq": entry.seq, "prev": entry.prev, "hash": entry.hash, "body": entry.body} for entry in entries],
            "next": following,
        }
    )
