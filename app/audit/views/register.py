"""The page of the register, and its entries as data."""

import json
from datetime import datetime, timedelta
from typing import Any

from flask import Response, make_response, render_template, request, url_for
from flask_babel import gettext as _

from app.audit import messages, queries, rules
from app.audit.views import bp
from app.core.clock import now
from app.core.guard import public
from app.core.web import json_response, not_modified, page_number, pager, tagged

LONGEST_REFERENCE = 80


@bp.get("/registro")
@public()
def index() -> Response:
    seq, head_hash = queries.head()
    standing, at = queries.standing(), now()
    concerns = rules.concerns(standing, at)
    hours = (at - standing.anchored_at) // timedelta(hours=1) if standing.anchored_at else 0
    same = not_modified("register", standing, concerns, hours, request.query_string.decode("latin-1"))
    if same:
        return tagged(same)
    ref = request.args.get("referencia", "").strip()[:LONGEST_REFERENCE]
    action = request.args.get("acto", "").strip()[:LONGEST_REFERENCE]
    page = queries.entries(page_number(), ref, action)
    return tagged(
        make_response(
            render_template(
                "audit/index.html", entries=[_shown(entry) for entry in page.rows], page=page, pager=pager(page, _href), head_seq=seq,
                head_hash=head_hash, ref=ref, action=action, actions=_actions(), standing=standing, light=rules.light(concerns),
                concerns=[messages.CONCERNS[concern] for concern in concerns], state=messages.LIGHTS[rules.light(concerns)],
                newest=queries.newest_checkpoint(), anchor=_anchor(at),
            )
        )
    )  # fmt: skip


def _anchor(at: datetime) -> dict[str, Any] | None:
    """The newest anchor in words: what it is, up to which act, since when and how long ago."""
    anchor = queries.newest_anchor()
    if anchor is None or anchor.at is None:
        return None
    return {"kind": messages.ANCHORS[anchor.kind], "size": anchor.checkpoint.size, "at": anchor.at, "age": messages.age(at - anchor.at)}


def _actions() -> list[tuple[str, str]]:
    return sorted(((action, messages.action_name(action)) for action in queries.actions()), key=lambda pair: pair[1])


def _shown(entry: Any) -> dict[str, Any]:
    body = json.loads(entry.body)
    return {
        "seq": entry.seq, "hash": entry.hash, "prev": entry.prev, "ref": entry.subject_ref, "body": entry.body,
        "at": datetime.fromisoformat(body["at"]), "sentence": messages.sentence(entry.action, entry.subject_kind, body["role"]),
        "facts": messages.fact_rows(body["facts"]), "summary": messages.summary(body["facts"]),
    }  # fmt: skip


def _href(number: int) -> str:
    kept: dict[str, Any] = {name: request.args[name] for name in ("referencia", "acto") if request.args.get(name)}
    return url_for("audit.index", **kept, pagina=number if number > 1 else None)


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
