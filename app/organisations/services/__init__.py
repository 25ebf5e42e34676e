"""Changing organisations: registering and describing them, naming who acts for them, verifying, renaming, merging."""

from app.organisations.services.registering import ask_again, create_organisation, describe, register
from app.organisations.services.representing import answer, invite, join, leave, remove, withdraw_invitation
from app.organisations.services.verifying import decide, merge, rename

__all__ = [
    "answer", "ask_again", "create_organisation", "decide", "describe", "invite", "join", "leave", "merge", "register", "remove", "rename",
    "withdraw_invitation",
]  # fmt: skip
