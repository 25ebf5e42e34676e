"""Queueing letters, keeping who asked for them, and delivering them."""

from app.notifications.services.delivery import Round, ServerUnavailable, close, connect, deliver, lease, put_off
from app.notifications.services.outbox import queue, queue_for_subscribers, subscribe

__all__ = [
    "Round",
    "ServerUnavailable",
    "close",
    "connect",
    "deliver",
    "lease",
    "put_off",
    "queue",
    "queue_for_subscribers",
    "subscribe",
]
