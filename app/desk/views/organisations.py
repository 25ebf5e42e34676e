"""What of organisations awaits a person: those that wait for the team of a space to verify them."""

from collections.abc import Iterator

from flask import url_for
from flask_babel import ngettext

from app.core.permissions import Actor
from app.desk.views.forum import KEEPERS, Place, Row
from app.organisations import queries as organisations
from app.spaces import queries as spaces


def organisation_tasks(actor: Actor) -> Iterator[Row]:
    """(words, place, since, address) of each space with a queue."""
    held = {role.space_id for role in actor.roles if role.role in KEEPERS and role.process_id is None}
    waiting = organisations.waiting_in(held)
    for space in spaces.spaces_of(set(waiting)):
        count, since = waiting[space.id]
        words = ngettext("%(num)d organización espera verificación", "%(num)d organizaciones esperan verificación", count)
        yield words, Place(space.name), since, url_for("directory.queue", slug=space.slug)
