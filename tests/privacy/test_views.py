"""«Mis datos»: taken along, gathered, corrected, stopped, erased; nobody else's (P01 to P06, P10)."""

import io
import json
import zipfile
from datetime import timedelta

import pytest

from app.accounts import queries as accounts
from app.accounts import services as accounts_services
from app.accounts.models import Consent
from app.accounts.rules.joining import AgeBand
from app.activities import services as activities
from app.activities.rules import RegistrationDraft
from app.audit import queries as audit
from app.contributions import services as contributions
from app.contributions.models import Authorship, Contribution
from app.contributions.rules.drafts import ContributionDraft
from app.contributions.rules.terms import NameConsent
from app.core.db import db
from app.notifications import services as notifications
from app.privacy import services
from app.processes import queries as processes
from app.processes.models import Opportunity
from tests.browser import Browser
from tests.cast import MATEO, ROSA, SARA
from tests.world import NOON

WORDS = "La posta cierra a las dos de la tarde. Pedimos turno de noche."
SEEDED = ("Rosa", "Quispe", "rosa@example.pe", "987654321", "R. Q. H.")


@pytest.fixture(autouse=True)
def at_noon(monkeypatch):
    monkeypatch.setattr("app.core.clock.now", lambda: NOON)


def say(app, world, key, *, person=None, publish=True, **draft):
    """A contribution, committed: (code, token of its receipt)."""
    with app.app_context():
        made = contributions.receive(
            ContributionDraft(WORDS, theme_slug="agua", **draft), processes.process_by_slug(world.slug), submission_key=f"{key}-0123456789",
            received_at=NOON, now=NOON, publish=publish, person_id=world.id_of(person) if person else None,
        )  # fmt: skip
        found = made.contribution.code, made.token
        db.session.commit()
        return found


@pytest.fixture
def story(app, world):
    """Rosa under her address, from her account, by a pseudonym, without account; Mateo beside her."""
    codes = {
        "mailed": say(app, world, "mailed", speaker=ROSA.name, email=ROSA.email, phone="987654321", consent=NameConsent.NAME),
        "initials": say(app, world, "initials", person=ROSA, speaker=ROSA.name, consent=NameConsent.INITIALS),
        "pseudonym": say(app, world, "pseudonym", person=ROSA, speaker=ROSA.name, pseudonym="Kuntur", consent=NameConsent.PSEUDONYM),
        "loose": say(app, world, "loose", speaker="", consent=NameConsent.ANONYMOUS),
        "mateo": say(app, world, "mateo", person=MATEO, speaker=MATEO.name, email=MATEO.email, consent=NameConsent.NAME),
    }
    with app.app_context():
        rosa, opportunity = accounts.person_by_email(ROSA.email), db.session.get(Opportunity, world.opportunities["taller-ccorca"])
        _loaded = processes.process_by_slug(world.slug)  # so that the letter of the registration finds its title
        accounts_services.accept_notice(rosa, now=NOON)
        draft = RegistrationDraft(ROSA.name, ROSA.email, phone="987654321")
        activities.register(opportunity, draft, submission_key="registro-0123456789", now=opportunity.starts_at - timedelta(days=2))
        notifications.subscribe("process", world.process_id, ROSA.email, at=NOON)
        db.session.commit()
    return codes


def taken_along(browser):
    response = browser.client.post("/mi-cuenta/datos/descargar")
    assert response.status_code == 200 and response.headers["Cache-Control"] == "no-store"
    return zipfile.ZipFile(io.BytesIO(response.data))


def test_the_file_holds_everything_of_rosa_and_nothing_of_mateo(app, world, story):
    archive = taken_along(Browser(app).sign_in(ROSA))
    content = json.loads(archive.read("datos.json"))
    assert {row["codigo"] for row in content["aportes"]} == {story[name][0] for name in ("mailed", "initials", "pseudonym")}
    assert content["cuenta"][0]["email"] == ROSA.email and content["inscripciones"][0]["phone"] == "987654321"
    assert content["consentimientos"] and content["sesiones"] and content["avisos"]
    whole = "".join(archive.read(name).decode("utf-8-sig") for name in archive.namelist())
    assert WORDS in whole and MATEO.email not in whole and story["mateo"][0] not in whole
    assert "argon2" not in whole
    assert "aportes.csv" in archive.namelist() and archive.read("aportes.csv").decode("utf-8-sig").startswith("codigo;proceso")


