"""The pages of letters, of the private links and of replies, as the people who use them see them."""

import csv
import json
import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.contributions import services as contributions
from app.contributions.models import Contribution
from app.core.db import db
from app.letters.models import Reply
from app.letters.rules.replies import ReplyKind
from app.notifications.models import Notification
from tests.browser import Browser
from tests.cast import ANA, DARIO, FELIX, INES, MARCO, MATEO, OLGA, ROSA, SARA, VERA
from tests.factories.letters import REASONS, answered, corrected, current, found, replied
from tests.feedback.answers import WHY, say
from tests.world import NOON, World

LONG_ANSWER = "Revisamos el convenio de 2019 y la obra es provincial: la respuesta se corrige esta semana."


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.core.clock.now", lambda: NOON)


@pytest.fixture
def story(app: Flask, world: World) -> dict[str, str]:
    """Codes: one answered by e-mail, one answered without e-mail, one that waits; and the private tokens of the first."""
    with app.app_context():
        mailed, paper, waiting = answered(world), answered(world, "papel", email=""), say(world, "espera")
        other = answered(world, "ajeno", email="mateo@example.pe")
        key = db.session.scalar(select(Contribution.submission_key).where(Contribution.id == mailed.id)) or ""
        made = {
            "mailed": mailed.code, "paper": paper.code, "waiting": waiting.code, "other": other.code,
            "receipt": contributions.receipt_token(key),
            "address": contributions.address_token(mailed.code, "rosa@example.pe", until=NOON + timedelta(days=1)),
            "letter": str(current(paper).id),
        }  # fmt: skip
        db.session.commit()
        db.session.remove()
    return made


def stored(app: Flask, what: object = Reply) -> int:
    with app.app_context():
        count = db.session.scalar(select(func.count()).select_from(what)) or 0
        db.session.remove()
    return count


# ------------------------------------------------------------------------------------------------- private pages


def test_a_receipt_shows_only_what_was_sent_with_it(browser: Browser, story: dict[str, str]) -> None:
    page = browser.get("letters.mine", token=story["receipt"])
    assert story["mailed"] in page and WHY.split(".")[0] in page
    assert story["waiting"] not in page and story["other"] not in page
    receipt = browser.get("contributions.receipt", token=story["receipt"])
    assert receipt.soup.find("a", href=f"/mis-aportes/{story['receipt']}")


def test_a_link_sent_to_an_address_shows_everything_under_it(browser: Browser, story: dict[str, str]) -> None:
    page = browser.get("letters.mine", token=story["address"])
    assert story["mailed"] in page and story["waiting"] in page
    assert story["other"] not in page and story["paper"] not in page


def test_an_account_shows_what_is_under_its_email_and_asks_to_sign_in_first(browser: Browser, story: dict[str, str]) -> None:
    browser.get("letters.mine", token="cuenta", status=303)
    page = browser.sign_in(MATEO).get("letters.mine", token="cuenta")
    assert story["other"] in page and story["mailed"] not in page


def test_private_pages_are_kept_by_nobody(browser: Browser, story: dict[str, str]) -> None:
    for address in (f"/mis-aportes/{story['receipt']}", "/mis-aportes", f"/mis-aportes/{story['address']}/{story['mailed']}/replica"):
        response = browser.get(address).response
        assert response.headers["Cache-Control"] == "no-store"
        assert response.headers["X-Robots-Tag"] == "noindex"
        assert response.headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("token", ["nada", "x" * 400, "PRB-C-0001.fff.mal", "..", "cuenta.x"])
def test_an_invented_link_opens_nothing(browser: Browser, story: dict[str, str], token: str) -> None:
    browser.get("letters.mine", token=token, status=404)
    browser.get("letters.reply_form", token=token, code=story["mailed"], status=404)


def test_a_link_opens_no_form_for_what_is_not_under_it(browser: Browser, story: dict[str, str]) -> None:
    browser.get("letters.reply_form", token=story["address"], code=story["other"], status=404)
    browser.get("letters.reply_form", token=story["receipt"], code=story["waiting"], status=404)
    browser.post("letters.reply", {"kind": "accept"}, token=story["receipt"], code=story["other"], status=404)


def test_whoever_asks_for_a_link_learns_nothing(app: Flask, browser: Browser, story: dict[str, str]) -> None:
    known = browser.post("letters.request_link", {"email": "rosa@example.pe"}, status=200)
    unknown = browser.post("letters.request_link", {"email": "nadie@example.pe"}, status=200)
    bare = lambda page: re.sub(r'value="[^"]*"', "", page.html)  # noqa: E731 - but for the token against forgery
    assert bare(known) == bare(unknown)
    with app.app_context():
        (letter,) = db.session.scalars(select(Notification).where(Notification.kind == "letters.mine")).all()
        link = letter.content["link"].removeprefix("http://localhost")
        db.session.remove()
    assert story["waiting"] in browser.get(link)


