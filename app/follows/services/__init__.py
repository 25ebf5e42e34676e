"""Following, choosing how often, leaving; taking news and telling them."""

from app.follows.services.following import (
    ask_to_follow,
    choose_paces,
    confirm,
    follow_with_account,
    forget,
    forget_unconfirmed,
    send_page,
    stop_following,
)
from app.follows.services.links import confirmation_token, follow_behind, follower_behind, page_token
from app.follows.services.telling import take_news, write_digests

__all__ = [
    "ask_to_follow", "choose_paces", "confirm", "confirmation_token", "follow_behind", "follow_with_account", "follower_behind", "forget",
    "forget_unconfirmed", "page_token", "send_page", "stop_following", "take_news", "write_digests",
]  # fmt: skip
