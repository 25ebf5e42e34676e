"""Keys that are not one's own, or not for this question, open nothing. Real keys are made in tests/journeys."""

import json

import pytest

from app.accounts import services
from app.accounts.models import Passkey
from app.core.db import db
from tests.browser import Browser
from tests.cast import MATEO, ROSA
from tests.world import NOON

BROKEN = ["", "{}", "null", "[]", "x" * 9000, '{"id": "x", "rawId": "x", "type": "public-key", "response": {}}']


def test_what_is_not_a_key_is_refused_with_a_sentence(app, world):
    browser = Browser(app)
    for sent in BROKEN:
        page = browser.post("accounts.use_passkey", {"credential": sent}, status=422)
        assert page.soup.select(".error-summary")
    made = {"id": "AA", "rawId": "AA", "type": "public-key", "response": {
        "clientDataJSON": "e30", "authenticatorData": "AA", "signature": "AA"}}  # fmt: skip
    assert "no pudo comprobarse" in browser.post("accounts.use_passkey", {"credential": json.dumps(made)}, status=422)


def test_making_a_key_needs_the_answer_to_this_very_question(app, world, monkeypatch):
    rosa = Browser(app).sign_in(ROSA)
    rosa.get("accounts.passkey")
    for sent in BROKEN:
        rosa.post("accounts.add_passkey", {"credential": sent, "name": "Teléfono"}, status=422)
    with app.app_context():
        assert db.session.query(Passkey).count() == 0


def test_keys_belong_to_their_owner(app, world):
    with app.app_context():
        db.session.add(
            Passkey(handle="una-llave", person_id=world.id_of(ROSA), credential_id="x", public_key=b"x", name="T", created_at=NOON)
        )
        db.session.commit()
    Browser(app).sign_in(MATEO).post("accounts.remove_passkey", handle="una-llave", status=404)
    with app.app_context():
        assert db.session.query(Passkey).count() == 1


@pytest.mark.parametrize(
    ("address", "possible"), [("http://127.0.0.1:8000", False), ("https://participa.example.pe", True), ("http://localhost", True)]
)
def test_keys_need_a_site_with_a_name(app, world, monkeypatch, address, possible):
    monkeypatch.setitem(app.config, "SITE_URL", address)
    with app.app_context():
        assert services.are_possible() is possible
