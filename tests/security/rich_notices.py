"""The rich world's followers: what their links carry, so that every door of following and of notices can be tried."""

from typing import Any

from app.core.db import db
from app.follows import queries, services
from app.follows.rules import Rhythm, Subject, SubjectKind
from tests.world import NOON

ADDRESS = "seguidora@example.pe"


def build_notices(process_slug: str, *, ubigeo: str) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """Arguments for every address of following and of notices, and the tokens of one follower. The caller commits."""
    subject = Subject(SubjectKind.PROCESS, process_slug)
    services.ask_to_follow(subject, ADDRESS, Rhythm.DAILY, title="Plan", now=NOON)
    follower = queries.follower_by_address(ADDRESS)
    assert follower is not None
    follow = queries.follow_of(follower.id, subject)
    assert follow is not None
    confirmation = services.confirmation_token(follow, follower.handle)
    services.confirm(confirmation, now=NOON)
    db.session.flush()
    page = services.page_token(follower.handle)
    arguments = {"ubigeo": ubigeo, "medium": "radio"}
    under = {
        "/seguir/confirmar/": {"token": confirmation},
        "/seguir/mi-pagina/": {"token": page},
        "/seguir/dejar/": {"token": page},
    }
    return arguments, under
