"""Who is there: the session a browser holds, how it begins and goes on, and what it must still prove."""

from datetime import UTC, datetime
from typing import Any

from flask import current_app, g, redirect, request, session, url_for
from flask_login import current_user, login_user
from werkzeug.wrappers import Response

from app.accounts import queries, services
from app.accounts.queries import LONGEST_KEY
from app.accounts.rules.joining import AgeBand
from app.accounts.rules.sessions import HALF_LASTS, PROOF_LASTS, is_over
from app.core import clock
from app.core.db import db
from app.core.guard import current_actor, local_path
from app.core.permissions import NOBODY, Actor

SEEN, HALF = "seen", "half"
SEEN_EVERY_SECONDS = 60
ACTED_EVERY_SECONDS = 300


def person_of(key: str) -> Any:
    """Flask-Login's loader: the person of an open session, None for a stranger."""
    found = queries.session_by_key_hash(services.digest(key)) if isinstance(key, str) and 0 < len(key) <= LONGEST_KEY else None
    now = clock.now()
    if found is None or is_over(found.started_at, _seen_at(found), now, is_staff=False):
        return None
    if request.method == "POST" and (now - found.acted_at).total_seconds() > ACTED_EVERY_SECONDS:
        found.acted_at = now  # reading a page writes nothing: only what is sent counts as the last act
    g.account_session = found
    found.person.session_key = key
    return found.person


def current_session() -> Any:
    """The row of the session of this request. Only where somebody is signed in."""
    if "account_session" not in g:
        g.account_session = queries.session_by_key_hash(services.digest(session["_user_id"]))
    return g.account_session


def as_allowed(actor: Actor) -> Actor:
    """The actor with what this session may do: nobody when a session of staff is over, no roles before the second step."""
    held, now = current_session(), clock.now()
    if actor.roles:
        if is_over(held.started_at, _seen_at(held), now, is_staff=True):
            return NOBODY
        if current_app.config["STAFF_SECOND_FACTOR"] and held.second_factor_at is None:
            actor = Actor(actor.person_id, actor.name, (), awaits_second_factor=True)
    if (now - _seen_at(held)).total_seconds() > SEEN_EVERY_SECONDS:
        session[SEEN] = int(now.timestamp())
    return actor


def _seen_at(held: Any) -> datetime:
    """When this session was last used: the signed cookie says it, so that reading pages needs no write."""
    seen = session.get(SEEN)
    return datetime.fromtimestamp(seen, UTC) if isinstance(seen, int) else held.started_at


def proceed(person: Any, target: str | None) -> Response:
    """The first step is done: enter, or take the second one. Commits."""
    if not queries.has_second_factor(person.id):
        return enter(person, target)
    session.clear()
    session[HALF] = {"person": person.id, "epoch": person.session_epoch, "at": int(clock.now().timestamp()), "next": local_path(target)}
    db.session.commit()
    return redirect(url_for("accounts.second_step"), 303)


def half_signed_in() -> Any:
    """The person whose first step this browser took less than ten minutes ago, and who has not changed their password since."""
    half = session.get(HALF)
    if not isinstance(half, dict) or clock.now().timestamp() - half.get("at", 0) > HALF_LASTS.total_seconds():
        return None
    person = queries.person_by_id(half["person"])
    return None if person is None or person.is_suspended or person.session_epoch != half["epoch"] else person


def enter(person: Any, target: str | None, *, second_factor: bool = False) -> Response:
    """A new session under a new key, whatever the browser held before (S38). Commits."""
    person.session_key = services.open_session(person, request.user_agent.string, now=clock.now(), second_factor=second_factor)
    db.session.commit()
    session.clear()
    hold(person, person.session_key)
    return redirect(local_path(target) or home(), 303)


def hold(person: Any, key: str) -> None:
    """From now on this browser holds that key; the caller has committed its row."""
    person.session_key = key
    for name in ("actor", "account_session"):
        g.pop(name, None)
    login_user(person)
    session.permanent = True
    session[SEEN] = int(clock.now().timestamp())


def is_minor() -> bool:
    """Whether the account of whoever is signed in says 14 to 17."""
    return bool(current_user.is_authenticated) and current_user.age is AgeBand.TEENAGER


def account_id() -> int | None:
    """The account of whoever is signed in, if anybody is."""
    return current_user.id if current_user.is_authenticated else None


def home() -> str:
    """Where a person starts: whoever holds a role at the desk, everybody else at their account."""
    actor = current_actor()
    return url_for("desk.index" if actor.roles or actor.awaits_second_factor else "accounts.index")


def ask_for_proof(back: str) -> Response | None:
    """Where to prove again who one is, when that was more than ten minutes ago; None when it was not."""
    if clock.now() - current_session().proved_at <= PROOF_LASTS:
        return None
    return redirect(url_for("accounts.prove", siguiente=back), 303)


def origin() -> str:
    """The network address of the visitor, for counting only."""
    return request.remote_addr or ""
