"""An organisation's way through the pages: registered, verified or not, spoken for, renamed, merged, left."""

import csv
import io

import pytest

from app.accounts import queries as accounts
from app.audit import queries as audit
from app.contributions.models import Contribution
from app.core.db import db
from app.moderation import services as moderation
from app.organisations import queries
from app.organisations.models import Organisation
from app.organisations.rules import Standing
from app.privacy.rules import HOLDINGS
from tests.accounts.entering import letters
from tests.browser import Browser
from tests.cast import DARIO, INES, MARCO, MATEO, OLGA, ROSA, SARA
from tests.factories.files import pdf
from tests.world import NOON

RUC = "20131312955"
SLUG = "comite-de-regantes-de-ccorca"
GIVEN = {
    "name": "Comité de Regantes de Ccorca", "sector": "grassroots", "ruc": "", "reach": "local", "legal_status": "unregistered",
    "territories": "Ccorca, Cusco", "topics": "agua, riego", "summary": "Cuidamos los canales.", "email": "regantes@example.pe",
    "phone": "984 123 456", "post": "Presidenta", "space": "cusco",
}  # fmt: skip
WHY = "El acta que envió no nombra a quien la registró."


@pytest.fixture(autouse=True)
def at_noon(monkeypatch):
    monkeypatch.setattr("app.core.clock.now", lambda: NOON)


@pytest.fixture
def rosa(app, world):
    return Browser(app).sign_in(ROSA)


@pytest.fixture
def sara(app, world):
    return Browser(app).sign_in(SARA)


@pytest.fixture
def registered(rosa):
    rosa.post("directory.register", GIVEN)
    return rosa


@pytest.fixture
def verified(registered, sara):
    sara.post("directory.decide", slug="cusco", organisation=SLUG, verdict="verificar")
    return registered


def standing_of(app, slug=SLUG):
    with app.app_context():
        return queries.organisation_by_slug(slug).standing


def test_rosa_registers_her_organisation_and_acts_for_it_but_the_public_does_not_see_it_yet(app, registered):
    page = registered.get("directory.own", slug=SLUG)
    assert page.heading == GIVEN["name"] and "La verifica Municipalidad de Prueba" in page and "Presidenta" in page
    assert standing_of(app) is Standing.PENDING
    Browser(app).get("directory.show", slug=SLUG, status=404)
    assert GIVEN["name"] not in Browser(app).get("directory.index")
    assert GIVEN["name"] not in Browser(app).client.get("/organizaciones.csv").get_data(as_text=True)


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(app, rosa):
    page = rosa.post("directory.register", {**GIVEN, "ruc": "20131312954", "territories": "Macondo"}, status=422)
    assert "No encontramos «Macondo»" in page and page.soup.find("input", {"name": "ruc"})["value"] == "20131312954"
    assert "Ese RUC no existe" in rosa.post("directory.register", {**GIVEN, "ruc": "20131312954"}, status=422)
    assert "Elija quién la verifica" in rosa.post("directory.register", {**GIVEN, "space": ""}, status=422)
    proof = {"proof": (io.BytesIO(b"MZ not a document"), "acta.exe")}
    assert rosa.post("directory.register", {**GIVEN, **proof}, status=422).soup.select(".field--wrong #proof, #proof-error")
    with app.app_context():
        assert queries.organisation_by_slug(SLUG) is None


def test_whoever_registers_one_that_is_there_sees_it_first_and_may_insist_unless_the_ruc_is_the_same(app, registered, world):
    mateo = Browser(app).sign_in(MATEO)
    again = {**GIVEN, "name": "COMITE DE REGANTES CCORCA"}
    page = mateo.post("directory.register", again, status=422)
    assert "¿Es una de estas?" in page and GIVEN["name"] in page
    mateo.post("directory.register", {**again, "is_another": "y"})
    with_ruc = {**GIVEN, "name": "Red de Mujeres", "ruc": RUC}
    mateo.post("directory.register", with_ruc)
    page = mateo.post("directory.register", {**with_ruc, "name": "Otra muy distinta", "is_another": "y"}, status=422)
    assert "con ese RUC" in page and "Red de Mujeres" in page


