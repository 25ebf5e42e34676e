"""T06: the register of the whole demo holds no personal data; and it is signed by itself as it grows."""

import json
import re
import tomllib
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts.models import Person
from app.audit import queries, rules
from app.audit.models import AuditEntry
from app.contributions.models import Authorship, Contribution
from app.core.db import db
from app.core.text import fold
from config import ROOT

MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")
PHONE = re.compile(r"(?<![\w.:+-])(?:\+?51[ -]?)?9\d{2}[ -]?\d{3}[ -]?\d{3}(?![\w-])")
DNI = re.compile(r"(?<![\w.:+-])\d{8}(?![\w.:-])")


@pytest.fixture
def bodies(app: Flask, demo: None) -> Iterator[list[str]]:
    with app.app_context():
        yield list(db.session.scalars(select(AuditEntry.body).order_by(AuditEntry.seq)))


def _values(content: object) -> Iterator[str]:
    """Every text of an entry, without hashes."""
    if isinstance(content, dict):
        for value in content.values():
            yield from _values(value)
    elif isinstance(content, list):
        for value in content:
            yield from _values(value)
    elif isinstance(content, str) and not re.fullmatch(r"[0-9a-f]{64}", content):
        yield content


def _names() -> set[str]:
    """Everybody the demo speaks of: accounts, authors, and whoever a content file calls by name."""
    found = set(db.session.scalars(select(Person.name)))
    found |= {name for name in db.session.scalars(select(Authorship.name)) if name}
    for path in (ROOT / "app" / "demo" / "content").rglob("*.toml"):
        found |= set(_called(tomllib.loads(path.read_text(encoding="utf-8"))))
    return {name for name in found if len(name.split()) > 1}


def _called(content: object) -> Iterator[str]:
    if isinstance(content, dict):
        for key, value in content.items():
            if key in {"speaker", "holder", "alternate", "person_name", "contact_name"} and isinstance(value, str):
                yield value
            yield from _called(value)
    elif isinstance(content, list):
        for value in content:
            yield from _called(value)


def _holds(text: str, name: str) -> bool:
    return f" {fold(name)} " in f" {' '.join(re.findall(r'[a-z]+', fold(text)))} "


def test_the_scan_would_see_a_name_a_number_and_an_address() -> None:
    assert _holds("Nombró a Rosa Quispe Huamán, titular", "Rosa Quispe Huamán")
    assert MAIL.search("a rosa@example.pe") and DNI.search("DNI 45678912.") is None or DNI.search("DNI 45678912 y")
    assert PHONE.search("llamar al 984 123 456")
    assert not DNI.search('"2026-11-21T15:00:00+00:00"')


def test_the_register_of_the_demo_holds_no_personal_data(bodies: list[str]) -> None:
    assert len(bodies) > 50
    names = _names()
    assert len(names) > 20
    addresses = {row for row in db.session.scalars(select(Person.email))}
    found = []
    for seq, body in enumerate(bodies, 1):
        for value in _values(json.loads(body)):
            found += [(seq, name) for name in names if _holds(value, name)]
            found += [(seq, hit.group(0)) for pattern in (MAIL, PHONE, DNI) for hit in pattern.finditer(value)]
            found += [(seq, address) for address in addresses if address in value]
    assert found == []


def test_no_text_of_a_contribution_is_in_the_register(bodies: list[str]) -> None:
    """Only its code: whoever is erased leaves nothing behind that a chain would keep for ever."""
    register = "\n".join(bodies)
    texts = [text for text in db.session.scalars(select(Contribution.text)) if len(text) > 60]
    assert len(texts) > 100
    assert [text[:80] for text in texts if json.dumps(text, ensure_ascii=False)[1:60] in register] == []


def test_the_demo_is_signed_by_itself_and_not_at_every_act(bodies: list[str]) -> None:
    stored = list(queries.checkpoints())
    assert 3 <= len(stored) <= len(bodies) / 4
    assert all(note for _, _, note in stored) and queries.first_unproved() is None
    assert rules.light(rules.concerns(queries.standing(), queries.newest_checkpoint().made_at)) is not rules.Light.RED  # type: ignore[union-attr]
