"""Checkpoints for whoever wants to keep them: each note, the list, the feed, the public key and the program that checks."""

from typing import Any

from flask import Response, make_response, render_template, url_for

from app.audit import documents, queries
from app.audit.views import bp
from app.core import dates
from app.core.clock import now
from app.core.guard import public
from app.core.web import json_response, not_modified, open_data, tagged


def _plain(content: str | bytes, mimetype: str = "text/plain") -> Response:
    response = make_response(content)
    response.headers["Content-Type"] = f"{mimetype}; charset=utf-8"
    return tagged(open_data(response))


@bp.get("/registro/clave.txt")
@public()
def key() -> Response:
    keys = queries.vkeys()
    return not_modified("register-key", *keys) or _plain("".join(f"{text}\n" for text in keys))


@bp.get("/registro/verify.py")
@public()
def verifier() -> Response:
    content = documents.VERIFIER.read_bytes()
    same = not_modified("verifier", documents.VERIFIER.stat().st_mtime_ns)
    if same:
        return same
    response = _plain(content, "text/x-python")
    response.headers["Content-Disposition"] = 'attachment; filename="verify.py"'
    return response


@bp.get("/registro/puntos-de-control/<int:n>.txt")
@public(load=lambda n: queries.checkpoint_of_size(n))
def note(checkpoint: Any) -> Response:
    """The signed note, byte by byte."""
    return not_modified("note", checkpoint.note) or _plain(checkpoint.note)


def _version() -> tuple[object, ...]:
    standing = queries.standing()
    return standing.entries, standing.anchored_size, standing.anchored_at


@bp.get("/registro/puntos-de-control.json")
@public()
def checkpoints_json() -> Response:
    """The newest thirty, with their notes and when somebody outside had each."""
    same = not_modified("checkpoints", *_version())
    if same:
        return same
    rows = [
        {
            "size": row.size, "root": row.hash, "reason": row.reason, "made_at": dates.rfc3339(row.made_at), "note": row.note,
            "stamped_at": dates.rfc3339(row.stamped_at) or None, "mailed_at": dates.rfc3339(row.mailed_at) or None,
            "url": url_for("audit.note", n=row.size),
        }
        for row in queries.newest_checkpoints()
    ]  # fmt: skip
    return tagged(json_response({"keys": list(queries.vkeys()), "checkpoints": rows}))


@bp.get("/registro.atom")
@public()
def feed() -> Response:
    same = not_modified("register-feed", *_version())
    if same:
        return same
    rows = queries.newest_checkpoints()
    content = render_template("audit/checkpoints.atom", rows=rows, updated=rows[0].made_at if rows else now())
    return tagged(Response(content, mimetype="application/atom+xml"))