def test_sara_sees_the_queue_the_oldest_first_reads_the_proof_and_verifies(app, registered, sara):
    registered.post("directory.prove", {"proof": (io.BytesIO(pdf()), "acta.pdf")}, slug=SLUG)
    Browser(app).sign_in(MATEO).post("directory.register", {**GIVEN, "name": "Junta Vecinal de Poroy"})
    queue = sara.get("directory.queue", slug="cusco")
    assert [a.get_text() for a in queue.soup.select("ol.stack a")] == [GIVEN["name"], "Junta Vecinal de Poroy"]
    assert "2 organizaciones esperan verificación" in sara.get("desk.index")
    page = sara.get("directory.desk_organisation", slug="cusco", organisation=SLUG)
    assert ROSA.email in page and "regantes@example.pe" in page
    file = page.soup.find("a", string="acta.pdf")["href"]
    response = sara.client.get(file)
    assert response.status_code == 200 and "no-store" in response.headers["Cache-Control"]
    assert Browser(app).sign_in(INES).client.get(file).status_code == 403
    sara.post("directory.decide", slug="cusco", organisation=SLUG, verdict="verificar")
    assert standing_of(app) is Standing.VERIFIED
    told = letters(app, ROSA.email)[-1]
    assert (told.kind, told.content["verdict"]) == ("organisations.decided", "verified")
    page = Browser(app).get("directory.show", slug=SLUG)
    assert "La verificó Municipalidad de Prueba" in page and "Organización verificada" in page
    with app.app_context():
        assert audit.verdict().is_sound


def test_a_refusal_carries_its_reason_and_the_organisation_may_ask_again(app, registered, sara):
    page = sara.post("directory.decide", {"reason": "no"}, slug="cusco", organisation=SLUG, verdict="rehusar", status=422)
    assert "Explique la razón" in page
    sara.post("directory.decide", {"reason": WHY}, slug="cusco", organisation=SLUG, verdict="rehusar")
    assert letters(app, ROSA.email)[-1].content["reason"] == WHY
    assert WHY in registered.get("directory.own", slug=SLUG)
    Browser(app).get("directory.show", slug=SLUG, status=404)
    registered.post("directory.ask_again", slug=SLUG)
    assert standing_of(app) is Standing.PENDING
    assert "ya no espera" not in registered.get("directory.own", slug=SLUG)


def test_nobody_verifies_the_organisation_they_act_for_nor_one_of_another_space(app, sara, world):
    sara.post("directory.register", GIVEN)
    page = sara.post("directory.decide", slug="cusco", organisation=SLUG, verdict="verificar", status=422)
    assert "la verifica otra persona" in page
    assert Browser(app).sign_in(OLGA).client.get(f"/mesa/espacios/otra/organizaciones/{SLUG}").status_code == 404
    assert Browser(app).sign_in(DARIO).client.get("/mesa/espacios/cusco/organizaciones").status_code == 403


def test_a_contact_is_public_only_while_the_organisation_agrees(app, verified):
    assert "regantes@example.pe" not in Browser(app).get("directory.show", slug=SLUG).html
    verified.post("directory.update", {**GIVEN, "publishes_contact": "y"}, slug=SLUG)
    assert "regantes@example.pe" in Browser(app).get("directory.show", slug=SLUG)
    assert Browser(app).client.get(f"/organizaciones/{SLUG}.json").json["correo"] == "regantes@example.pe"
    verified.post("directory.update", GIVEN, slug=SLUG)
    assert "regantes@example.pe" not in Browser(app).client.get("/organizaciones.csv").get_data(as_text=True)


def test_once_verified_its_name_is_the_team_s_to_change(app, verified, sara):
    verified.post("directory.update", {**GIVEN, "name": "Otro nombre", "ruc": RUC, "topics": "agua"}, slug=SLUG)
    with app.app_context():
        kept = queries.organisation_by_slug(SLUG)
        assert (kept.name, kept.ruc, kept.topics) == (GIVEN["name"], None, ["agua"])
    renamed = {"name": "Junta de Regantes de Ccorca", "reason": "Cambió en asamblea general."}
    sara.post("directory.rename", {**renamed, "reason": ""}, slug="cusco", organisation=SLUG, status=422)
    sara.post("directory.rename", renamed, slug="cusco", organisation=SLUG)
    assert Browser(app).client.get(f"/organizaciones/{SLUG}").location == "/organizaciones/junta-de-regantes-de-ccorca"
    page = Browser(app).get("directory.show", slug="junta-de-regantes-de-ccorca")
    assert f"Antes: {GIVEN['name']}" in page and "Cambió en asamblea" in page


def test_mateo_is_invited_by_letter_accepts_with_that_address_and_speaks_for_it(app, verified, world):
    verified.post("directory.invite", {"email": " MATEO@example.pe ", "post": "Tesorero"}, slug=SLUG)
    letter = letters(app, MATEO.email)[-1]
    assert letter.content["link"].endswith("/mi-cuenta/organizaciones") and letter.content["organisation"] == GIVEN["name"]
    assert "no ha respondido" in verified.post("directory.invite", {"email": MATEO.email}, slug=SLUG, status=422)
    mateo = Browser(app).sign_in(MATEO)
    mateo.get("directory.own", slug=SLUG, status=403)
    address = mateo.get("directory.mine").soup.select_one("form[action$=aceptar]")["action"]
    page = Browser(app).sign_in(INES).post(address, status=200, follow=True)
    assert "no es para su correo" in page
    mateo.post(address)
    assert "Tesorero" in mateo.get("directory.own", slug=SLUG)
    assert "ya actúa por la organización" in verified.post("directory.invite", {"email": MATEO.email}, slug=SLUG, status=422)
    assert "no es para su correo" in mateo.post(address, status=200, follow=True)


