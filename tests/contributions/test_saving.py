"""Going on later: what is typed is kept, found again by its link, and gone when it is sent or its time is over."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.contributions import cli, queries, services
from app.contributions.models import Contribution, SavedDraft
from app.contributions.rules.resembling import asked_stems, is_alike
from app.contributions.rules.saving import DRAFT_LASTS, MOST_DRAFTS, DraftProblem, kept, problems_with_mailing, problems_with_saving
from app.core.db import db
from app.core.text import stems
from app.notifications.models import Notification
from tests.browser import Browser
from tests.contributions.test_views import WORDS, typed
from tests.world import NOON, World

JSON = {"Accept": "application/json"}
KEY = "clave-de-prueba-000001"


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.core.clock.now", lambda: NOON)


@pytest.fixture
def session(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


def drafts(app: Flask) -> list[SavedDraft]:
    with app.app_context():
        return list(db.session.scalars(select(SavedDraft)))


def link_of(app: Flask) -> str:
    with app.app_context():
        return f"/borradores/{services.draft_token(KEY)}"


def test_only_known_fields_are_kept_and_none_without_limit() -> None:
    found = kept({"text": "a" * 50_000, "email": "  rosa@example.pe ", "csrf_token": "x", "title": " ", "speaker": "\x00"})
    assert found == {"text": "a" * 16_000, "email": "rosa@example.pe"}


@pytest.mark.parametrize(
    ("facts", "problem"),
    [
        ({"is_sent": True}, DraftProblem.SENT), ({"content": {}}, DraftProblem.EMPTY), ({"is_open": False}, DraftProblem.CLOSED),
        ({"others": MOST_DRAFTS}, DraftProblem.TOO_MANY), ({"is_open": False, "is_known": True}, None), ({}, None),
    ],
)  # fmt: skip
def test_why_a_draft_is_not_kept(facts: dict[str, object], problem: DraftProblem | None) -> None:
    given = {"content": {"text": "Algo"}, "is_sent": False, "is_known": False, "is_open": True, "others": 0} | facts
    assert [p.code for p in problems_with_saving(given.pop("content"), **given)] == ([problem] if problem else [])  # type: ignore[arg-type]


def test_nobody_has_letters_sent_to_others_by_the_dozen() -> None:
    assert not problems_with_mailing(2, 299)
    assert problems_with_mailing(3, 3) and problems_with_mailing(0, 300)


def test_a_script_keeps_the_form_as_it_is_typed_and_hears_where(app: Flask, browser: Browser, world: World) -> None:
    first = browser.post("contributions.save_draft", typed(text="Que la posta"), slug=world.slug, status=200, headers=JSON)
    assert first.response.json["link"] == link_of(app) and first.response.json["until"] == "domingo 4 de abril de 2027"
    browser.post("contributions.save_draft", typed(email="rosa@example.pe"), slug=world.slug, status=200, headers=JSON)
    (draft,) = drafts(app)
    assert (draft.content["text"], draft.content["email"]) == (WORDS, "rosa@example.pe")
    assert draft.token_hash not in first.response.json["link"]
    with app.app_context():
        assert db.session.scalar(select(func.count(Notification.id))) == 0, "typing sends no letters"


def test_without_a_script_a_button_leads_to_the_draft_with_everything_in_it(app: Flask, browser: Browser, world: World) -> None:
    sent = browser.post("contributions.save_draft", typed(title="Mi título", consent="nombre"), slug=world.slug)
    page = browser.get(sent.response.headers["Location"])
    assert page.response.headers["Cache-Control"] == "no-store" and "noindex" in page.response.headers["X-Robots-Tag"]
    assert page.soup.find("textarea", id="text").get_text().strip() == WORDS
    assert page.soup.find(id="speaker")["value"] == "Rosa Quispe Huamán"
    assert page.soup.find("input", attrs={"name": "consent", "value": "nombre"}).has_attr("checked")
    assert page.soup.find("option", value="agua").has_attr("selected")
    assert "todavía no se ha enviado" in page and "4 de abril de 2027" in page
    assert page.soup.find("input", attrs={"name": "submission_key"})["value"] == KEY


def test_the_link_goes_to_the_address_written_once(app: Flask, browser: Browser, world: World) -> None:
    for _turn in range(2):
        browser.post("contributions.save_draft", typed(email="Rosa@Example.pe"), slug=world.slug)
    with app.app_context():
        (letter,) = db.session.scalars(select(Notification)).all()
        assert letter.address == "rosa@example.pe" and letter.content["link"].endswith(link_of(app))
    assert "También se lo enviamos" in browser.get(link_of(app))


def test_the_fourth_letter_to_an_address_is_refused_and_nothing_typed_is_lost(app: Flask, browser: Browser, world: World) -> None:
    for turn in range(3):
        browser.post("contributions.save_draft", typed(submission_key=f"clave-de-prueba-{turn:06}", email="a@example.pe"), slug=world.slug)
    page = browser.post(
        "contributions.save_draft", typed(submission_key="clave-de-prueba-000009", email="a@example.pe"), slug=world.slug, status=422
    )
    assert "Ya se enviaron varios enlaces" in page
    assert page.soup.find("textarea", id="text").get_text().strip() == WORDS


def test_sending_it_deletes_the_draft_and_it_cannot_come_back(app: Flask, browser: Browser, world: World) -> None:
    browser.post("contributions.save_draft", typed(), slug=world.slug)
    browser.post("contributions.create", typed(), slug=world.slug)
    assert drafts(app) == []
    late = browser.post("contributions.save_draft", typed(), slug=world.slug, status=422, headers=JSON)
    assert "ya se envió" in late.response.json["error"]
    browser.get(link_of(app), status=404)


def test_its_author_deletes_it(app: Flask, browser: Browser, world: World) -> None:
    browser.post("contributions.save_draft", typed(), slug=world.slug)
    browser.post(f"{link_of(app)}/borrar")
    assert drafts(app) == []


def test_nothing_of_it_is_left_when_its_time_is_over(app: Flask, browser: Browser, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    browser.post("contributions.save_draft", typed(email="rosa@example.pe"), slug=world.slug)
    with app.app_context():
        assert cli.discard_expired_drafts(NOON + DRAFT_LASTS - timedelta(seconds=1)) == ""
    monkeypatch.setattr("app.core.clock.now", lambda: NOON + DRAFT_LASTS)
    browser.get(link_of(app), status=404)
    with app.app_context():
        assert "1" in cli.discard_expired_drafts(NOON + DRAFT_LASTS)
        db.session.commit()
    assert drafts(app) == []


def test_a_draft_is_read_after_closing_but_not_begun(app: Flask, browser: Browser, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.core.clock.now", lambda: NOON.replace(day=30))
    browser.post("contributions.save_draft", typed(), slug=world.slug)
    monkeypatch.setattr("app.core.clock.now", lambda: NOON.replace(month=4, day=5))
    assert "Ya no se reciben" in browser.get(link_of(app))
    browser.post("contributions.save_draft", typed(submission_key="otra-clave-de-prueba-01"), slug=world.slug, status=422)


def test_an_empty_form_is_not_kept(app: Flask, browser: Browser, world: World) -> None:
    page = browser.post("contributions.save_draft", typed(text="  "), slug=world.slug, status=422)
    assert "Escriba algo" in page and drafts(app) == []


def test_unknown_links_are_not_found(browser: Browser, world: World) -> None:
    browser.get("/borradores/no-existe", status=404)
    browser.get("/borradores/" + "a" * 300, status=404)


class TestWhatOthersSaid:
    LIKE = "Pido que la posta de Ccorca atienda los sábados en la mañana, no solo entre semana."

    def test_texts_that_share_their_telling_words_are_alike(self) -> None:
        mine, theirs, other = (frozenset(stems(t)) for t in (WORDS, self.LIKE, "Un puente sobre el río Huatanay, con veredas anchas."))
        assert is_alike(mine, theirs) > 0.5
        assert is_alike(mine, other) == 0
        assert asked_stems(frozenset(stems("Pido agua"))) == []

    def test_only_what_is_public_is_shown_and_it_stops_nobody(self, app: Flask, browser: Browser, world: World) -> None:
        browser.post("contributions.create", typed(submission_key="clave-de-prueba-000002", text=self.LIKE), slug=world.slug)
        assert browser.post("contributions.alike", typed(), slug=world.slug, status=200).html.strip() == ""
        with app.app_context():
            found = queries.contribution_by_code("PRB-C-0001")
            assert found is not None
            services.make_public(found, now=NOON)
            db.session.commit()
        fragment = browser.post("contributions.alike", typed(), slug=world.slug, status=200)
        link = fragment.soup.find("a", href="/aportes/PRB-C-0001")
        assert (link["target"], link["rel"]) == ("_blank", ["noopener"])
        page = browser.post("contributions.create", typed(parecidos="1"), slug=world.slug, status=200)
        assert "PRB-C-0001" in page and page.soup.find("textarea", id="text").get_text().strip() == WORDS
        browser.post("contributions.create", typed(), slug=world.slug)
        with app.app_context():
            assert db.session.scalar(select(func.count(Contribution.id))) == 2

    def test_words_of_another_process_are_not_shown(self, app: Flask, session: None, world: World) -> None:
        assert queries.public_alike(world.process_id + 1, self.LIKE) == []

    def test_anything_typed_is_compared_without_harm(self, session: None, world: World) -> None:
        for text in ("", '"" OR NEAR(', "'); DROP TABLE", "ñandú " * 4_000, "\x00\ud800 ¿?"):
            assert queries.public_alike(world.process_id, text) == []
