"""Default deny: every view says `@public(...)` or `@guarded(...)`; loading and authorising are one step.

A view receives what was loaded and may be used, or is not called at all: 404 when it does not exist, sign-in when
nobody is signed in, the second step of signing in when their roles ask for one, 403 when the person may not.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from flask import Response, abort, current_app, g, redirect, request, url_for

from app.core.permissions import Actor, Grants, is_allowed

Load = Callable[..., Any]
View = Callable[..., Any]


@dataclass(frozen=True)
class Access:
    """What a route declares; read by the tests of the house."""

    permission: StrEnum | None
    grants: Grants | None = None
    before_second_factor: bool = False


def current_actor() -> Actor:
    """The person acting in this request, with the roles that hold today; asked of the database once."""
    if "actor" not in g:
        g.actor = current_app.extensions["minka.actor"]()
    actor: Actor = g.actor
    return actor


def _loaded(load: Load | None, arguments: dict[str, Any]) -> tuple[Any, ...]:
    if load is None:
        return ()
    subject = load(**arguments)
    if subject is None:
        abort(404)
    return (subject,)


def public(load: Load | None = None) -> Callable[[View], View]:
    """Anyone may see it. `load` receives the URL's arguments; what it returns replaces them."""

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapper(**arguments: Any) -> Any:
            g.reads_replica = request.method in ("GET", "HEAD")
            subject = _loaded(load, arguments)
            return view(*subject) if load else view(**arguments)

        wrapper.access = Access(None)  # type: ignore[attr-defined]
        return wrapper

    return decorate


def guarded(permission: StrEnum, grants: Grants, load: Load | None = None, *, before_second_factor: bool = False) -> Callable[[View], View]:
    """Only who `grants` allows `permission` on what `load` returns (None when there is nothing to load).

    `before_second_factor`: also for staff who have not taken the second step; only for the pages where it is taken.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapper(**arguments: Any) -> Any:
            actor = current_actor()
            if not actor.is_signed_in:
                return ask_to_sign_in()
            if actor.awaits_second_factor and not before_second_factor:
                return _ask_for_second_factor()
            subject = _loaded(load, arguments)
            if not is_allowed(grants, permission, actor, subject[0] if subject else None):
                abort(403)
            g.private = True
            return view(*subject) if load else view(**arguments)

        wrapper.access = Access(permission, grants, before_second_factor)  # type: ignore[attr-defined]
        return wrapper

    return decorate


def may(permission: StrEnum, grants: Grants, subject: Any) -> bool:
    """For showing or hiding a button; the route itself still decides."""
    return is_allowed(grants, permission, current_actor(), subject)


def ask_to_sign_in() -> Response:
    target = request.script_root + request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("accounts.sign_in", siguiente=target), 303)  # type: ignore[return-value]


def _ask_for_second_factor() -> Response:
    target = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("accounts.factors", siguiente=target), 303)  # type: ignore[return-value]


def local_path(target: str | None) -> str | None:
    """`target` when it is a path of this site; None for anything that could leave it (S11)."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")):
        return None
    if any(ord(c) < 33 or c == "\\" for c in target):
        return None
    parts = urlsplit(target)
    return None if parts.scheme or parts.netloc else target
