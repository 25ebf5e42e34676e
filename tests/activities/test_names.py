"""The forum reads the names of who registered: on request, only names, and the register keeps that it was read (domain.md 13)."""

from datetime import timedelta

import pytest

from app.activities import services
from app.activities.rules import RegistrationDraft
from app.audit import queries as audit
from app.core.db import db
from app.processes import queries as processes
from app.processes.models import Opportunity
from tests.browser import Browser
from tests.cast import ANA, FELIX, GLORIA, MARCO, MATEO, VERA
from tests.world import NOON

HERE = {"slug": "plan-prueba", "activity": "taller-ccorca"}


@pytest.fixture
def registered(app, world, monkeypatch):
    monkeypatch.setattr("app.core.clock.now", lambda: NOON)
    with app.app_context():
        opportunity = db.session.get(Opportunity, world.opportunities["taller-ccorca"])
        _loaded = processes.process_by_slug(world.slug)  # so that the letter finds its title
        draft = RegistrationDraft("Zenaida Ccopa", "zenaida@example.pe", phone="987654321", organisation="Club de Madres")
        services.register(opportunity, draft, submission_key="zenaida-0123456789", now=opportunity.starts_at - timedelta(days=2))
        db.session.commit()


def entries(app):
    with app.app_context():
        return [entry for entry in audit.entries_from(1) if entry.action == "activities.names-read"]


@pytest.mark.parametrize("member", [GLORIA, FELIX])
def test_the_forum_reads_names_and_only_names_and_each_reading_is_noted(app, world, registered, member):
    browser = Browser(app).sign_in(member)
    assert "Leer sus nombres" in browser.get("activities.show", **HERE)
    before = browser.get("activities.ask_names", **HERE)
    assert "Zenaida" not in before and entries(app) == []
    page = browser.post("activities.read_names", status=200, **HERE)
    assert "Zenaida Ccopa" in page and "Club de Madres" in page
    assert "zenaida@example.pe" not in page.html and "987654321" not in page.html
    (noted,) = entries(app)
    assert str(member.role) in str(noted.body) and member.name not in str(noted.body) and "Zenaida" not in str(noted.body)


@pytest.mark.parametrize("member", [ANA, MARCO, MATEO, VERA])
def test_others_do_not(app, world, registered, member):
    browser = Browser(app).sign_in(member)
    browser.post("activities.read_names", status=403, **HERE)
    browser.get("activities.ask_names", status=403, **HERE)
    assert entries(app) == []
