"""The private link that shows a person everything said under their address: how long it lasts, how often it may be asked for."""

from datetime import timedelta
from enum import StrEnum

from app.core.errors import Problem

REQUESTED_LASTS = timedelta(hours=24)
MOST_REQUESTS, REQUEST_WINDOW = 3, timedelta(hours=1)
MOST_REQUESTS_IN_ALL = 300
"""In one window, of all addresses together: so that nobody can use the form to send letters by the thousand."""


class LinkProblem(StrEnum):
    NO_ADDRESS = "link-no-address"
    TOO_MANY = "link-too-many"


def problems_with_request(is_address: bool, asked: int, asked_in_all: int) -> tuple[Problem, ...]:
    """Why no link can be asked for now; the same whether anybody is known by that address or not."""
    if not is_address:
        return (Problem(LinkProblem.NO_ADDRESS, "email"),)
    if asked >= MOST_REQUESTS or asked_in_all >= MOST_REQUESTS_IN_ALL:
        return (Problem(LinkProblem.TOO_MANY, "email"),)
    return ()