def test_staff_find_their_acts_in_the_file(app, world, story):
    content = json.loads(taken_along(Browser(app).sign_in(SARA)).read("datos.json"))
    assert {"process", "schedule_version"} <= {act["tabla"] for act in content["actos"]}
    assert content["roles"][0]["role"] == "SEC"


def test_the_file_asks_again_who_one_is_and_is_behind_no_link(app, world, story, monkeypatch):
    browser = Browser(app).sign_in(ROSA)
    assert browser.client.get("/mi-cuenta/datos/descargar").status_code == 405
    monkeypatch.setattr("app.core.clock.now", lambda: NOON + timedelta(minutes=11))
    response = browser.client.post("/mi-cuenta/datos/descargar")
    assert response.status_code == 303 and response.location.startswith("/mi-cuenta/confirmar")
    assert Browser(app).client.post("/mi-cuenta/datos/descargar").location.startswith("/ingresar")


def test_a_contribution_without_account_is_gathered_with_its_receipt_once(app, world, story):
    code, token = story["loose"]
    rosa = Browser(app).sign_in(ROSA)
    assert code not in rosa.get("letters.mine", token="cuenta")
    assert "no es el enlace" in rosa.post("privacy.gather", {"receipt": "http://localhost/recibos/inventado"}, status=422)
    rosa.post("privacy.gather", {"receipt": f" http://localhost/recibos/{token}?x=1 "})
    assert code in rosa.get("letters.mine", token="cuenta")
    page = Browser(app).sign_in(MATEO).post("privacy.gather", {"receipt": token}, status=422)
    assert "ya está en una cuenta" in page
    assert code not in Browser(app).sign_in(MATEO).get("letters.mine", token="cuenta")


def test_a_corrected_name_reaches_every_contribution_that_carries_it(app, world, story):
    page = Browser(app).sign_in(ROSA).post("privacy.correct", {"name": "", "age": "adult"}, status=422)
    assert "Escriba su nombre" in page
    Browser(app).sign_in(ROSA).post("privacy.correct", {"name": "Rosalía Ccori Mayta", "pseudonym": "Sallqa", "age": "adult"})
    with app.app_context():
        shown = {c.code: c.public_name for c in db.session.query(Contribution)}
    assert shown[story["mailed"][0]] == "Rosalía Ccori Mayta"
    assert shown[story["initials"][0]] == "R. C. M."
    assert shown[story["pseudonym"][0]] == "Sallqa"
    assert shown[story["mateo"][0]] == MATEO.name
    assert "Rosalía Ccori Mayta" in Browser(app).get("portal.contribution", code=story["mailed"][0])


@pytest.mark.parametrize("age", [None, "", "child", "cien"])
def test_an_age_that_is_not_on_the_list_changes_nothing(app, world, age):
    with app.app_context():
        accounts_services.correct(accounts.person_by_email(ROSA.email), ROSA.name, "Kuntur", AgeBand.TEENAGER, now=NOON)
        db.session.commit()
    sent = {"name": ROSA.name, "pseudonym": "Kuntur"} | ({} if age is None else {"age": age})
    Browser(app).sign_in(ROSA).post("privacy.correct", sent)
    with app.app_context():
        assert accounts.person_by_email(ROSA.email).age is AgeBand.TEENAGER


def test_letters_nobody_wants_any_more_stop(app, world, story):
    rosa = Browser(app).sign_in(ROSA)
    assert "Sigue 1 cosas" in rosa.get("privacy.index")
    rosa.post("privacy.stop_letters")
    assert "Sigue 1 cosas" not in rosa.get("privacy.index")


def whole_database():
    """Every value of every row, as text."""
    return "\n".join(
        " ".join(str(value) for value in row) for table in db.metadata.sorted_tables for row in db.session.execute(table.select())
    )


def erase_rosa(app):
    browser = Browser(app).sign_in(ROSA)
    assert "Marque la casilla" in browser.post("privacy.erase", status=422)
    page = browser.post("privacy.erase", {"confirmed": "y"}, status=200)
    assert page.heading == "Su cuenta se borró"
    return browser