def test_the_letter_to_somebody_without_account_is_the_same(app, verified):
    """Who invites does not learn who has an account (S31)."""
    pages = []
    for email in (MATEO.email, "nadie@example.pe"):
        answer = verified.post("directory.invite", {"email": email}, slug=SLUG, status=200, follow=True)
        pages.append(answer.text.replace(email, ""))
        assert len(letters(app, email)) == 1
    assert pages[0].replace("Invitaciones sin responder hasta el 19 de abril de 2027 Retirar", "") != ""
    kinds = {letters(app, email)[0].kind for email in (MATEO.email, "nadie@example.pe")}
    assert kinds == {"organisations.invited"}


def test_an_invitation_is_withdrawn_or_declined(app, verified):
    for act in ("withdrawn", "declined"):
        verified.post("directory.invite", {"email": MATEO.email}, slug=SLUG)
        mateo = Browser(app).sign_in(MATEO)
        page = mateo.get("directory.mine")
        yes, no = (page.soup.select_one(f"form[action$={word}]")["action"] for word in ("aceptar", "rechazar"))
        if act == "declined":
            mateo.post(no)
        else:
            verified.post(verified.get("directory.own", slug=SLUG).soup.select_one("form[action$=retirar]")["action"])
        mateo.post(yes)
        mateo.get("directory.own", slug=SLUG, status=403)


def test_whoever_is_removed_is_told_and_whoever_leaves_leaves_at_once(app, verified, world):
    verified.post("directory.invite", {"email": MATEO.email}, slug=SLUG)
    mateo = Browser(app).sign_in(MATEO)
    mateo.post(mateo.get("directory.mine").soup.select_one("form[action$=aceptar]")["action"])
    forms = {f.parent.get_text(" "): f["action"] for f in verified.get("directory.own", slug=SLUG).soup.select("form[action$=quitar]")}
    of_mateo = next(action for words, action in forms.items() if MATEO.name in words)
    Browser(app).sign_in(INES).post(of_mateo, status=403)
    verified.post(of_mateo)
    assert letters(app, MATEO.email)[-1].kind == "organisations.removed"
    mateo.get("directory.own", slug=SLUG, status=403)
    of_rosa = verified.get("directory.own", slug=SLUG).soup.select_one("form[action$=quitar]")["action"]
    verified.post(of_rosa)
    assert "nadie por ahora" in Browser(app).get("directory.show", slug=SLUG)
    sara = Browser(app).sign_in(SARA)
    sara.post("directory.invite_for", {"email": ROSA.email}, slug="cusco", organisation=SLUG)
    verified.post(verified.get("directory.mine").soup.select_one("form[action$=aceptar]")["action"])  # the same day, again
    assert ROSA.name in verified.get("directory.own", slug=SLUG)


SAID = {"text": "El canal de Ccorca pierde agua: pedimos revestirlo este año.", "proponent_kind": "persona", "consent": ""}


def contribute(browser, world, key, status=303, **more):
    return browser.post("contributions.create", {**SAID, "submission_key": f"{key}-0123456789ab", **more}, slug=world.slug, status=status)


def test_a_verified_organisation_speaks_in_its_own_name_and_series(app, verified, world):
    form = verified.get("contributions.new", slug=world.slug)
    assert [o["value"] for o in form.soup.select("#acting_for option")] == ["", SLUG]
    contribute(verified, world, "acting", acting_for=SLUG)
    with app.app_context():
        made = db.session.query(Contribution).one()
        code = made.code
        assert (made.series, made.public_name, made.sector) == ("O", GIVEN["name"], "grassroots")
        moderation.publish(made, moderator_id=world.id_of(MARCO), now=NOON)
        db.session.commit()
    page = Browser(app).get("portal.contribution", code=code)
    assert page.soup.find("a", href=f"/organizaciones/{SLUG}") and "Organización verificada" in page
    assert Browser(app).client.get(f"/aportes/{code}.json").json["organisation"] == SLUG
    assert code in Browser(app).get("directory.show", slug=SLUG)
    rows = list(
        csv.DictReader(io.StringIO(Browser(app).client.get("/organizaciones.csv").get_data(as_text=True).lstrip("\ufeff")), delimiter=";")
    )
    assert next(row for row in rows if row["organizacion"] == SLUG)["aportes"] == "1"


