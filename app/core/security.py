"""What every response carries, and what no request may do (reliability.md S10 to S14)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, abort, g, request
from flask.globals import request_ctx

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "font-src 'self'",
        "connect-src 'self'", "media-src 'self'", "manifest-src 'self'", "worker-src 'self'", "form-action 'self'",
        "base-uri 'none'", "frame-ancestors 'none'",
    )
)  # fmt: skip
PAIRS = (
    ("Content-Security-Policy", CONTENT_SECURITY_POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), microphone=(self), geolocation=(), payment=(), usb=()"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
)
A_YEAR = "max-age=31536000; includeSubDomains"


def protect(app: Flask) -> None:
    """Refuse unknown methods, add the headers to every answer, and keep private pages out of every cache."""
    app.wsgi_app = Headers(app.wsgi_app)  # type: ignore[method-assign]

    # Flask-Login looks in the session after every request for a "remember me" nobody is offered here: each page would vary by cookie.
    after = app.after_request_funcs.setdefault(None, [])
    after[:] = [function for function in after if function.__name__ != "_update_remember_cookie"]

    @app.before_request
    def _known_methods_only() -> tuple[str, int] | None:
        return None if request.method in {"GET", "HEAD", "POST", "OPTIONS"} else ("", 405)

    @app.before_request
    def _forms_only() -> None:
        """Nothing here is written with JSON; form libraries would still parse it, however deep it is (S48)."""
        if request.method == "POST" and request.is_json:
            abort(415)

    @app.after_request
    def _private(response: Response) -> Response:
        session = request_ctx._session  # not through `flask.session`: asking there counts as reading it
        if (session is not None and session.accessed) or g.get("private"):
            response.headers["Cache-Control"] = "no-store"
            response.vary.add("Cookie")
        return response


class Headers:
    """WSGI middleware: every answer leaves with the headers, static files and refusals included.

    A header that the application has set stays as it is: downloads carry a stricter policy of their own.
    """

    def __init__(self, app: WSGIApplication) -> None:
        self._app = app

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            known = {name.lower() for name, _ in headers}
            headers = headers + [pair for pair in PAIRS if pair[0].lower() not in known]
            if environ["wsgi.url_scheme"] == "https":
                headers.append(("Strict-Transport-Security", A_YEAR))
            return start_response(status, headers, *more)

        return self._app(environ, start)
