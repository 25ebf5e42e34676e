"""A receipt proves that a ballot is in the box, and nothing about what it says (reliability.md 6.2, B14)."""

from flask import Flask

from app.core.db import db
from app.scrutiny import queries
from app.voting import services as voting
from app.voting.rules import codes as letters
from tests.browser import Browser
from tests.factories.scrutiny import a_receipt, an_ended_vote, closed, neighbours
from tests.world import World


def test_a_receipt_proves_inclusion_and_nothing_about_the_choice(app: Flask, world: World, browser: Browser) -> None:
    where = {"slug": world.slug, "vote": "votacion"}
    with app.app_context():
        vote = an_ended_vote(world, neighbours())
        codes = [a_receipt(vote) for _ in range(25)]
        db.session.commit()
        db.session.remove()
    browser.get("scrutiny.receipts", status=404, **where)  # not while the box is open
    with app.app_context():
        found = queries.staff_vote(world.slug, "votacion")
        assert found is not None
        closed(found, world)
        db.session.remove()
    listed = browser.get("scrutiny.receipts_list", **where).html.split()
    assert listed == sorted(listed) and len(listed) == 60 + 25
    hashes = {voting.receipt_hash(code.replace("-", "")) for code in codes}
    assert hashes <= set(listed)
    for code in codes:
        page = browser.post("scrutiny.check_receipt", {"code": code.lower().replace("-", " ")}, status=200, **where)
        assert "está en la urna y se cuenta" in page
        assert not any(title in page for title in ("Ampliar la posta", "Puente peatonal", "Biblioteca", "Alumbrado"))
    assert "No hay una papeleta con esa constancia" in browser.post(
        "scrutiny.check_receipt", {"code": other(codes[0])}, status=200, **where
    )
    assert "no se puede leer" in browser.post("scrutiny.check_receipt", {"code": "hola"}, status=422, **where)


def other(code: str) -> str:
    """A well-formed code of nobody."""

    return letters.grouped(letters.written(b"\x01" * 16, letters.RECEIPT_LETTERS))
