"""Another wording for a part of the draft: proposed side by side, decided once with a reason, promoted when it was not accepted."""

from datetime import datetime, timedelta

import pytest
from flask import Flask

from app.contributions import queries as contributions_read
from app.contributions import services as contributions
from app.core import arrival
from app.core.db import db
from app.core.permissions import Actor, HeldRole, Scope, is_allowed
from app.deliberation import queries as deliberation
from app.deliberation.rules.amendments import AmendmentState
from app.plans import queries, services
from app.plans.permissions import GRANTS, PlanPermission
from app.plans.rules.clauses import amendable
from app.plans.rules.template import BY_SECTION, Section
from tests.browser import Browser
from tests.cast import EVERYBODY, FELIX, GLORIA, OLGA, SARA, CastMember
from tests.pages.marked import both_texts, texts_of_row
from tests.plans.writing import by, commitment_of, fill, plan_with
from tests.world import NOON, START, World

IN_VALIDATION = datetime(START.year, START.month, START.day, 17, tzinfo=NOON.tzinfo) + timedelta(days=65)
CLAUSE = "1/solution"
BASE = "Una ficha pública por obra y visitas con acta, según directiva."
PROPOSED = "Una ficha pública por obra, en castellano y quechua, y visitas con acta, según directiva."
WHY = "Sin quechua la ficha no sirve en las comunidades de la parte alta."
ANSWER = "Se acepta: la directiva ya pide las dos lenguas."


