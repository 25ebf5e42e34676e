"""Every door says who may use it, and its address is one a person could read aloud."""

import re
from enum import StrEnum
from importlib import import_module

import pytest
from flask import Flask
from werkzeug.routing import Rule

from tests.house.source import ROOT, module_of, python_files, rooms

SEGMENT = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*(\.(json|csv|ics|atom|pdf|zip|xlsx|docx|txt|svg|webmanifest|x|py|pb))?")
ARGUMENT = re.compile(r"<(?:\w+(?:\([^)]*\))?:)?[a-z_]+>")
# docs: interfaces.md "Pages"; what is promised there may be added to, never taken away
PROMISED = (
    "/", "/procesos", "/procesos/<slug>", "/procesos/<slug>.json", "/procesos/<slug>/cronograma", "/procesos/<slug>/cronograma.ics",
    "/procesos/<slug>/cronograma.json", "/procesos/<slug>/cronograma/versiones/<n>", "/procesos/<slug>/actividades/<slug>",
    "/procesos/<slug>/aportes", "/procesos/<slug>/aportes.csv", "/procesos/<slug>/aportes.json", "/procesos/<slug>/respuestas",
    "/procesos/<slug>/respuestas.csv", "/procesos/<slug>/respuestas.json", "/procesos/<slug>/plan", "/aportes/<codigo>",
    "/aportes/<codigo>.json", "/aportes/<codigo>/respuesta", "/aportes/<codigo>/respuesta.json", "/registro", "/registro/prueba.zip",
    "/healthz",
)  # fmt: skip


def _shape(rule: str) -> str:
    return ARGUMENT.sub("<>", rule)


def _permissions() -> list[tuple[StrEnum, object]]:
    tables = [import_module(module_of(path)).GRANTS for path in rooms("permissions") if "GRANTS" in path.read_text()]
    return [(permission, rows) for grants in tables for permission, rows in grants.items()]


def test_every_route_declares_its_access(app: Flask) -> None:
    assert [name for name, view in app.view_functions.items() if not hasattr(view, "access")] == []


def test_a_guarded_route_asks_for_a_permission_that_its_table_grants(app: Flask) -> None:
    asked = [(name, view.access) for name, view in app.view_functions.items() if view.access.permission]
    assert [name for name, access in asked if not access.grants.get(access.permission)] == []


def test_writing_routes_do_not_hide_behind_a_reading_permission(app: Flask) -> None:
    """One function for GET and POST means one permission for both (reliability.md S21)."""
    both = [rule.endpoint for rule in app.url_map.iter_rules() if {"GET", "POST"} <= (rule.methods or set())]
    assert both == []


def test_every_permission_is_declared_and_granted_to_someone() -> None:
    granted = {permission for permission, _ in _permissions()}
    assert [permission for permission, rows in _permissions() if not rows] == []
    declared = [
        member
        for path in rooms("permissions")
        for value in vars(import_module(module_of(path))).values()
        if isinstance(value, type) and value.__name__.endswith("Permission")
        for member in value
    ]
    assert [member for member in declared if member not in granted] == []


def test_permissions_are_written_noun_verb() -> None:
    assert [str(p) for p, _ in _permissions() if not re.fullmatch(r"[a-z]+(-[a-z]+)*:[a-z]+(-[a-z]+)*", str(p))] == []


def test_every_permission_is_tried_by_people_in_a_test() -> None:
    written = [path.read_text() for path in python_files("tests") if path.parent.name != "house"]

    def is_tried(permission: StrEnum) -> bool:
        kind = type(permission).__name__
        return any(kind in text and re.search(rf"\b\w+\.{permission.name}\b", text) for text in written)

    assert [str(p) for p, _ in _permissions() if not is_tried(p)] == []


def _segments(rule: Rule) -> list[str]:
    return [part for part in ARGUMENT.sub("x", rule.rule).strip("/").split("/") if part]


def test_addresses_are_kebab_case_without_trailing_slash(app: Flask) -> None:
    rules = list(app.url_map.iter_rules())
    assert [r.rule for r in rules if any(not SEGMENT.fullmatch(part) for part in _segments(r))] == []
    assert [r.rule for r in rules if r.rule != "/" and r.rule.endswith("/")] == []


def test_numbers_in_addresses_are_typed(app: Flask) -> None:
    loose = re.compile(r"<(?:n|number|numero|id|\w+_id|page|year)>")
    assert [r.rule for r in app.url_map.iter_rules() if loose.search(r.rule)] == []


def test_staff_pages_live_on_the_desk_own_pages_in_the_account_and_public_pages_in_neither(app: Flask) -> None:
    misplaced = []
    for rule in app.url_map.iter_rules():
        is_guarded = app.view_functions[rule.endpoint].access.permission is not None
        if is_guarded != rule.rule.startswith(("/mesa", "/mi-cuenta")):
            misplaced.append(rule.rule)
    assert misplaced == []


def test_only_pages_of_the_account_open_before_the_second_step(app: Flask) -> None:
    early = {rule.rule for rule in app.url_map.iter_rules() if app.view_functions[rule.endpoint].access.before_second_factor}
    assert early
    assert [
        address for address in early if not address.startswith(("/mi-cuenta/segundo-paso", "/mi-cuenta/confirmar", "/mi-cuenta/llaves"))
    ] == []


@pytest.mark.parametrize("promise", PROMISED)
def test_a_promised_address_still_answers(app: Flask, promise: str) -> None:
    shapes = {_shape(rule.rule) for rule in app.url_map.iter_rules() if "GET" in (rule.methods or set())}
    assert _shape(promise) in shapes


def test_endpoint_names_are_english_words_of_their_package(app: Flask) -> None:
    odd = [name for name in app.view_functions if name != "healthz" and not re.fullmatch(r"[a-z]+\.[a-z][a-z_]*", name)]
    assert odd == []
    assert (ROOT / "app" / "factory.py").exists()
