"""The pages of agreement, quality, votes and scheduled batches, as people meet them."""

from datetime import timedelta

import pytest
from flask import Flask

from app.core import clock
from app.core.clock import LIMA
from app.core.db import db
from app.feedback import queries, services
from app.feedback.models import ScheduledPublication
from app.feedback.rules.outcomes import Seat
from tests.browser import Browser
from tests.cast import ANA, DARIO, FELIX, GLORIA, INES, MARCO, ROSA, SARA
from tests.factories import activities
from tests.feedback.answers import approve, publish, say, write
from tests.feedback.test_agreement import DISSENT, REASON
from tests.world import NOON, World


def committed(app: Flask, world: World, stage: str = "approved", key: str = "uno") -> tuple[str, int, str]:
    """Code, id and hash of an answer in the stage a test needs."""
    with app.app_context():
        contribution = say(world, key)
        code = contribution.code
        if stage == "review":
            decision = write(world, contribution)
            services.submit(decision, person_id=world.id_of(ANA), now=NOON)
        else:
            decision = approve(world, contribution)
        if stage == "published":
            publish(world, decision)
        id_, sha256 = decision.id, decision.sha256
        db.session.commit()
        db.session.remove()
    return code, id_, sha256


def test_felix_objects_and_both_sectors_and_the_writer_see_it(app: Flask, world: World, browser: Browser) -> None:
    code, _, sha256 = committed(app, world, "review")
    browser.sign_in(FELIX)
    browser.post("feedback.object_to", {"sha256": sha256, "reason": REASON}, code=code)
    assert "En pie" in browser.get("feedback.agreement", code=code)
    for who in (GLORIA, SARA):
        browser.sign_out().sign_in(who)
        assert "Objeta desde el" in browser.get("feedback.signatures", slug=world.slug)
    browser.sign_out().sign_in(ANA)
    assert "1 respuesta detenida por una objeción" in browser.get("/mesa")
    assert browser.get("feedback.signatures", slug=world.slug).soup.select_one(f".notice a[href='/mesa/aportes/{code}/acuerdo']")
    page = browser.get("feedback.workbench", code=code)
    assert "falta citar el convenio" in page
    assert page.soup.select(".two-keys__key--objected")


def test_a_short_objection_is_shown_again_with_what_was_typed(app: Flask, world: World, browser: Browser) -> None:
    code, _, sha256 = committed(app, world, "review")
    browser.sign_in(FELIX)
    page = browser.post("feedback.object_to", {"sha256": sha256, "reason": "No quiero."}, status=422, code=code)
    assert "20 letras o más" in page
    assert page.soup.select_one("textarea#reason").get_text().strip() == "No quiero."


def test_an_objection_is_withdrawn_with_a_click_and_the_answer_comes_back(app: Flask, world: World, browser: Browser) -> None:
    code, _, sha256 = committed(app, world)
    browser.sign_in(FELIX)
    browser.post("feedback.object_to", {"sha256": sha256, "reason": REASON}, code=code)
    page = browser.post("feedback.withdraw_objection", code=code, follow=True, status=200)
    assert "está aprobada y espera publicación" in page
    assert "no tiene una objeción en pie" in browser.post("feedback.withdraw_objection", code=code, follow=True, status=200)


def test_a_dissent_is_read_beside_the_public_answer_and_in_its_data(app: Flask, world: World, browser: Browser) -> None:
    code, _, sha256 = committed(app, world, "published")
    before = browser.get("feedback.show", code=code)
    browser.sign_in(FELIX)
    browser.post("feedback.dissent", {"sha256": sha256, "text": DISSENT}, code=code)
    browser.sign_out()
    page = browser.get("feedback.show", code=code, headers={"If-None-Match": before.response.headers["ETag"]})
    assert "Un desacuerdo con esta respuesta" in page
    assert "Representante de la sociedad civil en el foro" in page
    assert "Félix" not in page
    (note,) = browser.get("feedback.show_json", code=code).response.get_json()["versiones"][0]["desacuerdos"]
    assert (note["sector"], note["texto"], note["retirado"]) == ("non-government", DISSENT, None)


def test_a_withdrawn_dissent_leaves_its_reason(app: Flask, world: World, browser: Browser) -> None:
    code, _, sha256 = committed(app, world, "published")
    browser.sign_in(GLORIA)
    browser.post("feedback.dissent", {"sha256": sha256, "text": DISSENT}, code=code)
    assert "Diga por qué" in browser.post("feedback.withdraw_dissent", {"withdrawal_reason": "No."}, status=422, code=code)
    browser.post("feedback.withdraw_dissent", {"withdrawal_reason": "El convenio ya se firmó."}, code=code)
    page = browser.sign_out().get("feedback.show", code=code)
    assert "El convenio ya se firmó." in page
    assert DISSENT not in page


@pytest.mark.parametrize(
    ("person", "status"), [(FELIX, 303), (GLORIA, 303), (SARA, 403), (ANA, 403), (MARCO, 403), (DARIO, 403), (ROSA, 403)]
)
def test_only_seats_of_the_forum_object_and_dissent(app: Flask, world: World, browser: Browser, person, status: int) -> None:
    code, _, sha256 = committed(app, world)
    browser.sign_in(person)
    browser.post("feedback.dissent", {"sha256": sha256, "text": DISSENT}, status=status, code=code)
    browser.post("feedback.object_to", {"sha256": sha256, "reason": REASON}, status=status, code=code)


