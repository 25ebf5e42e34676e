"""Queueing letters, keeping who asked for them, and delivering them."""

from app.notifications.services.delivery import Round, ServerUnavailable, close, connect, deliver, lease, put_off
from app.notifications.services.following import ask_to_follow, confirm_following, forget_unconfirmed, stop_following
from app.notifications.services.outbox import NewLetter, queue, queue_for_subscribers, queue_many, subscribe

__all__ = [
    "NewLetter",
    "Round",
    "ServerUnavailable",
    "ask_to_follow",
    "close",
    "confirm_following",
    "connect",
    "deliver",
    "forget_unconfirmed",
    "lease",
    "put_off",
    "queue",
    "queue_for_subscribers",
    "queue_many",
    "stop_following",
    "subscribe",
]
