"""What the worker does for those who follow something."""

from datetime import datetime

from flask_babel import ngettext

from app.follows import services


def take_news(now: datetime) -> str:
    """New acts of the register become news, and whom to tell is noted; wishes that nobody confirmed are forgotten."""
    services.forget_unconfirmed(now)
    services.take_news(now)
    return ""


def tell_followers(now: datetime) -> str:
    """One letter to each address with something due; at most a thousand in a round, so that nobody else waits for the database."""
    written = services.write_digests(now)
    return ngettext("Novedades: %(num)d carta.", "Novedades: %(num)d cartas.", written) if written else ""


JOBS = [take_news, tell_followers]
