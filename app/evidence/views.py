"""Downloads: public files for anyone, restricted ones for the staff of their scope. Nothing served here can run."""

import io

from flask import Blueprint, Response, abort, redirect, send_file, url_for

from app.core.guard import guarded, public
from app.evidence import queries
from app.evidence.permissions import GRANTS, EvidencePermission
from app.evidence.rules import is_shown_inline

bp = Blueprint("evidence", __name__)
FOR_EVER = 31_536_000
SANDBOX = "sandbox; default-src 'none'"


@bp.get("/documentos/<key>")
@public(load=queries.attachment)
def download(attachment: queries.Attachment) -> Response:
    """A public file; a restricted one sends to its guarded address, a removed one is gone."""
    if attachment.is_public:
        response = served(attachment)
        response.headers["Cache-Control"] = f"public, max-age={FOR_EVER}, immutable, no-transform"
        return response
    if attachment.removed_at is not None:
        abort(404)
    return redirect(url_for("evidence.download_restricted", key=attachment.key), 303)  # type: ignore[return-value]


@bp.get("/mesa/documentos/<key>")
@guarded(EvidencePermission.READ_RESTRICTED, GRANTS, load=queries.attachment)
def download_restricted(attachment: queries.Attachment) -> Response:
    """Any file of the scope, also a removed one; never cached."""
    return served(attachment)


def served(attachment: queries.Attachment) -> Response:
    """The bytes, under a policy in which nothing runs; pictures and audio open, everything else is downloaded."""
    try:
        content = queries.content(attachment)
    except FileNotFoundError:
        abort(503)
    response = send_file(
        io.BytesIO(content), mimetype=attachment.media_type, as_attachment=not is_shown_inline(attachment.media_type),
        download_name=attachment.file_name, etag=attachment.sha256, last_modified=attachment.uploaded_at, conditional=True,
    )  # fmt: skip
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
