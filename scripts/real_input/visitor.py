"""A person at a browser: opens pages, fills the forms it finds there, and stops with the page's own words when refused."""

from typing import Any

from bs4 import BeautifulSoup, Tag
from flask import Flask

FIELDS = ["input", "textarea", "select"]


class Refused(RuntimeError):
    """The site said no; the message is what it showed."""


class Visitor:
    def __init__(self, app: Flask, email: str, password: str) -> None:
        self.client = app.test_client()
        self.fill("/ingresar", "/ingresar", email=email, password=password)

    def open(self, address: str) -> BeautifulSoup:
        response = self.client.get(address)
        if response.status_code != 200:
            raise Refused(f"{address}: {response.status_code}")
        return BeautifulSoup(response.get_data(as_text=True), "html5lib")

    def has(self, page: str, field: str) -> bool:
        """Whether the page shows a field of that name."""
        return self.open(page).find(attrs={"name": field}) is not None

    def fill(self, page: str, action: str, *, tick: str = "", **fields: Any) -> None:
        """Send the form of `page` whose address ends in `action`, its own values kept unless given; `tick` names boxes to tick."""
        shown = self.open(page)
        form = next((f for f in shown.find_all("form") if (_path(f) or page).endswith(action)), None)
        if form is None:
            raise Refused(f"{page}: no form leads to {action}")
        values = _values([*form.find_all(FIELDS), *shown.find_all(FIELDS, attrs={"form": form.get("id") or "-"})], tick)
        values.update({name: [str(value)] for name, value in fields.items()})
        response = self.client.post(_path(form) or page, data=values, content_type="multipart/form-data")
        if response.status_code != 303:
            shown = BeautifulSoup(response.get_data(as_text=True), "html5lib")
            errors = shown.select_one(".error-summary") or shown.find("main")
            raise Refused(f"{action}: {response.status_code} {' '.join(errors.get_text(' ').split())[:600] if errors else ''}")


def _path(form: Tag) -> str:
    return str(form.get("action") or "").split("?")[0]


def _values(fields: list[Tag], tick: str) -> dict[str, list[str]]:
    values: dict[str, list[str]] = {}
    for field in fields:
        name = field.get("name")
        if not name or field.get("type") in ("submit", "button", "file"):
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
