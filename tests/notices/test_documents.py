"""The message, the text for the radio and the poster, made from the schedule."""

import re
import zlib
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask

from app.core import pdf
from app.core.db import db
from app.notices import documents, queries
from app.notices.documents.message import plain
from app.notices.documents.poster import as_pdf
from app.notices.rules import LONGEST_MESSAGE, LONGEST_RADIO, MOST_ON_A_POSTER, SHORTEST_RADIO, seconds_to_read
from app.notices.views.public import poster_context
from app.processes import queries as processes
from app.processes.models import Opportunity
from app.processes.rules.schedule import OpportunityKind
from tests.world import NOON, World

BEFORE = NOON - timedelta(days=15)  # 5 March: the workshop of the 10th is to come


@pytest.fixture
def here(app: Flask, world: World) -> Iterator[World]:
    with app.test_request_context():
        yield world
        db.session.rollback()


def _said(world: World, meetings: int = 1) -> queries.Announcement:
    first = db.session.get_one(Opportunity, world.opportunities["taller-ccorca"])
    for number in range(2, meetings + 1):
        db.session.add(
            Opportunity(
                process_id=world.process_id, slug=f"taller-{number}", kind=OpportunityKind.WORKSHOP, 
                title=f"Taller {number} de *escucha* con vecinas",
                starts_at=first.starts_at + timedelta(days=number), ends_at=first.ends_at + timedelta(days=number),
                place="Casa comunal de la comunidad campesina", ubigeo="080102", contact="984 123 456",
            )
        )  # fmt: skip
    db.session.flush()
    process = processes.public_process_by_slug(world.slug)
    assert process is not None
    return queries.announcement(process, BEFORE)


def test_the_message_says_what_when_where_and_how(here: World) -> None:
    text = documents.message(_said(here))
    assert "*Plan de prueba*" in text
    assert "• *Taller de Ccorca*: miércoles 10 de marzo, 10 de la mañana. Local comunal, Ccorca" in text
    assert "hasta el martes 30 de marzo" in text
    assert "http://localhost/procesos/plan-prueba/cronograma" in text
    assert "foro@example.pe" in text


@pytest.mark.parametrize("meetings", [1, 2, 5, 12, 40])
def test_the_message_is_whole_in_a_thousand_characters_however_many_meetings(here: World, meetings: int) -> None:
    text = documents.message(_said(here, meetings))
    assert len(text) <= LONGEST_MESSAGE
    shown = text.count("• ")
    assert shown >= 1
    if shown < meetings:
        assert f"y {meetings - shown} fecha" in text
    assert text.count("*") % 2 == 0


def test_asterisks_of_a_title_do_not_break_the_bold() -> None:
    assert plain("Taller *abierto* de _todos_\n`hoy`") == "Taller abierto de todos hoy"


@pytest.mark.parametrize("meetings", [1, 2, 3, 8, 40])
def test_the_radio_text_takes_thirty_to_forty_five_seconds_without_a_figure(here: World, meetings: int) -> None:
    text = documents.radio_script(_said(here, meetings))
    assert SHORTEST_RADIO <= seconds_to_read(text) <= LONGEST_RADIO
    assert not re.search(r"\d", text)
    assert "@" not in text


def test_the_radio_text_says_the_first_date_in_words(here: World) -> None:
    text = documents.radio_script(_said(here))
    assert "El miércoles diez de marzo, a las diez de la mañana: Taller de Ccorca. Lugar: Local comunal, Ccorca." in text
    assert "hasta el martes treinta de marzo" in text


def test_what_is_withdrawn_or_past_is_announced_nowhere(here: World) -> None:
    said = _said(here)
    workshop = db.session.get_one(Opportunity, here.opportunities["taller-ccorca"])
    workshop.is_withdrawn = True
    db.session.flush()
    withdrawn = queries.announcement(said.process, BEFORE)
    workshop.is_withdrawn = False
    db.session.flush()
    past = queries.announcement(said.process, NOON + timedelta(days=400))
    for announcement in (withdrawn, past):
        for text in (documents.message(announcement), documents.radio_script(announcement)):
            assert "Ccorca" not in text
        assert documents.poster(announcement).dates == []
    assert past.is_empty
    assert SHORTEST_RADIO <= seconds_to_read(documents.radio_script(past)) <= LONGEST_RADIO


def test_the_poster_holds_three_dates_and_says_how_many_more(here: World) -> None:
    poster = documents.poster(_said(here, 5))
    assert len(poster.dates) == MOST_ON_A_POSTER
    assert poster.more == 2
    assert poster.dates[0].day == "Miércoles 10 de marzo"
    assert poster.dates[0].hours == "10 de la mañana a 1 de la tarde"
    assert poster.notice_days == 21
    assert poster.qr.startswith("data:image/svg+xml")


def test_long_words_leave_fewer_dates_so_that_none_is_cut(here: World) -> None:
    said = _said(here, 3)
    for one in said.meetings:
        one.place = "Auditorio grande de la casa de la cultura del barrio alto, segunda cuadra de la calle larga"
        one.title = "Taller para conversar de agua, de caminos, de trámites y de todo lo que falta en la comunidad"
    crowded = documents.poster(said, "Llaqtamasikuna, rimanakuyman hamuychis. " * 5)
    assert 1 <= len(crowded.dates) < 3
    assert crowded.more == 3 - len(crowded.dates)


@pytest.mark.skipif(not pdf.is_available(), reason="falta Pango")
@pytest.mark.parametrize(("size", "width", "height"), [("a4", 595, 842), ("a3", 842, 1191)])
def test_the_pdf_is_one_page_of_its_size(app: Flask, here: World, size: str, width: int, height: int) -> None:
    _said(here, 5)
    process = processes.public_process_by_slug(here.slug)
    assert process is not None
    drawn = as_pdf(**poster_context(process, size))
    packed = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", drawn, re.DOTALL)
    opened = b"".join(zlib.decompress(part) for part in packed if part[:1] == b"\x78")
    boxes = re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)", opened)
    assert [(round(float(w)), round(float(h))) for w, h in boxes] == [(width, height)]