@pytest.mark.parametrize("who", [MATEO, None])
def test_nobody_speaks_for_an_organisation_they_do_not_act_for(app, verified, world, who):
    browser = Browser(app).sign_in(who) if who else Browser(app)
    assert not browser.get("contributions.new", slug=world.slug).soup.select("#acting_for")
    assert "por la que usted actúa" in contribute(browser, world, "forged", status=422, acting_for=SLUG)
    with app.app_context():
        assert db.session.query(Contribution).count() == 0


def test_an_unverified_organisation_is_only_words(app, registered, sara, world):
    assert not registered.get("contributions.new", slug=world.slug).soup.select("#acting_for")
    contribute(registered, world, "pending", status=422, acting_for=SLUG)
    contribute(registered, world, "words", proponent_kind="organizacion", organisation=GIVEN["name"], consent="anonimo")
    with app.app_context():
        made = db.session.query(Contribution).one()
        assert made.organisation_id is None and made.public_name == GIVEN["name"]


def test_a_verification_that_ends_takes_the_mark_away_and_leaves_what_was_said(app, verified, sara, world):
    contribute(verified, world, "before", acting_for=SLUG)
    with app.app_context():
        made = db.session.query(Contribution).one()
        code = made.code
        moderation.publish(made, moderator_id=world.id_of(MARCO), now=NOON)
        db.session.commit()
    sara.post("directory.decide", {"reason": WHY}, slug="cusco", organisation=SLUG, verdict="retirar")
    page = Browser(app).get("portal.contribution", code=code)
    assert "Organización verificada" not in page and GIVEN["name"] in page
    contribute(verified, world, "after", status=422, acting_for=SLUG)


def test_two_that_are_one_are_joined_and_nothing_is_lost(app, verified, sara, world):
    contribute(verified, world, "merged", acting_for=SLUG)
    with app.app_context():
        made = db.session.query(Contribution).one()
        code = made.code
        moderation.publish(made, moderator_id=world.id_of(MARCO), now=NOON)
        db.session.commit()
    why = {"into": "red-vecinal", "reason": "Es la misma, con otro nombre."}
    assert "Elija otra" in sara.post("directory.merge", {**why, "into": ""}, slug="cusco", organisation=SLUG, status=422)
    sara.post("directory.merge", why, slug="cusco", organisation=SLUG)
    assert Browser(app).client.get(f"/organizaciones/{SLUG}").location == "/organizaciones/red-vecinal"
    page = Browser(app).get("directory.show", slug="red-vecinal")
    assert code in page and GIVEN["name"] in page and "1 persona" in page
    assert "red-vecinal" in verified.get("directory.mine").html and SLUG not in verified.get("directory.mine").html
    assert standing_of(app) is Standing.MERGED
    with app.app_context():
        assert db.session.query(Organisation).filter_by(slug=SLUG).count() == 1


def test_the_directory_is_searched_by_name_sector_and_verification(app, verified):
    names = lambda **given: [a.get_text() for a in Browser(app).get("directory.index", **given).soup.select(".plain-list a")]  # noqa: E731
    assert names()[0] == GIVEN["name"] and "Red Vecinal" in names()
    assert names(q="REGANTES córca".replace("ó", "o")) == [GIVEN["name"]]
    assert names(verificadas="si") == [GIVEN["name"]]
    assert "Gerencia de Obras" in names(sector="government")
    assert "Ninguna organización coincide" in Browser(app).get("directory.index", q="zzz")


def test_the_data_carry_the_columns_that_are_declared(app, verified):
    declared = [
        row.select_one("th").get_text() for row in Browser(app).get("opendata.index").soup.select("#organizaciones ~ details tbody tr")
    ]
    first = Browser(app).client.get("/organizaciones.csv").get_data(as_text=True).lstrip("\ufeff").splitlines()[0]
    assert first.split(";") == declared
    assert list(Browser(app).client.get("/organizaciones.json").json[0]) == declared


def test_whoever_erases_their_account_leaves_no_address_in_an_organisation(app, verified):
    verified.post("directory.update", {**GIVEN, "email": ROSA.email, "publishes_contact": "y"}, slug=SLUG)
    verified.post("privacy.erase", {"confirmed": "y"}, status=200)
    with app.app_context():
        kept = queries.organisation_by_slug(SLUG)
        assert (kept.contact_email, kept.contact_phone, kept.contact_published_at) == ("", "", None)
        assert accounts.person_by_email(ROSA.email) is None
    assert any(holding.table == "organisation_invitation" for holding in HOLDINGS)