def test_a_dissent_is_seen_before_publishing_as_the_public_will(app: Flask, world: World, browser: Browser) -> None:
    code, id_, sha256 = committed(app, world)
    with app.app_context():
        services.dissent(
            queries.decision_by_id(id_), Seat.NON_GOVERNMENT, sha256, DISSENT, person_id=world.id_of(FELIX), post="Cargo", now=NOON
        )
        db.session.commit()
    browser.sign_in(SARA)
    assert DISSENT in browser.get("feedback.preview", code=code)
    page = browser.get("feedback.publication", slug=world.slug)
    assert "con un desacuerdo" in page
    preview = browser.get("feedback.publication_preview", slug=world.slug)
    assert preview.soup.select_one(f"a[href*='/mesa/aportes/{code}/']")


def at_hour(minutes: int) -> dict[str, str]:
    when = (clock.now() + timedelta(minutes=minutes)).astimezone(LIMA)
    return {"at_day": when.strftime("%Y-%m-%d"), "at_hour": when.strftime("%H:%M")}


def test_sara_schedules_a_batch_sees_it_and_cancels_it(app: Flask, world: World, browser: Browser) -> None:
    code, id_, sha256 = committed(app, world)
    browser.sign_in(SARA)
    chosen = {"chosen": f"{id_}:{sha256}", "do": "schedule"}
    assert "Escriba el día y la hora" in browser.post("feedback.publish", chosen, status=422, slug=world.slug)
    page = browser.post("feedback.publish", {**chosen, **at_hour(1)}, status=422, slug=world.slug)
    assert "minutos adelante" in page
    assert page.soup.select_one(f"#chosen-{id_}").has_attr("checked")
    page = browser.post("feedback.publish", {**chosen, **at_hour(90)}, status=200, slug=world.slug, follow=True)
    assert "Programado" in page and "en un lote programado" in page
    with app.app_context():
        n = db.session.query(ScheduledPublication).one().id
    page = browser.post("feedback.cancel_scheduled", slug=world.slug, n=n, follow=True, status=200)
    assert "Cancelado" in page
    assert code in page


def test_a_held_batch_is_told_on_the_page_until_somebody_says_they_saw_it(app: Flask, world: World, browser: Browser) -> None:
    _, id_, sha256 = committed(app, world)
    browser.sign_in(SARA)
    browser.post("feedback.publish", {"chosen": f"{id_}:{sha256}", "do": "schedule", **at_hour(90)}, slug=world.slug)
    with app.app_context():
        made = db.session.query(ScheduledPublication).one()
        n, when = made.id, made.at
        decision = queries.decision_by_id(id_)
        services.object_to(decision, Seat.GOVERNMENT, sha256, REASON, person_id=world.id_of(GLORIA), post="Cargo", now=NOON)
        services.publish_due(when, lambda problem: f"Motivo {problem.code}.")
        db.session.commit()
        db.session.remove()
    assert "No se publicó nada de este lote" in browser.get("feedback.publication", slug=world.slug)
    assert "no se publicó" in browser.get("/mesa").text.lower()
    browser.post("feedback.acknowledge_held", slug=world.slug, n=n)
    assert "no se publicó" not in browser.get("/mesa").text.lower()


def test_ines_records_what_a_workshop_voted_and_the_public_answer_says_it(app: Flask, world: World, browser: Browser) -> None:
    with app.app_context():
        activity = activities.opened(world)
        contribution = say(world)
        contribution.activity_id = activity.id
        code = contribution.code
        db.session.flush()
        publish(world, approve(world, contribution))
        db.session.commit()
        db.session.remove()
    browser.sign_in(INES)
    where = {"slug": world.slug, "activity": activities.WORKSHOP}
    page = browser.post("feedback.record_votes", {f"votes-{code}": "treinta"}, status=422, **where)
    assert "un número" in page
    browser.post("feedback.record_votes", {f"votes-{code}": "31"}, **where)
    assert browser.get("feedback.priorities", **where).soup.select_one(f"#votes-{code}")["value"] == "31"
    browser.sign_out()
    assert "lo votó como prioridad, con 31 votos" in browser.get("feedback.show", code=code)
    assert browser.get("feedback.show_json", code=code).response.get_json()["prioridad_votada"]["votos"] == 31


@pytest.mark.parametrize(("person", "status"), [(INES, 200), (SARA, 200), (FELIX, 403), (DARIO, 403), (ANA, 403)])
def test_votes_are_recorded_by_who_facilitates_or_the_secretariat(app: Flask, world: World, browser: Browser, person, status: int) -> None:
    activities_of(app, world)
    browser.sign_in(person).get("feedback.priorities", slug=world.slug, activity=activities.WORKSHOP, status=status)


def activities_of(app: Flask, world: World) -> None:
    with app.app_context():
        activities.committed(world, "opened")