def test_a_wrong_address_is_said_and_the_form_comes_back(browser: Browser, story: dict[str, str]) -> None:
    page = browser.post("letters.request_link", {"email": "rosa arroba correo"}, status=422)
    assert "Escriba su correo completo" in page
    assert page.soup.find("input", id="email")["value"] == "rosa arroba correo"


# ------------------------------------------------------------------------------------------------- the author replies


def test_the_author_disagrees_and_sees_it_wait(app: Flask, browser: Browser, story: dict[str, str]) -> None:
    form = browser.get("letters.reply_form", token=story["receipt"], code=story["mailed"])
    assert "Puede hacerlo hasta el" in form
    page = browser.post(
        "letters.reply", {"kind": "disagree", "text": REASONS}, token=story["receipt"], code=story["mailed"], status=200, follow=True
    )
    assert REASONS in page and "Espera respuesta del foro" in page and "Recibimos su réplica" in page
    assert not page.soup.find("a", href=re.compile("replica$"))
    public = browser.get("letters.replies", code=story["mailed"])
    assert REASONS not in public and "Una persona la revisa" in public
    assert "Réplica 1: No está de acuerdo" in public


def test_what_is_missing_is_said_and_what_was_typed_stays(app: Flask, browser: Browser, story: dict[str, str]) -> None:
    page = browser.post("letters.reply", {"kind": "clarify", "text": "¿Qué?"}, token=story["receipt"], code=story["mailed"], status=422)
    assert "con 20 letras o más" in page and page.soup.find("textarea").get_text().strip() == "¿Qué?"
    assert page.soup.find("input", value="clarify").has_attr("checked")
    page = browser.post("letters.reply", {"text": "Tengo razones de sobra."}, token=story["receipt"], code=story["mailed"], status=422)
    assert "Marque si acepta" in page
    page = browser.post("letters.reply", {"kind": "otra"}, token=story["receipt"], code=story["mailed"], status=422)
    assert stored(app) == 0


def test_a_second_click_stores_nothing_more(app: Flask, browser: Browser, story: dict[str, str]) -> None:
    for _ in range(2):
        browser.post("letters.reply", {"kind": "disagree", "text": REASONS}, token=story["receipt"], code=story["mailed"])
    assert stored(app) == 1


