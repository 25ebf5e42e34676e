"""Photos and audio: taken while it waits, seen by nobody else before a moderator, typed by a person, confirmed by the author."""

import io

import pytest
from flask import Flask
from sqlalchemy import select

from app.contributions import queries, services
from app.contributions.models import Contribution
from app.contributions.rules.media import (
    LARGEST_AUDIO,
    VOICE_TEXT,
    Incoming,
    MediaProblem,
    Medium,
    joined,
    problems_with_confirming,
    problems_with_file,
    problems_with_typing,
)
from app.contributions.rules.terms import Visibility
from app.core.db import db
from app.evidence import queries as evidence
from app.notifications.models import Notification
from tests.browser import Browser
from tests.cast import ANA, INES, MARCO, ROSA
from tests.contributions.test_views import WORDS, typed
from tests.factories.files import picture
from tests.world import NOON, World

VOICE = b"OggS\x00\x02" + bytes(22) + b"\x01\x13OpusHead\x01\x01" + bytes(300)
HEARD = "Que la carretera a Ccorca tenga cunetas, porque con la lluvia se corta."


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.core.clock.now", lambda: NOON)


@pytest.mark.parametrize(
    ("file", "facts", "problem"),
    [
        (Incoming(Medium.PHOTO, "jpg", 10), {}, None),
        (Incoming(Medium.PHOTO, "jpg", 10), {"visibility": Visibility.PUBLIC}, MediaProblem.LATE),
        (Incoming(Medium.PHOTO, "pdf", 10), {}, MediaProblem.NOT_A_PHOTO),
        (Incoming(Medium.AUDIO, "jpg", 10), {}, MediaProblem.NOT_AN_AUDIO),
        (Incoming(Medium.AUDIO, "ogg", LARGEST_AUDIO + 1), {}, MediaProblem.TOO_HEAVY),
        (Incoming(Medium.AUDIO, "ogg", 10, 189.0), {}, None),
        (Incoming(Medium.AUDIO, "ogg", 10, 191.0), {}, MediaProblem.TOO_LONG),
        (Incoming(Medium.AUDIO, "ogg", 10, None), {}, None),
        (Incoming(Medium.PHOTO, "png", 10), {"photos": 3}, MediaProblem.TOO_MANY_PHOTOS),
        (Incoming(Medium.AUDIO, "webm", 10), {"audios": 1}, MediaProblem.TOO_MANY_AUDIOS),
    ],
)
def test_which_files_are_taken(file: Incoming, facts: dict[str, object], problem: MediaProblem | None) -> None:
    given = {"visibility": Visibility.HELD, "photos": 0, "audios": 0} | facts
    assert [p.code for p in problems_with_file(file, **given)] == ([problem] if problem else [])  # type: ignore[arg-type]


def test_what_may_be_typed_and_confirmed() -> None:
    held = {"visibility": Visibility.HELD, "is_confirmed": False}
    assert [p.code for p in problems_with_typing(HEARD, has_audio=False, **held)] == [MediaProblem.NO_AUDIO]
    assert [p.code for p in problems_with_typing("corto", has_audio=True, **held)] == [MediaProblem.TEXT_SHORT]
    assert not problems_with_typing(HEARD, has_audio=True, **held)
    assert [p.code for p in problems_with_confirming("", **held)] == [MediaProblem.NOT_TYPED]
    assert [p.code for p in problems_with_confirming(HEARD, visibility=Visibility.HELD, is_confirmed=True)] == [MediaProblem.CONFIRMED]
    assert joined(WORDS, HEARD, is_whole=True) == HEARD and joined(WORDS, HEARD, is_whole=False).startswith(f"{WORDS}\n\nDel audio: ")


def file(name: str, content: bytes) -> tuple[io.BytesIO, str]:
    return io.BytesIO(content), name


def sent(browser: Browser, world: World, **changes: str) -> str:
    """The token of the receipt of what was sent."""
    answer = browser.post("contributions.create", typed(**changes), slug=world.slug)
    return answer.response.headers["Location"].split("/")[2]


def only(app: Flask) -> Contribution:
    return db.session.scalars(select(Contribution)).one()


def test_a_photo_waits_with_its_contribution_and_loses_where_it_was_taken(app: Flask, browser: Browser, world: World) -> None:
    token = sent(browser, world)
    browser.post("contributions.add_media", {"photo": file("casa de Rosa.jpg", picture(place=True))}, token=token)
    with app.app_context():
        (photo,) = queries.media_of(only(app).id)
        stored, key = evidence.content(photo), photo.key
        assert b"Rosa" not in stored and b"Telefono" not in stored and "Rosa" not in photo.file_name + photo.title
        assert not photo.is_public
    public = app.test_client()
    assert public.get(f"/documentos/{key}").status_code == 303, "restricted: to the desk"
    assert browser.client.get(f"/recibos/{token}/archivos/{key}").status_code == 200, "its author sees it"
    with app.app_context():
        services.make_public(only(app), now=NOON)
        db.session.commit()
    assert public.get(f"/documentos/{key}").status_code == 200
    assert "Foto 1" in browser.get("portal.contribution", code="PRB-C-0001")
    with app.app_context():
        services.hide(only(app), now=NOON)
        db.session.commit()
    assert public.get(f"/documentos/{key}").status_code == 303, "hidden with its contribution"


