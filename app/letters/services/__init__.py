"""Printing and delivering letters, taking and closing replies, sending private links."""

from app.letters.services.deliveries import print_letters, record
from app.letters.services.links import forget_requests, request_link
from app.letters.services.replies import Sender, hide, let_read, link_change, settle, take

__all__ = [
    "Sender",
    "forget_requests",
    "hide",
    "let_read",
    "link_change",
    "print_letters",
    "record",
    "request_link",
    "settle",
    "take",
]
