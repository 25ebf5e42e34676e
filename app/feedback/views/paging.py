"""Links between the pages of a list, filters kept."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from app.core import web
from app.core.web import Page


def link(address: str, arguments: Mapping[str, Any]) -> str:
    """The address with the arguments that are not empty."""
    given = {name: value for name, value in arguments.items() if value not in ("", None)}
    query = urlencode(given) if given else ""
    return f"{address}?{query}" if query else address


def pager(page: Page, address: str, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """What components/pager.html draws."""

    def to(number: int) -> str:
        return link(address, {**arguments, "pagina": number if number > 1 else ""})

    return web.pager(page, to)
