"""The committee's journey: it publishes a finding, the entity replies, the committee is satisfied (domain.md 13)."""

import io
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import delete, select

from app.agreements import queries as agreements
from app.budgeting import queries as rounds
from app.core.db import db
from app.notifications.models import Notification
from app.spaces.models import RoleAssignment
from app.spaces.rules import Role
from app.vigilance import queries
from tests.browser import Browser
from tests.cast import ANA, FELIX, INES, LUIS, MARCO, MATEO, ROSA
from tests.factories.agreements import a_committee, a_prioritised_round, a_public_finding, a_published_act, commit
from tests.factories.files import picture
from tests.world import NOON, World

FOUND = {
    "title": "La obra está parada desde enero", "gravity": "serious", "days": "15", "code": "", "revision": "0",
    "what": "Visitamos la obra el 15 de marzo: no hay obreros ni materiales, y el cerco está caído.",
    "asked": "Que se diga por qué está parada y en qué fecha se reanuda el trabajo.",
}  # fmt: skip


def _as(app: Flask, member) -> Browser:
    return Browser(app).sign_in(member)


@pytest.fixture
def told(app: Flask, world: World) -> World:
    with app.app_context():
        round_ = a_prioritised_round(world)
        a_committee(world, round_)
        a_published_act(world, round_)
        for held in db.session.scalars(select(RoleAssignment).where(RoleAssignment.role == Role.VIGILANCE)):
            held.starts_on = date(2026, 1, 1)  # pages ask what holds today, and the world's noon is ahead of it
        commit()
    return world


def _code(app: Flask, world: World) -> str:
    with app.app_context():
        return queries.findings(rounds.round_of(world.slug).id)[0].code


def test_a_sheet_signed_by_hand_is_brought_from_the_page_of_the_finding(app: Flask, told: World, monkeypatch) -> None:
    monkeypatch.setattr("app.core.clock.now", lambda: NOON)
    slug, rosa = told.slug, _as(app, ROSA)
    rosa.post("vigilance.propose", FOUND, slug=slug)
    at = {"slug": slug, "code": _code(app, told)}
    page = rosa.get("vigilance.desk_finding", **at)
    given = {"hoja-sha256": page.soup.find("input", {"name": "hoja-sha256"})["value"]}
    boxes = [box["value"] for box in page.soup.find_all("input", {"name": "hoja-members"})]
    assert len(boxes) == 3
    refused = rosa.post("vigilance.approve_on_sheet", given | {"hoja-members": boxes[:2]}, status=422, **at)
    assert "Adjunte la hoja firmada" in refused and len(refused.soup.select("input[name=hoja-members][checked]")) == 2
    sheet = (io.BytesIO(picture()), "hoja.jpg")
    rosa.post("vigilance.approve_on_sheet", given | {"hoja-members": boxes[:2], "hoja-sheet": sheet}, **at)
    assert "Lo aprobaron 3 integrantes del comité" in Browser(app).get("vigilance.finding", **at)


def test_the_committee_finds_the_entity_replies_and_the_committee_is_satisfied(app: Flask, told: World, monkeypatch) -> None:
    monkeypatch.setattr("app.core.clock.now", lambda: NOON)
    slug, rosa, luis = told.slug, _as(app, ROSA), _as(app, LUIS)
    short = rosa.post("vigilance.propose", FOUND | {"what": "Nada"}, status=422, slug=slug)
    assert "Cuente qué encontró el comité" in short and FOUND["asked"] in short.html
    rosa.post("vigilance.propose", FOUND, slug=slug)
    code = _code(app, told)
    luis.get("vigilance.desk_finding", status=404, slug=slug, code=code)  # not the entity's business yet
    Browser(app).get("vigilance.finding", status=404, slug=slug, code=code)
    for member in (MATEO, INES):
        browser = _as(app, member)
        sha256 = browser.get("vigilance.desk_finding", slug=slug, code=code).soup.find("input", {"name": "sha256"})["value"]
        browser.post("vigilance.approve", {"sha256": sha256}, slug=slug, code=code)
    public = Browser(app).get("vigilance.finding", slug=slug, code=code)
    assert FOUND["what"] in public and "Lo aprobaron 3 integrantes" in public and ROSA.name not in public
    luis.post("vigilance.reply", {"text": "No", "until": "2027-04-10"}, status=422, slug=slug, code=code)
    said = "Se reinicia la obra el 5 de abril con dos cuadrillas y el cerco se repone esta semana."
    luis.post("vigilance.reply", {"text": said, "until": "2027-04-10"}, slug=slug, code=code)
    rosa.post("vigilance.satisfy", {"ok-note": "Volvimos el 6 de abril y hay dos cuadrillas trabajando."}, slug=slug, code=code)
    page = Browser(app).get("vigilance.show", slug=slug)
    assert said in page and "resuelto" in page and FELIX.name in page
    feed = app.test_client().get(f"/procesos/{slug}/presupuesto/vigilancia.atom").get_data(as_text=True)
    assert code in feed and "resuelto" in feed
    rosa.post("vigilance.publish_report", {"since": "2027-03-18", "until": "2027-03-20", "opinion": said}, slug=slug)
    assert "Informe 1 en PDF" in Browser(app).get("vigilance.show", slug=slug)
    _as(app, MARCO).get("vigilance.desk", status=403, slug=slug)


def test_only_the_responsible_unit_or_the_municipal_team_replies(app: Flask, told: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.core.clock.now", lambda: NOON)
    slug, until = told.slug, "2027-04-10"
    with app.app_context():
        db.session.execute(
            delete(RoleAssignment).where(RoleAssignment.role == Role.MUNICIPAL, RoleAssignment.person_id == told.id_of(LUIS))
        )
        round_ = rounds.round_of(slug)
        committee = queries.committee_of(round_.id)
        line = agreements.lines_of(agreements.standing_act(round_.id).id)[0]
        of_line, of_all = (a_public_finding(told, committee, code=code).code for code in (line.code, ""))
        commit()
    said = {"text": "El cerco se repone esta semana y la obra se reinicia el 5 de abril.", "until": until}
    luis, ana = _as(app, LUIS), _as(app, ANA)
    luis.post("vigilance.reply", said, status=403, slug=slug, code=of_line)  # answers for another unit
    read = luis.get("vigilance.desk_finding", slug=slug, code=of_line)
    assert "Responde Gerencia de Obras, responsable de este proyecto" in read and "Publicar la respuesta" not in read
    ana.post("vigilance.reply", said, status=403, slug=slug, code=of_all)
    assert "Responde el equipo municipal" in ana.get("vigilance.desk_finding", slug=slug, code=of_all)
    ana.post("vigilance.reply", said, slug=slug, code=of_line)
    assert "Gerencia de Obras" in Browser(app).get("vigilance.finding", slug=slug, code=of_line)
    with app.app_context():
        told_by_letter = set(db.session.scalars(select(Notification.address).where(Notification.kind == "vigilance.found")))
    assert ANA.email in told_by_letter and LUIS.email not in told_by_letter
