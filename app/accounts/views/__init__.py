"""Entering, joining, and looking after one's own account."""

from flask import Blueprint

bp = Blueprint("accounts", __name__)

from app.accounts.views import account, codes, entering, factors, identities, joining, links, passkeys, proving  # noqa: E402, F401 - the routes register themselves
