"""Links between the pages of a list, filters kept."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from app.core.web import Page


def link(address: str, arguments: Mapping[str, Any]) -> str:
    """The address with the arguments that are not empty."""
    query = urlencode({name: value for name, value in arguments.items() if value not in ("", None)})
    return f"{address}?{query}" if query else address


def pager(page: Page, address: str, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """What components/pager.html draws."""

    def to(number: int) -> str:
        return link(address, {**arguments, "pagina": number if number > 1 else ""})

    here, last = page.number, page.last
    numbers = sorted({1, last, *(n for n in (here - 1, here, here + 1) if 1 <= n <= last)})
    links: list[dict[str, Any]] = []
    for before, number in zip([0, *numbers], numbers, strict=False):
        if number - before > 1:
            links.append({"number": 0, "href": ""})
        links.append({"number": number, "href": "" if number == here else to(number)})
    return {
        "number": here, "pages": last, "total": page.total, "first": page.first_row, "last": page.last_row,
        "previous_href": to(here - 1) if here > 1 else "", "next_href": to(here + 1) if here < last else "", "links": links,
    }  # fmt: skip