def test_what_is_inside_is_looked_at_and_the_refusal_is_a_sentence(browser: Browser, world: World) -> None:
    token = sent(browser, world)
    for data in (
        {"photo": file("a.jpg", b"GIF89a<script>")},
        {"photo": file("a.svg", b"<svg/>")},
        {"audio": file("a.mp3", b"RIFF" * 90)},
        {},
    ):
        page = browser.post("contributions.add_media", data, token=token, status=422)
        assert page.soup.select_one(".error-summary li")


def test_its_author_takes_a_file_back_while_it_waits(app: Flask, browser: Browser, world: World) -> None:
    token = sent(browser, world)
    browser.post("contributions.add_media", {"photo": file("a.jpg", picture())}, token=token)
    with app.app_context():
        key = queries.media_of(only(app).id)[0].key
    browser.post("contributions.take_media_back", token=token, key=key)
    with app.app_context():
        assert queries.media_of(only(app).id) == []
        services.make_public(only(app), now=NOON)
        db.session.commit()
    assert app.test_client().get(f"/documentos/{key}").status_code == 404
    browser.post("contributions.add_media", {"photo": file("a.jpg", picture())}, token=token, status=422)


def test_a_link_opens_only_its_own_files(app: Flask, browser: Browser, world: World) -> None:
    mine, other = sent(browser, world), sent(browser, world, submission_key="clave-de-prueba-000002", text=HEARD)
    browser.post("contributions.add_media", {"photo": file("a.jpg", picture())}, token=mine)
    with app.app_context():
        key = queries.media_of(db.session.scalars(select(Contribution).order_by(Contribution.id)).first().id)[0].key  # type: ignore[union-attr]
    assert browser.client.get(f"/recibos/{other}/archivos/{key}").status_code == 404


def test_a_voice_is_typed_by_a_person_and_public_only_when_its_author_confirms(app: Flask, browser: Browser, world: World) -> None:
    token = sent(browser, world, text="", by_voice="y", email="rosa@example.pe")
    browser.post("contributions.add_media", {"audio": file("voz.ogg", VOICE)}, token=token)
    team = Browser(app).sign_in(INES)
    assert "PRB-C-0001" in team.get("contributions.voices", slug=world.slug)
    judge = Browser(app).sign_in(MARCO)
    assert "no confirma" in judge.post("moderation.publish", {}, slug=world.slug, code="PRB-C-0001", status=422)
    team.post("contributions.type_voice", {"text": "Que la carretera tenga cunas."}, code="PRB-C-0001")
    browser.post("contributions.settle_voice", {"objection": "Dije cunetas, no cunas."}, token=token)
    assert "Dije cunetas" in team.get("contributions.media_desk", code="PRB-C-0001")
    team.post("contributions.type_voice", {"text": HEARD}, code="PRB-C-0001")
    assert HEARD in browser.get("contributions.media", token=token)
    browser.post("contributions.settle_voice", {}, token=token)
    judge.post("moderation.publish", {}, slug=world.slug, code="PRB-C-0001")
    page = browser.get("portal.contribution", code="PRB-C-0001")
    assert HEARD in page and VOICE_TEXT not in page
    assert page.soup.find("audio") is None, "nobody agreed that the voice be public"
    team.post("contributions.type_voice", {"text": WORDS}, code="PRB-C-0001", status=422)
    with app.app_context():
        letters = db.session.scalars(select(Notification.kind).order_by(Notification.id)).all()
        assert letters == ["contributions.received", "contributions.typed", "contributions.typed"] or len(set(letters)) == 2


def test_a_voice_is_heard_by_everybody_when_its_author_agrees(app: Flask, browser: Browser, world: World) -> None:
    token = sent(browser, world)
    browser.post("contributions.add_media", {"audio": file("voz.ogg", VOICE), "is_for_public": "y"}, token=token)
    with app.app_context():
        services.make_public(only(app), now=NOON)
        db.session.commit()
    assert browser.get("portal.contribution", code="PRB-C-0001").soup.find("audio")["src"].startswith("/documentos/")


def test_who_writes_after_all_need_not_be_heard(app: Flask, browser: Browser, world: World) -> None:
    token = sent(browser, world, text="", by_voice="y")
    browser.post("contributions.change_words", {"text": WORDS, "language": "es"}, token=token)
    with app.app_context():
        assert queries.awaiting_voice([only(app).id]) == set()


def test_without_words_or_voice_nothing_is_received(browser: Browser, world: World) -> None:
    page = browser.post("contributions.create", typed(text="", by_voice="y", consent=""), slug=world.slug, status=422)
    assert page.soup.find("textarea", id="text").get_text().strip() == "", "what stands in for the voice is never shown as typed"
    browser.post("contributions.create", typed(text=""), slug=world.slug, status=422)


@pytest.mark.parametrize(("person", "status"), [(INES, 200), (MARCO, 200), (ANA, 403), (ROSA, 403)])
def test_only_who_facilitates_or_moderates_hears_what_waits(
    app: Flask, browser: Browser, world: World, person: object, status: int
) -> None:
    token = sent(browser, world)
    browser.post("contributions.add_media", {"audio": file("voz.ogg", VOICE)}, token=token)
    with app.app_context():
        key = queries.media_of(only(app).id)[0].key
    who = Browser(app).sign_in(person)  # type: ignore[arg-type]
    who.get("contributions.media_desk", code="PRB-C-0001", status=status)
    assert who.client.get(f"/mesa/aportes/PRB-C-0001/archivos/{key}").status_code == status
