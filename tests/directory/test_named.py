"""What carries an organisation's name without having been sent by it: on its page, apart, never with its mark."""

import pytest
from flask import Flask
from sqlalchemy import select

from app.contributions import services as contributions
from app.contributions.models import Contribution
from app.core.db import db
from app.organisations.models import Organisation
from app.processes.models import Process
from tests.browser import Browser
from tests.cast import INES
from tests.contributions.test_importing import check, csv_of, row
from tests.directory.test_views import GIVEN, SAID, SLUG, at_noon, contribute, registered, rosa, sara, verified  # noqa: F401 - fixtures
from tests.paper.test_views import typed
from tests.world import NOON, World

AS_TYPED = "COMITE de regantes de Ccorca"


@pytest.fixture
def said(app: Flask, verified: Browser, world: World) -> dict[str, str]:  # noqa: F811
    """How it was said → code: sent by the organisation, keyed at the window, in a file, typed by a stranger; and a near name."""
    contribute(verified, world, "acting", acting_for=SLUG)
    clerk = Browser(app).sign_in(INES)
    clerk.post("paper.take", typed(channel="ventanilla", organisation=AS_TYPED), slug=world.slug)
    near = {"organisation": "Comité de Regantes de Ccorca Alta", "submission_key": "clave-de-otra-000001"}
    clerk.post("paper.take", typed(channel="ventanilla", **near), slug=world.slug)
    organisation = {"proponent_kind": "organizacion", "organisation": GIVEN["name"], "consent": "anonimo"}
    contribute(Browser(app), world, "stranger", text="Que el turno de riego se publique en la pizarra.", **organisation)
    with app.app_context():
        process = db.session.get_one(Process, world.process_id)
        one = row(tipo_proponente="organizacion", organizacion=f" {AS_TYPED.title()} ", visibilidad="nombre")
        contributions.import_rows(check(process, csv_of(one)), process, activity=None, person_id=None, now=NOON)
        for contribution in db.session.scalars(select(Contribution)):
            contributions.make_public(contribution, now=NOON)
        db.session.commit()
        codes = {
            (c.organisation_id is not None, c.channel.value, c.organisation_name): c.code for c in db.session.scalars(select(Contribution))
        }
    named = {name: code for (is_sent, channel, words), code in codes.items() for name in [_told(is_sent, channel, words)]}
    assert set(named) == {"sent", "window", "near", "stranger", "file"}, codes
    return named


def _told(is_sent: bool, channel: str, words: str) -> str:
    if is_sent:
        return "sent"
    if channel == "ventanilla":
        return "window" if words == AS_TYPED else "near"
    return "stranger" if words == GIVEN["name"] else "file"


def codes_on(page: object) -> set[str]:
    return {a["href"].rpartition("/")[2] for a in page.soup.select(".plain-list a[href^='/aportes/']")}  # type: ignore[attr-defined]


def test_what_was_keyed_imported_or_typed_with_its_name_is_listed_apart_and_unverified(app: Flask, said: dict[str, str]) -> None:
    visitor = Browser(app)
    own = visitor.get("directory.show", slug=SLUG)
    assert codes_on(own) == {said["sent"]} and "Sin verificar 3" in own
    named = visitor.get("directory.show", slug=SLUG, ver="sin-verificar")
    assert codes_on(named) == {said["window"], said["file"], said["stranger"]}
    assert "Nadie de la organización los ha confirmado" in named and "Sin verificar: ventanilla" in named
    data = visitor.client.get(f"/organizaciones/{SLUG}.json").json
    assert data["ultimos_aportes"] == [said["sent"]] and set(data["a_su_nombre_sin_verificar"]) == codes_on(named)


def test_only_what_the_organisation_sent_carries_its_mark(app: Flask, said: dict[str, str]) -> None:
    for how, code in said.items():
        assert ("Organización verificada" in Browser(app).get("portal.contribution", code=code)) is (how == "sent"), how


def test_what_is_not_public_is_not_counted(app: Flask, said: dict[str, str]) -> None:
    with app.app_context():
        found = db.session.scalars(select(Contribution).where(Contribution.code == said["window"])).one()
        contributions.hide(found, now=NOON)
        db.session.commit()
    page = Browser(app).get("directory.show", slug=SLUG, ver="sin-verificar")
    assert said["window"] not in codes_on(page) and "Sin verificar 2" in page


def test_a_name_it_had_still_leads_to_it_and_a_name_edited_out_no_longer_does(app: Flask, said: dict[str, str], sara: Browser) -> None:  # noqa: F811
    given = {"name": "Asociación de Regantes de Ccorca", "reason": "Se inscribió con otro nombre."}
    sara.post("directory.rename", given, slug="cusco", organisation=SLUG)
    with app.app_context():
        slug = db.session.scalars(select(Organisation.slug).where(Organisation.name == given["name"])).one()
    assert said["window"] in codes_on(Browser(app).get("directory.show", slug=slug, ver="sin-verificar"))
    with app.app_context():
        found = db.session.scalars(select(Contribution).where(Contribution.code == said["window"])).one()
        contributions.withhold(found, [AS_TYPED], "[dato retirado]")
        db.session.commit()
    assert said["window"] not in codes_on(Browser(app).get("directory.show", slug=slug, ver="sin-verificar"))


def test_whoever_keys_a_sheet_is_offered_the_registered_names(app: Flask, verified: Browser, world: World) -> None:  # noqa: F811
    page = Browser(app).sign_in(INES).get("paper.window", slug=world.slug)
    assert page.soup.find(id="organisation")["list"] == "organisations"
    assert GIVEN["name"] in [option["value"] for option in page.soup.select("#organisations option")]
