"""Helping somebody take part: theirs what was said, both names kept, and it ends by itself."""

from datetime import timedelta

import pytest

from app.audit.models import AuditEntry
from app.contributions.models import Assistance, Authorship, Contribution
from app.contributions.rules.assisting import AssistanceDraft, AssistanceProblem, is_running, problems_with
from app.contributions.rules.terms import Channel, Visibility
from app.core.db import db
from tests.browser import Browser
from tests.cast import INES, OLGA, ROSA, SARA
from tests.world import NOON

BEGIN = {"person_name": "Zenaida Ccopa", "channel": "ventanilla", "purpose": "No tiene internet y quiere opinar.", "is_present": "y"}
SAID = {
    "submission_key": "atendida-0123456789", "text": "Que la posta de Ccorca atienda también los sábados.", "theme_slug": "agua",
    "proponent_kind": "persona", "speaker": "Zenaida Ccopa", "consent": "iniciales", "language": "es", "ubigeo": "080102",
}  # fmt: skip


@pytest.fixture
def clock(monkeypatch):
    class Clock:
        now = NOON

    told = Clock()
    monkeypatch.setattr("app.core.clock.now", lambda: told.now)
    return told


def begin(browser, world):
    """The address of the assistance just begun."""
    return browser.post("contributions.begin_assistance", BEGIN, slug=world.slug).response.location


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"person_name": ""}, AssistanceProblem.NOBODY_NAMED),
        ({"channel": Channel.WEB}, AssistanceProblem.CHANNEL_UNKNOWN),
        ({"channel": None}, AssistanceProblem.CHANNEL_UNKNOWN),
        ({"purpose": "nada"}, AssistanceProblem.PURPOSE_SHORT),
        ({"is_present": False}, AssistanceProblem.NOT_PRESENT),
    ],
)
def test_it_begins_with_a_person_who_is_there_and_a_purpose(changed, code):
    draft = AssistanceDraft("Zenaida", Channel.PHONE, "No tiene internet.", True)
    assert problems_with(draft) == ()
    assert [problem.code for problem in problems_with(AssistanceDraft(**{**draft.__dict__, **changed}))] == [code]


def test_it_ends_at_its_minute_or_when_somebody_ends_it():
    end = NOON + timedelta(minutes=30)
    assert is_running(end, None, end - timedelta(seconds=1))
    assert not is_running(end, None, end)
    assert not is_running(end, NOON, NOON + timedelta(seconds=1))


def test_what_is_written_is_the_persons_and_who_wrote_it_stands_beside(app, world, clock):
    ines = Browser(app).sign_in(INES)
    address = begin(ines, world)
    page = ines.get(address)
    assert page.heading == "Usted escribe por Zenaida Ccopa" and "termina sola a las 12:30" in page
    after = ines.post(address, SAID, status=200, follow=True)
    assert "Guardado con el código PRB-P-0001" in after
    receipt = after.soup.find("a", href=lambda href: href and href.startswith("/recibos/"))["href"]
    assert "PRB-P-0001" in Browser(app).get(receipt)
    with app.app_context():
        said, author = db.session.query(Contribution).one(), db.session.query(Authorship).one()
        helped = db.session.get(Assistance, author.assistance_id)
        assert (said.channel, said.public_name, said.visibility) == (Channel.WINDOW, "Z. C.", Visibility.PUBLIC)
        assert said.captured_by_id == helped.registrar_id == world.id_of(INES)
        assert (author.name, helped.person_name) == ("Zenaida Ccopa", "Zenaida Ccopa")
        told = db.session.query(AuditEntry).filter_by(action="contributions.assist").one()
        assert "Zenaida" not in str(vars(told))


def test_when_the_time_is_over_nothing_is_stored_and_nothing_written_is_lost(app, world, clock):
    ines = Browser(app).sign_in(INES)
    address = begin(ines, world)
    clock.now = NOON + timedelta(minutes=30)
    page = ines.post(address, SAID, status=422)
    assert "La atención ya terminó" in page and SAID["text"] in page.html
    assert not page.soup.find("button", string=lambda words: words and "Guardar el aporte" in words)
    with app.app_context():
        assert db.session.query(Contribution).count() == 0


def test_the_registrar_ends_it_with_a_button(app, world, clock):
    ines = Browser(app).sign_in(INES)
    address = begin(ines, world)
    assert "La atención terminó" in ines.post(f"{address}/terminar", status=200, follow=True)
    ines.post(address, SAID, status=422)


def test_nobody_writes_under_an_assistance_that_somebody_else_began(app, world, clock):
    address = begin(Browser(app).sign_in(INES), world)
    Browser(app).sign_in(SARA).post(address, SAID, status=404)
    for member in (ROSA, OLGA):
        Browser(app).sign_in(member).get("contributions.assist", slug=world.slug, status=403)


def test_saving_twice_stores_one(app, world, clock):
    ines = Browser(app).sign_in(INES)
    address = begin(ines, world)
    for _ in range(2):
        ines.post(address, SAID)
    with app.app_context():
        assert db.session.query(Contribution).count() == 1


def test_the_desk_leads_to_it(app, world, clock):
    assert Browser(app).sign_in(INES).get("desk.index").soup.find("a", href=f"/mesa/procesos/{world.slug}/atencion")
