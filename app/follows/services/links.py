"""The links of letters: each names a row by a random handle or a number, signed, and never an address."""

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

from app.follows import queries
from app.follows.models import Follow, Follower


def _signer(purpose: str) -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt=f"follows-{purpose}")


def _sealed(purpose: str, content: object) -> str:
    signed = _signer(purpose).dumps(content)
    return signed if isinstance(signed, str) else signed.decode()


def confirmation_token(follow: Follow, handle: str) -> str:
    return _sealed("confirm", [follow.id, handle])


def page_token(handle: str) -> str:
    """Of the private page of an address, and of leaving with one click."""
    return _sealed("page", handle)


def follow_behind(token: str) -> Follow | None:
    """The wish that a confirmation speaks of; None for a link this site did not write, or of a wish that is gone."""
    try:
        follow_id, handle = _signer("confirm").loads(token)
    except (BadSignature, ValueError, TypeError):
        return None
    found = queries.follow_by_id(follow_id) if isinstance(follow_id, int) else None
    return found if found is not None and found.follower.handle == handle else None


def follower_behind(token: str) -> Follower | None:
    """Whose private page a link opens; None for one of nobody, or that was ended."""
    try:
        handle = _signer("page").loads(token)
    except BadSignature:
        return None
    return queries.follower_by_handle(handle) if isinstance(handle, str) else None
