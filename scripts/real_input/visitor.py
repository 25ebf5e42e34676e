"""A person at a browser: opens pages, fills the forms it finds there, and stops with the page's own words when refused."""

import re
import time
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from bs4 import BeautifulSoup, Tag
from flask import Flask
from werkzeug.test import TestResponse

FIELDS = ["input", "textarea", "select"]
MULTIPART = "multipart/form-data"


class Refused(RuntimeError):
    """The site said no; the message is what it showed."""


@dataclass
class Meter:
    """What all visitors asked of the site together: requests, and the seconds the site took to answer them."""

    requests: int = 0
    seconds: float = 0.0


@dataclass(frozen=True)
class Reply:
    """What the site answered."""

    status: int
    where: str
    body: bytes

    @cached_property
    def soup(self) -> BeautifulSoup:
        return BeautifulSoup(self.body.decode(), "html.parser")

    def number(self, pattern: str) -> int:
        """The number that the text of the page says in a group of `pattern`; 0 when it says none."""
        found = re.search(pattern, " ".join(self.soup.get_text(" ").split()))
        return int(found.group(1)) if found else 0


class Visitor:
    def __init__(self, app: Flask, email: str, password: str, meter: Meter | None = None) -> None:
        self.client, self.meter = app.test_client(), meter or Meter()
        self.fill("/ingresar", "/ingresar", email=email, password=password)

    def get(self, address: str) -> Reply:
        """What lies at the address, a page or a file. Raises Refused when it is not shown."""
        reply = self._timed(lambda: self.client.get(address))
        if reply.status != 200:
            raise Refused(f"{address}: {reply.status}")
        return reply

    def open(self, address: str) -> BeautifulSoup:
        return self.get(address).soup

    def has(self, page: str, field: str) -> bool:
        """Whether the page shows a field of that name."""
        return self.open(page).find(attrs={"name": field}) is not None

    def fill(self, page: str, action: str, *, tick: str = "", **fields: Any) -> Reply:
        """Send the form of `page` whose address ends in `action`, and be led on. Raises Refused with the page's words otherwise."""
        reply = self.send(page, action, tick=tick, **fields)
        if reply.status != 303:
            errors = reply.soup.select_one(".error-summary") or reply.soup.find("main")
            raise Refused(f"{action}: {reply.status} {' '.join(errors.get_text(' ').split())[:600] if errors else ''}")
        return reply

    def send(self, page: str | Reply, action: str, *, tick: str = "", place: int = 0, **fields: Any) -> Reply:
        """Send a form as a browser would, its own values kept unless given; whatever comes back. `page` is an address, or the page read
        already; `tick` names boxes to tick; of several forms with that action, the one at `place`. A list is sent as so many values."""
        shown = page.soup if isinstance(page, Reply) else self.open(page)
        address = page.where if isinstance(page, Reply) else page
        forms = [form for form in shown.find_all("form") if (_path(form) or address.split("?")[0]).endswith(action)]
        if len(forms) <= place:
            raise Refused(f"{address}: no form leads to {action}")
        form = forms[place]
        values = _values([*form.find_all(FIELDS), *shown.find_all(FIELDS, attrs={"form": form.get("id") or "-"})], tick)
        values.update({name: value if isinstance(value, list) else [value] for name, value in fields.items()})
        kind = MULTIPART if form.get("enctype") == MULTIPART else "application/x-www-form-urlencoded"
        target = str(form.get("action") or address)
        return self._timed(lambda: self.client.post(target, data=values, content_type=kind))

    def _timed(self, ask: Any) -> Reply:
        began = time.perf_counter()
        response: TestResponse = ask()
        body = response.get_data()
        self.meter.seconds += time.perf_counter() - began
        self.meter.requests += 1
        where = response.headers.get("Location", "") or response.request.full_path.rstrip("?")
        response.close()
        return Reply(response.status_code, where, body)


def _path(form: Tag) -> str:
    return str(form.get("action") or "").split("?")[0]


def _values(fields: list[Tag], tick: str) -> dict[str, list[Any]]:
    values: dict[str, list[Any]] = {}
    for field in fields:
        name = field.get("name")
        if not name or field.has_attr("disabled") or field.get("type") in ("submit", "button", "file"):
            continue
        if field.name == "select":
            chosen = field.find("option", selected=True) or field.find("option")
            values.setdefault(name, []).append(str(chosen.get("value", "")) if chosen else "")
        elif field.name == "textarea":
            values.setdefault(name, []).append(field.get_text())
        elif field.get("type") in ("checkbox", "radio"):
            if field.has_attr("checked") or (tick and name == tick):
                values.setdefault(name, []).append(str(field.get("value", "on")))
        else:
            values.setdefault(name, []).append(str(field.get("value", "")))
    return values
