"""What every view needs to answer: pages or fragments, 30 rows at a time, files, conditional GET."""

import csv
import hashlib
import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, current_app, make_response, render_template, stream_with_context
from htmx_flask import request

from app.core.db import db
from app.core.errors import RuleBroken

PER_PAGE = 30
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")


@dataclass(frozen=True)
class Page:
    """One page of a list: its rows, its number (from 1) and how many rows there are in all."""

    rows: Sequence[Any]
    number: int
    total: int
    per_page: int = PER_PAGE

    @property
    def last(self) -> int:
        return max(1, -(-self.total // self.per_page))

    @property
    def first_row(self) -> int:
        return min(self.total, (self.number - 1) * self.per_page + 1)

    @property
    def last_row(self) -> int:
        return min(self.total, self.number * self.per_page)


def page_number() -> int:
    """`?pagina=` as a number from 1 to 100,000; anything else is 1."""
    text = request.args.get("pagina", "1")
    return min(max(int(text), 1), 100_000) if text.isascii() and text.isdigit() and len(text) < 9 else 1


def page_or_fragment(page: str, fragment: str, status: int = 200, **context: Any) -> Response:
    """The whole page for a browser, the fragment it includes for htmx."""
    response = make_response(render_template(fragment if wants_fragment() else page, **context), status)
    response.vary.add("HX-Request")
    return response


def carried_out(form: Any, act: Callable[[], object], *, undo: bool = False) -> bool:
    """Whether the form is whole and `act` broke no rule; the sentence of what it broke stands on the form. The caller commits.

    `undo`: `act` may have begun to write before it is refused.
    """
    if not form.validate():
        return False
    try:
        act()
    except RuleBroken as broken:
        if undo:
            db.session.rollback()
        form.show(broken)
        return False
    return True


def wants_fragment() -> bool:
    """Whether htmx asked, for something other than restoring its history."""
    return bool(request.htmx) and not request.htmx.history_restore_request


def safe_cell(value: Any) -> Any:
    """A cell no spreadsheet will run as a formula (S07); numbers stay numbers."""
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return "'" + value
    return "" if value is None else value


def csv_lines(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """CSV text with BOM and `;`, a few rows at a time."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    buffer.write("\ufeff")
    writer.writerow(columns)
    for count, row in enumerate(rows, start=1):
        writer.writerow([safe_cell(value) for value in row])
        if count % 200 == 0:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()


def csv_response(file_name: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Response:
    response = Response(stream_with_context(csv_lines(columns, rows)), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return open_data(response)


def json_response(content: Any) -> Response:
    return open_data(Response(json.dumps(content, ensure_ascii=False, indent=1), mimetype="application/json"))


def open_data(response: Response) -> Response:
    """Open data may be read from any other site (S16)."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def not_modified(*parts: object) -> Response | None:
    """304 when the visitor already has this version of a public page; otherwise None.

    `parts` name the version: what changes when the page changes. The tag is weak because compression changes bytes.
    """
    version = "\0".join(str(part) for part in parts)  # hashed: a part may be what a visitor typed, quotes included
    tag = f"{current_app.extensions['minka.build']}-{hashlib.sha256(version.encode('utf-8', 'replace')).hexdigest()[:20]}"
    request.environ["minka.etag"] = tag
    if request.if_none_match.contains_weak(tag):
        return tagged(Response(status=304))
    return None


def tagged(response: Response) -> Response:
    """Give a public page the tag that `not_modified` computed, and let browsers ask again each time."""
    tag = request.environ.get("minka.etag")
    if tag:
        response.set_etag(tag, weak=True)
    response.headers["Cache-Control"] = "public, no-cache"
    return response


def pager(page: Page, href: Callable[[int], str]) -> dict[str, Any]:
    """What templates/components/pager.html draws; `href` gives the address of a page by its number."""
    near = {1, page.last, *range(page.number - 1, page.number + 2)}
    links: list[dict[str, Any]] = []
    for number in sorted(n for n in near if 1 <= n <= page.last):
        if links and number - links[-1]["number"] > 1:
            links.append({"number": 0, "href": ""})
        links.append({"number": number, "href": "" if number == page.number else href(number)})
    return {
        "number": page.number, "pages": page.last, "total": page.total, "first": page.first_row, "last": page.last_row,
        "previous_href": href(page.number - 1) if page.number > 1 else "",
        "next_href": href(page.number + 1) if page.number < page.last else "", "links": links,
    }  # fmt: skip
