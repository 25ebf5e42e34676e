"""From following a theme, or a territory, to the one letter of the week that a mail server received."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from flask import Flask

from app.contributions import services as contributions
from app.contributions.rules.terms import Visibility
from app.core.db import db
from app.follows.cli import take_news, tell_followers
from app.moderation import services as moderation
from app.moderation.rules import HidingReason
from app.notifications.cli import deliver_due
from app.processes import queries as processes
from app.processes.models import Process
from tests.browser import Browser
from tests.cast import MARCO
from tests.contributions.test_importing import check, csv_of, row
from tests.follows.test_services import _contribution
from tests.journeys.mailbox import Mailbox, plain
from tests.world import NOON, World

READER = "lectora@example.pe"
MONDAY = NOON + timedelta(days=(0 - NOON.weekday()) % 7 or 7)
"""The next Monday, at noon: five hours after the weekly letters leave (NOON is a Saturday)."""
OTHERS = "Que se arregle la pista de la calle Belén, que tiene huecos."


@pytest.fixture
def mailbox(app: Flask) -> Iterator[Mailbox]:
    office = Mailbox()
    office.open()
    app.config["MAIL_URL"] = f"smtp://127.0.0.1:{office.port}"
    yield office
    office.close()


def post(app: Flask, now: datetime) -> None:
    """A round of the worker."""
    with app.app_context():
        take_news(now)
        tell_followers(now)
        db.session.commit()
        deliver_due(lambda: now)


def follow(app: Flask, mailbox: Mailbox, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the form, without an account, and the yes from the letter."""
    monkeypatch.setattr("app.core.clock.now", lambda: NOON)
    reader = Browser(app)
    assert reader.client.post(address, data={"email": READER, "rhythm": "weekly"}).status_code == 303
    post(app, NOON)
    link = re.search(r"https?://[^/\s]+(/seguir/confirmar/\S+)", mailbox.words_to(READER, "confírmelo"))
    assert link is not None
    assert "ya lo sigue" in reader.client.post(link.group(1)).get_data(as_text=True)


def things_happen(app: Flask, world: World) -> tuple[str, str]:
    """Codes of what became public on the theme, in order of time: in a file, then online. Others are of other themes, held or hidden."""
    with app.app_context():
        process = db.session.get_one(Process, world.process_id)
        water = next(theme.name for theme in processes.themes(process.id) if theme.slug == "agua")
        file = csv_of(
            row(tema=water, ubigeo="080102", referencia_externa="A1"), row(texto=OTHERS, ubigeo="080101", referencia_externa="A2"),
            row(texto="Llámeme al 984 123 456 por la fuga.", tema=water, ubigeo="080102", referencia_externa="A3"),
        )  # fmt: skip
        at = NOON
        found = contributions.import_rows(check(process, file), process, activity=None, person_id=None, now=at)
        assert found.held == 1
        imported = found.codes[0]
        hidden, other, online = (
            _contribution(world, n, theme=t, ubigeo=u) for n, t, u in ((1, "agua", "080102"), (2, "obras", "080101"), (3, "agua", "080102"))
        )
        moderation.hide(hidden, HidingReason.PERSONAL_DATA, "Nombra a una niña.", moderator_id=world.id_of(MARCO), now=at)
        assert (online.visibility, other.visibility) == (Visibility.PUBLIC, Visibility.PUBLIC)
        db.session.commit()
        return imported, online.code


@pytest.mark.parametrize(
    ("address", "named", "narrowed"),
    [
        ("/seguir/procesos/plan-prueba/temas/agua", "Agua", "tema=agua"),
        ("/seguir/territorios/080102", "Ccorca", "territorio=080102"),
    ],
    ids=["theme", "territory"],
)  # fmt: skip
def test_one_weekly_letter_newest_first_nothing_twice_nothing_hidden(
    app: Flask, world: World, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch, address: str, named: str, narrowed: str
) -> None:
    follow(app, mailbox, address, monkeypatch)
    imported, online = things_happen(app, world)
    before = len(mailbox.kept)
    for hours in (2, 24, 42):
        post(app, NOON + timedelta(hours=hours))
    assert len(mailbox.kept) == before, "nothing before its day"
    for late in (timedelta(0), timedelta(minutes=11), timedelta(days=1)):
        post(app, MONDAY + late)
    letters = mailbox.kept[before:]
    assert len(letters) == 1, [plain(letter) for letter in letters]
    words = plain(letters[0])
    lines = [line for line in words.splitlines() if line.startswith("- ")]
    assert lines == [f"- Nuevo aporte: {online}, «Pozo número 3»", "- Se recibieron 3 aportes"], words
    assert "Entre ellos, lo que sigue:" in words and named in words
    assert words.count(online) == 2 and words.count("Nuevo aporte") == 1, "its line and its address, once each"
    for hidden in ("984 123 456", "Pozo número 1", "Pozo número 2", "Belén"):
        assert hidden not in words
    link = re.search(r"https?://[^/\s]+(/procesos/plan-prueba/aportes\?\S+)", words)
    assert link is not None and narrowed in link.group(1)
    page = Browser(app).client.get(link.group(1)).get_data(as_text=True)
    assert imported in page and online in page and OTHERS[:30] not in page