@pytest.fixture(autouse=True)
def during_validation(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.core.clock.now", lambda: IN_VALIDATION)


@pytest.fixture
def consulted(app: Flask, world: World) -> None:
    """A plan whose draft is open to consultation."""
    with app.app_context():
        plan_with(world)
        fill(world)
        services.publish_for_consultation(queries.plan_by_slug(world.slug), "", waiting=0, **by(world, SARA))
        db.session.commit()


def filled(app: Flask, **changes: str) -> dict[str, str]:
    with app.app_context():
        desde = arrival.stamp(IN_VALIDATION - timedelta(minutes=2))
    return {
        "clause": CLAUSE, "proposed": PROPOSED, "text": WHY, "proponent_kind": "persona", "consent": "anonimo", "language": "es",
        "submission_key": "una-clave-de-dieciseis", "desde": desde,
    } | changes  # fmt: skip


def proposed(app: Flask, browser: Browser, world: World) -> str:
    """The code of a wording that a visitor sent and moderation published."""
    browser.post("plans.create_wording", filled(app), slug=world.slug)
    with app.app_context():
        found = contributions_read.contribution_by_key("una-clave-de-dieciseis")[0]
        contributions.make_public(found, now=IN_VALIDATION)
        code = found.code
        db.session.commit()
    return code


@pytest.mark.parametrize(
    ("key", "may"), [("1/solution", True), ("2/supporting", True), ("1", False), ("1.1", False), ("1/nada", False), ("", False)]
)
def test_only_written_parts_take_another_wording(key: str, may: bool) -> None:
    assert amendable(key) is may


def test_a_wording_comes_as_a_contribution_with_its_code_and_is_shown_beside_the_draft(
    app: Flask, browser: Browser, world: World, consulted: None
) -> None:
    assert "Proponer otro texto" in browser.get("plans.consultation", slug=world.slug)
    form = browser.get("plans.new_wording", slug=world.slug, clausula=CLAUSE)
    assert form.soup.find("textarea", {"name": "proposed"}).get_text().strip() == BASE
    code = proposed(app, browser, world)
    page = browser.get("plans.wordings", slug=world.slug)
    assert code in page and "en castellano y quechua" in page and WHY in page and "Espera decisión" in page
    with app.app_context():
        row = deliberation.amendment_of_code(world.process_id, code)
        assert (row.amendment.base, row.amendment.proposed, row.amendment.version_n) == (BASE, PROPOSED, 1)


def test_what_changes_is_marked_in_words_and_both_texts_come_back_from_it(
    app: Flask, browser: Browser, world: World, consulted: None
) -> None:
    code = proposed(app, browser, world)
    with app.app_context():
        token = contributions.receipt_token("una-clave-de-dieciseis")
    staff = Browser(app).sign_in(SARA).get("plans.decide_wording_form", slug=world.slug, code=code)
    public = browser.get("plans.wordings", slug=world.slug), browser.get("portal.contribution", code=code)
    for page in (*public, browser.get("plans.own", token=token), staff):
        block = page.soup.select_one(".marked-block .marked")
        assert both_texts(block) == (BASE, PROPOSED) == texts_of_row(page.soup.select_one(".version-diff tbody tr"))
        (came,) = block.select("ins")
        assert came.get_text() == "añadido: , en castellano y quechua, (fin de lo añadido)" and not block.select("del")


def test_what_was_typed_stays_and_the_same_text_is_no_amendment(app: Flask, browser: Browser, world: World, consulted: None) -> None:
    page = browser.post("plans.create_wording", filled(app, proposed=BASE), slug=world.slug, status=422)
    assert "Dice lo mismo que el borrador" in page and WHY in page
    page = browser.post("plans.create_wording", filled(app, text=""), slug=world.slug, status=422)
    assert "Complete este dato" in page and "quechua" in page
    page = browser.post("plans.create_wording", filled(app, clause="9/solution"), slug=world.slug, status=422)
    assert WHY in page


def test_an_accepted_wording_is_written_into_the_commitment(app: Flask, browser: Browser, world: World, consulted: None) -> None:
    code = proposed(app, browser, world)
    browser.sign_in(SARA)
    assert code in browser.get("plans.desk_wordings", slug=world.slug)
    short = browser.post("plans.decide_wording", {"to": "accepted", "answer": "Sí."}, slug=world.slug, code=code, status=422)
    assert "al menos 20 letras" in short
    given = {"to": "accepted", "applies": "y", "answer": ANSWER}
    browser.post("plans.decide_wording", given, slug=world.slug, code=code)
    with app.app_context():
        assert commitment_of(world).solution == PROPOSED
    public = Browser(app).get("plans.wordings", slug=world.slug, estado="aceptadas")
    assert ANSWER in public and "Aceptada" in public
    other = {"to": "rejected", "answer": "Ahora pensamos que no."}
    again = browser.post("plans.decide_wording", other, slug=world.slug, code=code, status=422)
    assert "ya decidió" in again


def test_a_wording_of_a_text_that_moved_is_not_written_over_it(app: Flask, browser: Browser, world: World, consulted: None) -> None:
    code = proposed(app, browser, world)
    with app.app_context():
        commitment = commitment_of(world)
        values = queries.values_of(commitment) | {"solution": "Otra solución, escrita por la entidad."}
        section = {field.name: values[field.name] for field in BY_SECTION[Section.SOLUTION]}
        services.save_section(commitment, Section.SOLUTION, section, revision=commitment.revision, **by(world, SARA))
        db.session.commit()
    browser.sign_in(SARA)
    page = browser.post(
        "plans.decide_wording", {"to": "accepted", "applies": "y", "answer": ANSWER}, slug=world.slug, code=code, status=422
    )
    assert "cambió después de publicarse el borrador" in page and ANSWER in page
    with app.app_context():
        assert commitment_of(world).solution == "Otra solución, escrita por la entidad."
        assert deliberation.amendment_of_code(world.process_id, code).amendment.state is AmendmentState.OPEN
    browser.post("plans.decide_wording", {"to": "accepted", "answer": ANSWER}, slug=world.slug, code=code)
    with app.app_context():
        assert commitment_of(world).solution == "Otra solución, escrita por la entidad."


def test_a_rejected_wording_becomes_a_proposal_of_its_own_once(app: Flask, browser: Browser, world: World, consulted: None) -> None:
    code = proposed(app, browser, world)
    with app.app_context():
        token = contributions.receipt_token("una-clave-de-dieciseis")
    assert "Solo una enmienda que no se aceptó" in browser.post("plans.promote", token=token, status=422)
    reason = "No se acepta: la directiva vigente no lo permite este año."
    Browser(app).sign_in(FELIX).post("plans.decide_wording", {"to": "rejected", "answer": reason}, slug=world.slug, code=code)
    own = browser.get("plans.own", token=token)
    assert reason in own and "Convertirla en propuesta" in own
    assert "No aceptada" in browser.get("letters.mine", token=token)
    browser.post("plans.promote", token=token)
    browser.post("plans.promote", token=token)
    with app.app_context():
        row = deliberation.amendment_of_code(world.process_id, code)
        made = contributions_read.contribution_by_code(row.promoted)
        assert made.code != code and PROPOSED in made.text and made.visibility.value == "held"
        assert len([r for r in contributions_read.counts(world.process_id).values() if r]) == 2
    assert row.promoted in browser.get("plans.wordings", slug=world.slug)


def test_outside_the_consultation_nobody_proposes(
    app: Flask, browser: Browser, world: World, consulted: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.core.clock.now", lambda: IN_VALIDATION + timedelta(days=30))
    assert browser.client.get(f"/procesos/{world.slug}/plan/consulta/enmendar?clausula={CLAUSE}").status_code == 303
    assert WHY in browser.post("plans.create_wording", filled(app), slug=world.slug, status=422)


class Subject:
    scope = Scope(1, 10)


@pytest.mark.parametrize("member", EVERYBODY, ids=lambda m: m.name)
def test_the_forum_and_the_secretariat_decide_wordings(member: CastMember) -> None:
    held = (HeldRole(str(member.role), 2 if member is OLGA else 1),) if member.role else ()
    may = is_allowed(GRANTS, PlanPermission.DECIDE_WORDINGS, Actor(1, member.name, held), Subject())
    assert may is (member in (SARA, GLORIA, FELIX))