def test_after_the_window_the_page_says_until_when_and_where_to_write(
    app: Flask, browser: Browser, story: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.core.clock.now", lambda: NOON + timedelta(days=40))
    mine = browser.get("letters.mine", token=story["receipt"])
    assert "Se podía replicar hasta el" in mine and "foro@example.pe" in mine
    form = browser.get("letters.reply_form", token=story["receipt"], code=story["mailed"])
    assert "Se podía replicar hasta el" in form and not form.soup.find("textarea")
    page = browser.post("letters.reply", {"kind": "accept"}, token=story["receipt"], code=story["mailed"], status=422)
    assert "Ahora escriba a foro@example.pe" in page
    assert stored(app) == 0


# ------------------------------------------------------------------------------------------------- the desk of letters


def test_the_list_counts_filters_and_prints_in_a_pile(browser: Browser, story: dict[str, str], world: World) -> None:
    browser.sign_in(SARA)
    page = browser.get("letters.deliveries", slug=world.slug)
    assert story["paper"] in page and story["mailed"] in page
    narrowed = browser.get(f"/mesa/procesos/{world.slug}/cartas?estado=por-imprimir")
    assert story["paper"] in narrowed and story["mailed"] not in narrowed
    browser.get(f"/mesa/procesos/{world.slug}/cartas?estado=tonteria&pagina=x")
    pile = browser.post("letters.print_letters", {"chosen": [story["letter"]]}, slug=world.slug, status=200, follow=True)
    assert "Rosa Quispe Huamán" in pile and story["paper"] in pile and "Cartas por entregar, lote 1" in pile
    printed = browser.get(f"/mesa/procesos/{world.slug}/cartas?estado=impresas")
    assert story["paper"] in printed


def test_all_that_need_paper_go_with_one_click(browser: Browser, story: dict[str, str], world: World) -> None:
    browser.sign_in(INES)
    browser.post("letters.print_letters", {"all": "si"}, slug=world.slug)
    assert "Todavía" not in browser.get(f"/mesa/procesos/{world.slug}/cartas?estado=impresas")
    nothing = browser.post("letters.print_letters", {"all": "si"}, slug=world.slug, status=422)
    assert "Marque al menos una carta" in nothing


def test_handing_over_is_written_down_with_day_and_person(browser: Browser, story: dict[str, str]) -> None:
    browser.sign_in(INES)
    page = browser.post("letters.record", {"step": "handed-over", "on": "2027-03-20", "note": ""}, code=story["paper"], status=422)
    assert "Escriba una nota" in page
    page = browser.post(
        "letters.record",
        {"step": "handed-over", "on": "2027-03-20", "note": "A su hermana Ana"},
        code=story["paper"],
        status=200,
        follow=True,
    )
    assert "Entregada" in page and "A su hermana Ana" in page and INES.name in page


@pytest.mark.parametrize("person", [ROSA, MARCO, ANA, FELIX, VERA, DARIO, OLGA])
def test_letters_with_names_are_for_who_delivers_them(browser: Browser, story: dict[str, str], world: World, person) -> None:
    browser.sign_in(person)
    for endpoint in ("letters.letter", "letters.letter_sheet", "letters.letter_pdf"):
        browser.get(endpoint, code=story["paper"], status=403)
    browser.get("letters.deliveries", slug=world.slug, status=403)


def test_there_is_no_letter_before_there_is_an_answer(browser: Browser, story: dict[str, str]) -> None:
    browser.sign_in(SARA).get("letters.letter", code=story["waiting"], status=404)
    browser.get("letters.answer_sheet", code=story["waiting"], status=404)
    browser.get("letters.answer_pdf", code=story["waiting"], status=404)


# ------------------------------------------------------------------------------------------------- the desk of replies


@pytest.fixture
def open_reply(app: Flask, world: World, story: dict[str, str]) -> dict[str, object]:
    with app.app_context():
        replied(found(story["mailed"]))
        db.session.commit()
        db.session.remove()
    return {"code": story["mailed"], "number": 1}


def test_open_replies_stand_on_the_desk_oldest_first(browser: Browser, world: World, open_reply, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.core.clock.now", lambda: NOON + timedelta(days=4))
    page = browser.sign_in(FELIX).get("letters.desk_replies", slug=world.slug)
    assert "Espera hace 4 días" in page and open_reply["code"] in page
    assert open_reply["code"] not in browser.get(f"/mesa/procesos/{world.slug}/replicas?estado=contestadas")
    assert open_reply["code"] in browser.get(f"/mesa/procesos/{world.slug}/replicas?estado=todas")


def test_the_forum_answers_and_everybody_reads_it(app: Flask, browser: Browser, open_reply) -> None:
    browser.sign_in(MARCO).post("letters.publish_reply", **open_reply)
    browser.sign_out().sign_in(FELIX)
    page = browser.post("letters.settle_reply", {"outcome": "answered", "text": "Corto."}, **open_reply, status=422)
    assert "con 40 letras o más" in page
    browser.post("letters.settle_reply", {"outcome": "answered", "text": LONG_ANSWER}, **open_reply)
    late = browser.post("letters.settle_reply", {"outcome": "noted", "text": LONG_ANSWER}, **open_reply, status=422)
    assert "ya se cerró" in late
    browser.sign_out()
    page = browser.get("letters.replies", code=open_reply["code"])
    assert REASONS in page and LONG_ANSWER in page and "Foro, por la sociedad civil" in page
    assert ROSA.name not in page and FELIX.name not in page
    data = json.loads(browser.get("letters.replies_json", code=open_reply["code"]).html)
    (row,) = data["replicas"]
    assert (row["tipo"], row["estado"], row["texto"]) == ("disagree", "answered", REASONS)
    assert row["resultado"]["texto"] == LONG_ANSWER and row["que_cambio"] == []


def test_what_changed_because_of_a_reply_is_shown(app: Flask, browser: Browser, world: World, open_reply) -> None:
    new = WHY + " Gracias por avisar del convenio."
    with app.app_context():
        corrected(world, found(open_reply["code"]), new)
        db.session.commit()
        db.session.remove()
    browser.sign_in(SARA)
    refused = browser.post("letters.link_change", {"version": "1"}, **open_reply, status=422)
    assert "Elija una versión" in refused
    browser.post("letters.link_change", {"version": "2"}, **open_reply)
    page = browser.get("letters.replies", code=open_reply["code"])
    assert "Qué cambió por esta réplica" in page and "Gracias por avisar del convenio." in page
    (row,) = json.loads(browser.get("letters.replies_json", code=open_reply["code"]).html)["replicas"]
    assert [change["version"] for change in row["que_cambio"]] == [2]


def test_only_moderation_hides_and_says_why(browser: Browser, open_reply) -> None:
    browser.sign_in(SARA).post("letters.hide_reply", {"reason": "No me gusta lo que dice."}, **open_reply, status=403)
    browser.sign_out().sign_in(MARCO)
    assert "Diga por qué se oculta" in browser.post("letters.hide_reply", {"reason": "ja"}, **open_reply, status=422)
    browser.post("letters.hide_reply", {"reason": "Nombra a una vecina y la insulta."}, **open_reply)
    assert "Moderación ocultó su texto" in browser.sign_out().get("letters.replies", code=open_reply["code"])


@pytest.mark.parametrize(
    ("person", "read", "settle"),
    [(ROSA, 403, 403), (VERA, 200, 403), (DARIO, 403, 403), (OLGA, 403, 403), (MARCO, 200, 403), (ANA, 200, 303)],
)
def test_who_reads_and_who_closes(browser: Browser, open_reply, person, read: int, settle: int) -> None:
    browser.sign_in(person).get("letters.desk_reply", **open_reply, status=read)
    browser.post("letters.settle_reply", {"outcome": "answered", "text": LONG_ANSWER}, **open_reply, status=settle)


def test_a_reply_on_paper_is_written_down_in_the_authors_name(app: Flask, browser: Browser, world: World, story: dict[str, str]) -> None:
    browser.sign_in(INES)
    given = {"code": story["paper"].lower(), "channel": "papel", "given_on": "2027-03-20", "kind": "disagree", "text": REASONS}
    page = browser.post("letters.record_reply", {**given, "code": "PRB-C-9999"}, slug=world.slug, status=422)
    assert "No hay un aporte con el código PRB-C-9999" in page and REASONS in page.html
    page = browser.post("letters.record_reply", {**given, "channel": "taller", "given_on": "2027-04-20"}, slug=world.slug, status=422)
    assert "Elija cómo llegó" in page and "Ese día todavía no llega" in page
    page = browser.post("letters.record_reply", given, slug=world.slug, status=200, follow=True)
    assert "En papel" in page and REASONS in page
    assert REASONS in browser.sign_out().get("letters.replies", code=story["paper"])


def test_hidden_contributions_keep_their_replies_and_lose_their_words(
    app: Flask, browser: Browser, world: World, story: dict[str, str]
) -> None:
    with app.app_context():
        contribution = found(story["paper"])
        replied(contribution, ReplyKind.ACCEPT)
        contributions.hide(contribution, now=NOON)
        db.session.commit()
        db.session.remove()
    for address in (f"/aportes/{story['paper']}/replicas", f"/aportes/{story['paper']}/respuesta/imprimir"):
        page = browser.get(address)
        assert "Monitores del desagüe" not in page and "elegidos por la comunidad" not in page


# ------------------------------------------------------------------------------------------------- the pages that lead here


def test_the_answer_its_data_its_story_and_the_matrix_count_the_replies(browser: Browser, world: World, open_reply) -> None:
    code = open_reply["code"]
    page = browser.get("feedback.show", code=code)
    assert page.soup.find("a", href=f"/aportes/{code}/replicas") and "1 espera al foro" in page
    assert page.soup.find("a", href=f"/aportes/{code}/respuesta.pdf")
    data = json.loads(browser.get("feedback.show_json", code=code).html)
    assert (data["replicas"]["recibidas"], data["replicas"]["abiertas"]) == (1, 1)
    story = browser.get("portal.contribution", code=code)
    assert "Réplica 1: no está de acuerdo" in story and "En réplica: espera respuesta del foro." in story
    assert REASONS not in story
    lines = browser.get("feedback.index_csv", slug=world.slug).html.lstrip("\ufeff").splitlines()
    columns = lines[0].split(";")
    rows = {row[0]: row for row in csv.reader(lines[1:], delimiter=";")}
    place = columns.index("replicas")
    assert rows[code][place] == "1" and rows[code][place - 1] == "2027-03-30"


def test_what_awaits_stands_on_the_desk(browser: Browser, world: World, story: dict[str, str], open_reply) -> None:
    desk = browser.sign_in(SARA).get("desk.index")
    assert "1 réplica espera al foro" in desk and "1 carta por imprimir" in desk
    assert "1 réplica por revisar antes de mostrarla" in browser.sign_out().sign_in(MARCO).get("desk.index")
    entity = browser.sign_out().sign_in(ANA).get("desk.index")
    assert "Réplicas a las respuestas" in entity and "Cartas de respuesta" not in entity