def test_erasing_takes_the_person_away_from_every_table_and_leaves_the_record(app, world, story):
    with app.app_context():
        before = whole_database()
        assert all(word in before for word in SEEDED)
    browser = erase_rosa(app)
    with app.app_context():
        after = whole_database()
        assert [word for word in SEEDED if word in after] == []
        kept = {c.code: (c.text, c.public_name) for c in db.session.query(Contribution)}
        assert kept[story["mailed"][0]] == (WORDS, "Participante retirado")
        assert kept[story["mateo"][0]] == (WORDS, MATEO.name)
        assert {a.consent for a in db.session.query(Authorship).filter_by(person_id=world.id_of(ROSA))} == {NameConsent.ANONYMOUS}
        assert db.session.query(Consent).one().withdrawn_at == NOON
        assert audit.verdict().is_sound
    browser.get("accounts.index", status=303)
    assert browser.client.post("/ingresar", data={"email": ROSA.email, "password": ROSA.password}).status_code == 422
    assert "Participante retirado" in Browser(app).get("portal.contribution", code=story["mailed"][0])


def test_the_last_letter_leaves_and_is_forgotten(app, world, story, monkeypatch):
    monkeypatch.setitem(app.config, "MAIL_URL", "smtp://localhost:1")
    erase_rosa(app)
    with app.app_context():
        assert ROSA.email in whole_database()
        db.session.execute(db.metadata.tables["notification"].update().values(state="sent"))
        assert services.blank_last_letters() == 1
        assert ROSA.email not in whole_database()
        assert services.blank_last_letters() == 0


def test_whoever_holds_a_role_cannot_vanish_while_it_lasts(app, world, story):
    page = Browser(app).sign_in(SARA).post("privacy.erase", {"confirmed": "y"}, status=422)
    assert "Tiene un rol vigente" in page
    with app.app_context():
        assert accounts.person_by_email(SARA.email) is not None


def test_a_backup_put_back_does_not_bring_the_forgotten_back(app, world, story, data_dir, monkeypatch):
    (data_dir / services.OUTSIDE).unlink(missing_ok=True)
    with app.app_context():
        address_hash = services.hash_of(ROSA.email)
    services_remember(app, address_hash)
    with app.app_context():  # the database of before the erasure, as a backup would bring it
        assert services.forget_again(NOON) == 0
        monkeypatch.setattr("app.core.restored.is_marked", lambda: True)
        assert services.forget_again(NOON) == 1
        assert [word for word in SEEDED if word in whole_database()] == []
        assert services.forget_again(NOON) == 0
    assert ROSA.email not in (data_dir / services.OUTSIDE).read_text()
    (data_dir / services.OUTSIDE).unlink()


def services_remember(app, address_hash):
    with app.app_context():
        services.remember(address_hash)


def test_a_contribution_sent_while_signed_in_is_in_the_account_and_named_as_chosen(app, world):
    rosa = Browser(app).sign_in(ROSA)
    page = rosa.get("contributions.new", slug=world.slug)
    assert page.soup.find("input", {"name": "speaker"})["value"] == ROSA.name
    sent = {
        "text": WORDS,
        "proponent_kind": "persona",
        "consent": "seudonimo",
        "submission_key": "con-cuenta-0123456789",
        "speaker": ROSA.name,
    }
    assert "Escriba el seudónimo" in rosa.post("contributions.create", sent, slug=world.slug, status=422)
    rosa.post("contributions.create", {**sent, "pseudonym": "Kuntur"}, slug=world.slug)
    with app.app_context():
        made = db.session.query(Contribution).one()
        assert made.public_name == "Kuntur"
        assert db.session.query(Authorship).one().person_id == world.id_of(ROSA)


def test_who_is_14_to_17_appears_by_a_pseudonym_whatever_the_form_says(app, world):
    with app.app_context():
        rosa = accounts.person_by_email(ROSA.email)
        accounts_services.correct(rosa, ROSA.name, "Kuntur", AgeBand.TEENAGER, now=NOON)
        db.session.commit()
    browser = Browser(app).sign_in(ROSA)
    page = browser.get("contributions.new", slug=world.slug)
    assert not page.soup.find("input", {"name": "speaker"}) and not page.soup.find(attrs={"name": "ubigeo"})
    sent = {
        "text": WORDS, "proponent_kind": "persona", "consent": "nombre", "speaker": ROSA.name, "ubigeo": "080102", "pseudonym": "Kuntur",
        "phone": "987654321", "submission_key": "con-quince-0123456789",
    }  # fmt: skip
    browser.post("contributions.create", sent, slug=world.slug)
    with app.app_context():
        made, author = db.session.query(Contribution).one(), db.session.query(Authorship).one()
        assert (made.public_name, made.ubigeo, author.name, author.phone) == ("Kuntur", None, "", "")
