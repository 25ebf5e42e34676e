"""Paper, from the printing to the state that whoever holds the stub reads; the window and the telephone in the same series."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from app.contributions import services as contributions
from app.contributions.models import Contribution
from app.contributions.rules.terms import Channel
from app.core import pdf
from app.core.db import db
from app.notifications.models import Notification
from app.paper import queries, services
from app.paper.models import PaperSheet
from app.processes.models import Process
from tests.browser import Browser, ParsedPage
from tests.cast import INES, ROSA, SARA
from tests.contributions.test_races import Place, on_postgres, on_sqlite, place  # noqa: F401 - fixtures
from tests.letters.test_pdf import unpacked
from tests.world import NOON, World

WORDS = "Que la posta de Ccorca atienda también los sábados por la mañana."


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.core.clock.now", lambda: NOON)


@pytest.fixture
def clerk(app: Flask, browser: Browser, world: World) -> Browser:
    """Inés, with five sheets printed."""
    browser.sign_in(INES)
    browser.post("paper.print_sheets", {"count": "5"}, slug=world.slug)
    return browser


def typed(**changes: object) -> dict[str, object]:
    given = {
        "submission_key": "clave-de-hoja-0000001", "text": WORDS, "theme_slug": "agua", "ubigeo": "080102", "place": "", "language": "es",
        "speaker": "Rosa Quispe Huamán", "organisation": "", "sector": "", "consent": "iniciales", "email": "", "phone": "",
    }  # fmt: skip
    return given | changes


def sheets(app: Flask) -> list[PaperSheet]:
    with app.app_context():
        return list(db.session.scalars(select(PaperSheet).order_by(PaperSheet.number)))


def test_sheets_are_numbered_on_and_never_again(app: Flask, clerk: Browser, world: World) -> None:
    clerk.post("paper.print_sheets", {"count": "2"}, slug=world.slug)
    assert [(s.run, s.number) for s in sheets(app)] == [(1, 1), (1, 2), (1, 3), (1, 4), (1, 5), (2, 6), (2, 7)]
    clerk.post("paper.print_sheets", {"count": "101"}, slug=world.slug, status=422)
    clerk.post("paper.print_sheets", {"count": "x"}, slug=world.slug, status=422)
    page = clerk.get("paper.printed", slug=world.slug, run=1)
    assert len(page.soup.select(".paper")) == 5 and "PRB-H-0003" in page and "http://localhost/hojas/PRB-H-0003" in page
    assert len(page.soup.select("img[src^='data:image/svg+xml']")) == 10


def test_the_sheets_come_as_a_file_of_one_page_each(clerk: Browser, world: World) -> None:
    if not pdf.is_available():
        pytest.skip("No hay Pango")
    answer = clerk.client.get(f"/mesa/procesos/{world.slug}/hojas/impresion/1.pdf")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert len(re.findall(rb"/Type\s*/Page\b", unpacked(answer.data))) == 5


def test_keying_a_sheet_opens_the_next_and_tells_whoever_holds_the_stub(app: Flask, clerk: Browser, world: World) -> None:
    assert "Su hoja aún no se ha transcrito" in clerk.get("paper.state", code="PRB-H-0001")
    sent = clerk.post("paper.key_sheet", typed(unreadable=["name"], email="rosa@example.pe"), slug=world.slug, number=1)
    assert sent.response.headers["Location"].endswith("/hojas/2")
    page = Browser(app).get("paper.state", code="prb-h-0001")
    assert "PRB-P-0001" in page and WORDS not in page and "Rosa" not in page
    with app.app_context():
        said = db.session.scalars(select(Contribution)).one()
        assert (said.code, said.channel, said.public_name) == ("PRB-P-0001", Channel.PAPER, "R. Q. H.")
        assert db.session.scalars(select(Notification.kind)).all() == ["contributions.received"]
    sheet = clerk.get("paper.sheet", slug=world.slug, number=1)
    assert "El nombre".lower() in sheet and sheet.soup.find("a", string="Recibo para imprimir")
    answer = Browser(app).client.get("/aportes?codigo=prb-h-0001")
    assert answer.headers["Location"].endswith("/hojas/PRB-H-0001")


def test_the_stub_alone_follows_what_was_written_to_its_answer(app: Flask, clerk: Browser, world: World) -> None:
    """Nobody but whoever wrote it knows the words; the stub has only the code of the sheet."""
    printed = clerk.get("paper.printed", slug=world.slug, run=1).soup.select(".paper__stub")[2].get_text(" ", strip=True)
    assert "PRB-H-0003" in printed and "si su hoja ya se transcribió" in printed and "http://localhost/hojas/PRB-H-0003" in printed
    holder = Browser(app)

    def read() -> ParsedPage:
        """As anybody types it, in the box for codes."""
        led = holder.client.get("/aportes?codigo=prb-h-0003").headers["Location"]
        return holder.get(led)

    assert "talón" in holder.get("portal.find") and "no se ha transcrito" in read()
    clerk.post("paper.key_sheet", typed(text=f"{WORDS} Llámenme al 984 123 456."), slug=world.slug, number=3)
    assert "PRB-P-0001" in read() and "Una persona lo revisa" in read()
    with app.app_context():
        said = db.session.scalars(select(Contribution)).one()
        contributions.make_public(said, now=NOON)
        db.session.commit()
    assert "Espera respuesta" in read() and read().soup.find("a", href="/aportes/PRB-P-0001")
    with app.app_context():
        said = db.session.scalars(select(Contribution)).one()
        said.answered_at = NOON
        db.session.commit()
    assert "Ya tiene respuesta" in read() and read().soup.find("a", href="/aportes/PRB-P-0001/respuesta")
    with app.app_context():
        contributions.hide(db.session.scalars(select(Contribution)).one(), now=NOON)
        db.session.commit()
    assert "Ya no está a la vista" in read() and "Ya tiene respuesta" not in read()


def test_sheets_come_back_in_no_order_and_each_is_opened_by_its_number(clerk: Browser, world: World) -> None:
    address = f"/mesa/procesos/{world.slug}/hojas"
    for asked in ("4", "PRB-H-0004", " prb-h-4"):
        answer = clerk.client.get(address, query_string={"hoja": asked})
        assert answer.status_code == 303 and answer.headers["Location"].endswith(f"{address}/4")
    for asked in ("9", "OTRO-H-0004", "PRB-P-0004", "cuatro"):
        page = clerk.get("paper.desk", slug=world.slug, hoja=asked, status=404)
        assert f"No hay ninguna hoja {asked}" in page and page.soup.find(id="hoja")["value"] == asked


def test_a_keyed_sheet_is_not_keyed_again_and_nothing_typed_is_lost(app: Flask, clerk: Browser, world: World) -> None:
    clerk.post("paper.key_sheet", typed(), slug=world.slug, number=1)
    page = clerk.post("paper.key_sheet", typed(text="Otra cosa que dice el papel."), slug=world.slug, number=1, status=422)
    assert "PRB-P-0001" in page and page.soup.find("textarea", id="text").get_text().strip() == "Otra cosa que dice el papel."


def test_what_is_missing_is_said_with_the_words_kept(clerk: Browser, world: World) -> None:
    page = clerk.post("paper.key_sheet", typed(text="", speaker="Rosa", place="Narnia"), slug=world.slug, number=1, status=422)
    assert page.soup.find(id="speaker")["value"] == "Rosa" and page.soup.select_one(".error-summary")


def test_a_void_sheet_says_why_and_stays_void(clerk: Browser, world: World) -> None:
    clerk.post("paper.void_sheet", {"reason": "no"}, slug=world.slug, number=2, status=422)
    clerk.post("paper.void_sheet", {"reason": "Se mojó entera."}, slug=world.slug, number=2)
    assert "Se mojó entera." in clerk.get("paper.state", code="PRB-H-0002")
    clerk.post("paper.key_sheet", typed(), slug=world.slug, number=2, status=422)


def test_the_account_is_on_the_desk(clerk: Browser, world: World) -> None:
    clerk.post("paper.key_sheet", typed(), slug=world.slug, number=1)
    clerk.post("paper.void_sheet", {"reason": "Se mojó entera."}, slug=world.slug, number=2)
    assert "5 impresas = 1 registradas + 1 anuladas + 3 sin registrar" in clerk.get("paper.desk", slug=world.slug)


def test_the_second_look_is_by_somebody_else(app: Flask, clerk: Browser, world: World) -> None:
    clerk.post("paper.key_sheet", typed(), slug=world.slug, number=1)
    assert "otra persona" in clerk.post("paper.check_sheet", slug=world.slug, number=1, status=422)
    other = Browser(app).sign_in(SARA)
    assert "PRB-H-0001" in other.get("paper.desk", slug=world.slug)
    other.post("paper.check_sheet", slug=world.slug, number=1)
    assert "revisó contra el papel" in other.get("paper.sheet", slug=world.slug, number=1)


def test_window_and_telephone_share_the_series(app: Flask, clerk: Browser, world: World) -> None:
    clerk.post("paper.key_sheet", typed(), slug=world.slug, number=1)
    sent = clerk.post("paper.take", typed(channel="telefono", submission_key="clave-de-ventana-00001"), slug=world.slug)
    assert "PRB-P-0002" in clerk.get(sent.response.headers["Location"]), "the receipt, to print or dictate"
    clerk.post("paper.take", typed(channel="web", submission_key="clave-de-ventana-00002"), slug=world.slug, status=422)


def test_outsiders_key_nothing_and_unknown_stubs_are_not_found(app: Flask, clerk: Browser, world: World) -> None:
    rosa = Browser(app).sign_in(ROSA)
    rosa.get("paper.sheet", slug=world.slug, number=1, status=403)
    for code in ("PRB-H-9999", "PRB-H-", "X-H-0001", "PRB-P-0001", "PRB-H-١"):
        rosa.get(f"/hojas/{code}", status=404)


def test_one_that_waits_is_told_from_one_that_does_not_exist(app: Flask, browser: Browser, world: World) -> None:
    from tests.contributions.test_views import typed as online

    browser.post("contributions.create", online(), slug=world.slug)
    page = browser.get("/aportes?codigo=PRB-C-0001")
    assert "está en revisión" in page and "Ccorca" not in page
    browser.get("/aportes?codigo=PRB-C-0002", status=404)


def test_the_database_refuses_a_sheet_that_is_half_keyed(app: Flask, clerk: Browser, world: World) -> None:
    with app.app_context():
        row = db.session.scalars(select(PaperSheet)).first()
        assert row is not None
        row.state = "keyed"  # type: ignore[assignment]
        with pytest.raises(IntegrityError):
            db.session.flush()
        db.session.rollback()


def test_one_sheet_keyed_by_eight_at_once_is_one_contribution(place: Place) -> None:  # noqa: F811
    with place.app.app_context():
        process = db.session.get(Process, place.world.process_id)
        services.print_sheets(process, 1, person_id=place.world.id_of(INES), now=NOON)  # type: ignore[arg-type]
        db.session.commit()

    clerks = [Browser(place.app).sign_in(INES) for _ in range(8)]

    def key(turn: int) -> int:
        browser = clerks[turn]
        answer = browser.client.post(f"/mesa/procesos/{place.world.slug}/hojas/1", data=typed(text=f"{WORDS} Vez {turn}."))
        return answer.status_code

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(key, range(8))) == [303] + [422] * 7
    with place.app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Contribution)) == 1
        assert queries.tally(place.world.process_id).keyed == 1
