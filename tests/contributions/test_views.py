"""The pages: the citizen's form and receipt, the capture sheet, the import, as people use them."""

import io
import re

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.contributions.models import Contribution, ImportMap, ImportUpload
from app.contributions.rules.terms import Visibility
from app.core.db import db
from tests.browser import Browser, ParsedPage
from tests.cast import ANA, FELIX, INES, MARCO, OLGA, SARA, VERA, CastMember
from tests.world import NOON, World

SHEET = {"slug": "plan-prueba", "activity": "taller-ccorca"}
WORDS = "Que la posta de Ccorca atienda también los sábados por la mañana."


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.core.clock.now", lambda: NOON)


def typed(**changes: str) -> dict[str, str]:
    given = {
        "submission_key": "clave-de-prueba-000001", "text": WORDS, "title": "", "theme_slug": "agua", "ubigeo": "080102", "place": "",
        "language": "es", "proponent_kind": "persona", "speaker": "Rosa Quispe Huamán", "organisation": "", "sector": "",
        "consent": "iniciales", "email": "", "phone": "",
    }  # fmt: skip
    return given | changes


def received(app: Flask) -> list[Contribution]:
    with app.app_context():
        return list(db.session.scalars(select(Contribution).order_by(Contribution.id)))


class TestTheOnlineForm:
    def test_a_citizen_sends_it_and_reads_the_receipt(self, app: Flask, browser: Browser, world: World) -> None:
        page = browser.get("contributions.new", slug=world.slug)
        assert "Presentar un aporte" in page.heading
        sent = browser.post("contributions.create", typed(), slug=world.slug)
        receipt = browser.get(sent.response.headers["Location"])
        for words in ("PRB-C-0001", "R. Q. H.", WORDS, "31 de marzo de 2027", "29 de abril de 2027"):
            assert words in receipt
        assert "Rosa Quispe" not in receipt.html
        assert receipt.response.headers["Cache-Control"] == "no-store"
        qr = browser.client.get(receipt.soup.find("img")["src"])
        assert (qr.status_code, qr.mimetype) == (200, "image/svg+xml")
        assert received(app)[0].visibility is Visibility.HELD

    def test_everything_there_is_to_mend_is_said_at_once(self, app: Flask, browser: Browser, world: World) -> None:
        wrong = typed(text="", consent="", email="rosa", place="Lugar que no existe")
        page = browser.post("contributions.create", wrong, slug=world.slug, status=422)
        for field in ("text", "consent", "email", "place"):
            assert page.soup.find(id=f"{field}-error") is not None, field
        assert received(app) == []

    def test_an_unknown_receipt_is_not_found(self, browser: Browser, world: World) -> None:
        browser.get("/recibos/no-existe", status=404)
        browser.get("/recibos/no-existe/qr.svg", status=404)

    def test_a_double_click_makes_one_and_the_same_receipt(self, app: Flask, browser: Browser, world: World) -> None:
        first = browser.post("contributions.create", typed(), slug=world.slug)
        second = browser.post("contributions.create", typed(), slug=world.slug)
        assert first.response.headers["Location"] == second.response.headers["Location"]
        assert len(received(app)) == 1

    def test_errors_keep_everything_typed(self, app: Flask, browser: Browser, world: World) -> None:
        page = browser.post(
            "contributions.create", typed(text="Corto", consent="", email="rosa", title="Mi título"), slug=world.slug, status=422
        )
        assert page.soup.find("textarea", id="text").get_text().strip() == "Corto"
        assert page.soup.find(id="title")["value"] == "Mi título"
        assert page.soup.find(id="speaker")["value"] == "Rosa Quispe Huamán"
        assert page.soup.find("option", value="agua").has_attr("selected")
        assert len(page.soup.select(".error-summary li")) == 3
        assert received(app) == []

    def test_other_words_with_the_same_key_say_so(self, browser: Browser, world: World) -> None:
        browser.post("contributions.create", typed(), slug=world.slug)
        page = browser.post("contributions.create", typed(text="Otra cosa distinta que agregué."), slug=world.slug, status=422)
        assert "PRB-C-0001" in page

    def test_a_place_that_fits_two_is_asked_and_then_taken(self, app: Flask, browser: Browser, world: World) -> None:
        self._two_places(app)
        page = browser.post("contributions.create", typed(ubigeo="", place="santiago"), slug=world.slug, status=422)
        choices = [tag["value"] for tag in page.soup.select("input[name=place_choice]")]
        assert choices == ["080106", "110111"], "the one in the space first"
        browser.post("contributions.create", typed(ubigeo="", place="santiago", place_choice="110111"), slug=world.slug)
        assert received(app)[0].ubigeo == "110111"

    def test_a_place_is_looked_up_without_sending(self, app: Flask, browser: Browser, world: World) -> None:
        self._two_places(app)
        page = browser.post("contributions.create", typed(place="santiago", buscar="1"), slug=world.slug, status=200)
        assert "Santiago, Ica, Ica" in page
        assert "Ccorca, Cusco, Cusco" in browser.post(
            "contributions.create", typed(place="CCORCA", buscar="1"), slug=world.slug, status=200
        )
        assert received(app) == []

    def test_an_unknown_place_is_refused(self, browser: Browser, world: World) -> None:
        assert "No encontramos" in browser.post("contributions.create", typed(place="Narnia"), slug=world.slug, status=422)

    def test_after_closing_it_says_until_when_and_where_the_answers_are(
        self, app: Flask, browser: Browser, world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("app.core.clock.now", lambda: NOON.replace(month=5))
        page = browser.get("contributions.new", slug=world.slug)
        assert "30 de marzo de 2027" in page
        assert page.soup.find("form", method="post") is None
        browser.post("contributions.create", typed(), slug=world.slug, status=422)
        assert received(app) == []

    def test_an_organisation_is_always_named(self, app: Flask, browser: Browser, world: World) -> None:
        browser.post(
            "contributions.create",
            typed(proponent_kind="organizacion", organisation="Red Vecinal", consent="anonimo", sector="grassroots"), slug=world.slug,
        )  # fmt: skip
        made = received(app)[0]
        assert (made.code, made.public_name, made.sector.value) == ("PRB-O-0001", "Red Vecinal", "grassroots")

    def _two_places(self, app: Flask) -> None:
        from app.territories.models import Territory, TerritoryLevel

        with app.app_context():
            rows = [("11", "Ica", None, TerritoryLevel.REGION, "Ica"), ("1101", "Ica", "11", TerritoryLevel.PROVINCE, "Ica, Ica"),
                    ("110111", "Santiago", "1101", TerritoryLevel.DISTRICT, "Santiago, Ica, Ica"),
                    ("080106", "Santiago", "0801", TerritoryLevel.DISTRICT, "Santiago, Cusco, Cusco")]  # fmt: skip
            for ubigeo, name, parent, level, full in rows:
                row = Territory(ubigeo=ubigeo, name=name, folded_name=name.lower(), parent_ubigeo=parent, level=level, full_name=full)
                db.session.add(row)
                db.session.flush()
            db.session.commit()


class TestTheCaptureSheet:
    def test_a_facilitator_types_two_and_sees_them_newest_first(self, app: Flask, browser: Browser, world: World) -> None:
        browser.sign_in(INES)
        assert "Todavía no hay ninguno" in browser.get("contributions.capture", **SHEET)
        for n, who in enumerate(("Juana Mamani", "Pedro Soto")):
            browser.post("contributions.save_row", typed(submission_key=f"fila-de-taller-{n:06}", speaker=who), **SHEET)
        page = browser.get("contributions.capture", **SHEET)
        assert re.findall(r"PRB-T01-000\d", page.soup.find(id="recogidos-lista").get_text())[::2][:1] == ["PRB-T01-0002"]
        made = received(app)
        assert [c.public_name for c in made] == ["J. M.", "P. S."]
        assert {c.visibility for c in made} == {Visibility.PUBLIC}
        assert {c.ubigeo for c in made} == {"080102"}
        assert {c.captured_by_id for c in made} == {world.id_of(INES)}

    def test_the_script_is_answered_in_json_and_never_doubles(self, app: Flask, browser: Browser, world: World) -> None:
        browser.sign_in(INES)
        for _turn in range(3):
            answer = browser.post(
                "contributions.save_row", typed(), status=201, headers={"Accept": "application/json"}, **SHEET
            ).response.json
        assert answer["code"] == "PRB-T01-0001"
        assert WORDS in answer["html"]
        refused = browser.post(
            "contributions.save_row", typed(text="no", submission_key="otra-clave-larga-01"), status=422,
            headers={"Accept": "application/json"},
            **SHEET,
        ).response.json  # fmt: skip
        assert len(refused["errors"]) == 1
        assert len(received(app)) == 1

    def test_a_row_is_corrected_and_keeps_its_code(self, app: Flask, browser: Browser, world: World) -> None:
        browser.sign_in(INES)
        browser.post("contributions.save_row", typed(), **SHEET)
        page = browser.get("contributions.edit_row", code="PRB-T01-0001", **SHEET)
        assert page.soup.find(id="speaker")["value"] == "Rosa Quispe Huamán"
        browser.post(
            "contributions.update_row",
            typed(text="Que la posta atienda también los domingos.", consent="nombre"),
            code="PRB-T01-0001",
            **SHEET,
        )
        made = received(app)[0]
        assert (made.code, made.text, made.public_name) == (
            "PRB-T01-0001",
            "Que la posta atienda también los domingos.",
            "Rosa Quispe Huamán",
        )

    def test_pasted_lines_are_reviewed_and_saved_together(self, app: Flask, browser: Browser, world: World) -> None:
        browser.sign_in(INES)
        lines = (
            "- Juana Mamani | Club de Madres | Que haya luz en la cancha de Ccorca.\nPedro Soto | Que el bus llegue a las seis.\n\n"
            "3) Que limpien el canal de riego."
        )
        page = browser.post("contributions.paste", {"pasted": lines}, status=200, **SHEET)
        assert len(page.soup.select("textarea")) == 3
        assert received(app) == []
        sent = self._fields(page)
        sent["fila1-text"] = "corto"
        again = browser.post("contributions.save_pasted", sent, status=422, **SHEET)
        assert received(app) == []
        assert "No se guardó ninguno" in again
        sent["fila1-text"] = "Que el bus llegue a las seis de la mañana."
        browser.post("contributions.save_pasted", sent, **SHEET)
        browser.post("contributions.save_pasted", sent, **SHEET)
        assert [(c.code, c.public_name) for c in received(app)] == [
            ("PRB-T01-0001", "Club de Madres"), ("PRB-T01-0002", "P. S."), ("PRB-T01-0003", "Anónimo"),
        ]  # fmt: skip

    def test_an_emptied_row_is_left_out(self, app: Flask, browser: Browser, world: World) -> None:
        browser.sign_in(INES)
        page = browser.post(
            "contributions.paste", {"pasted": "Que haya luz en la cancha.\nQue haya agua en la escuela."}, status=200, **SHEET
        )
        browser.post("contributions.save_pasted", self._fields(page) | {"fila0-text": ""}, **SHEET)
        assert len(received(app)) == 1

    @pytest.mark.parametrize("person", [ANA, MARCO, FELIX, VERA, OLGA])
    def test_nobody_else_captures(self, browser: Browser, world: World, person: CastMember) -> None:
        browser.sign_in(person)
        browser.get("contributions.capture", status=403, **SHEET)
        browser.post("contributions.save_row", typed(), status=403, **SHEET)
        browser.get("contributions.import_file", slug=world.slug, status=403)

    def test_the_online_channel_has_no_sheet(self, browser: Browser, world: World) -> None:
        browser.sign_in(INES)
        browser.get("contributions.capture", slug=world.slug, activity="aportes-en-linea", status=404)

    def _fields(self, page: ParsedPage) -> dict[str, str]:
        form = page.soup.select("main form")[-1]
        sent = {tag["name"]: tag.get("value", "") for tag in form.select("input[name]") if tag.get("type") != "radio"}
        sent |= {tag["name"]: tag.get_text().removeprefix("\n") for tag in form.select("textarea")}
        for tag in form.select("select"):
            chosen = tag.find("option", selected=True) or tag.find("option")
            sent[tag["name"]] = chosen.get("value", chosen.get_text())
        return sent


class TestTheImport:
    GOOD = (
        "referencia_externa;texto;proponente;tipo_proponente;ubigeo;tema;visibilidad\r\n"
        f"A1;{WORDS};Rosa Quispe;persona;080102;Agua y saneamiento;iniciales\r\nA2;Que haya luz en la cancha.;;persona;80101;;anonimo\r\n"
    )

    def test_a_clean_file_is_checked_confirmed_and_gives_codes(self, app: Flask, browser: Browser, world: World) -> None:
        browser.sign_in(SARA)
        browser.get("contributions.import_file", slug=world.slug)
        check = self._upload(browser, self.GOOD.encode(), world)
        assert "El archivo está listo" in check
        assert received(app) == []
        done = browser.post(check.soup.select_one("form[action$=confirmar]")["action"], follow=True, status=200)
        assert "PRB-P-0001" in done and "PRB-P-0002" in done
        assert [(c.ubigeo, c.public_name) for c in received(app)] == [("080102", "R. Q."), ("080101", "Anónimo")]
        again = self._upload(browser, self.GOOD.encode(), world)
        assert "ya estaba importado" in again
        assert len(received(app)) == 2

    def test_confirming_twice_imports_once(self, app: Flask, browser: Browser, world: World) -> None:
        browser.sign_in(SARA)
        url = self._upload(browser, self.GOOD.encode(), world).soup.select_one("form[action$=confirmar]")["action"]
        browser.post(url)
        browser.post(url)
        assert len(received(app)) == 2

    def test_problems_are_listed_with_row_and_column_and_nothing_is_written(self, app: Flask, browser: Browser, world: World) -> None:
        browser.sign_in(INES)
        content = self.GOOD.replace("080102", "999999").replace("anonimo", "nadie").encode()
        check = self._upload(browser, content, world)
        cells = [[td.get_text() for td in tr.find_all(["th", "td"])][:2] for tr in check.soup.select(".data-table tbody tr")]
        assert cells == [["2", "ubigeo"], ["3", "visibilidad"]]
        assert check.soup.select_one("form[action$=confirmar]") is None
        browser.post(check.soup.select_one("form[action$=valores]")["action"].replace("valores", "confirmar"))
        assert received(app) == []

    def test_unknown_columns_are_chosen_and_the_map_is_kept(self, app: Flask, browser: Browser, world: World) -> None:
        browser.sign_in(SARA)
        content = f"num,propuesta,quien\n1,{WORDS},vecino\n2,Que haya luz en la cancha.,vecino\n".encode()
        check = self._upload(browser, content, world)
        url = check.soup.select_one("form[action$=columnas]")["action"]
        chosen = {
            "columna-texto": "propuesta",
            "columna-referencia_externa": "num",
            "columna-tipo_proponente": "quien",
            "siempre-visibilidad": "anonimo",
        }
        check = browser.post(url, chosen | {"nombre": "Hoja de la oficina"}, follow=True, status=200)
        assert "Diga qué significa cada valor" in check
        check = browser.post(
            check.soup.select_one("form[action$=valores]")["action"], {"valor-tipo_proponente-0": "persona"}, follow=True, status=200
        )
        browser.post(check.soup.select_one("form[action$=confirmar]")["action"])
        assert len(received(app)) == 2
        with app.app_context():
            assert db.session.scalar(select(ImportMap.name)) == "Hoja de la oficina"
        assert "Hoja de la oficina" in browser.get("contributions.import_file", slug=world.slug)

    def test_a_windows_file_is_asked_about_and_then_read(self, app: Flask, browser: Browser, world: World) -> None:
        browser.sign_in(SARA)
        check = self._upload(browser, self.GOOD.encode("cp1252"), world)
        assert "¿El archivo está en CP1252 (Windows)?" in check
        assert "sábados" in check
        check = browser.post(check.soup.select_one("form[action$=codificacion]")["action"], follow=True, status=200)
        assert "El archivo está listo" in check

    def test_themes_may_be_created(self, app: Flask, browser: Browser, world: World) -> None:
        browser.sign_in(SARA)
        check = self._upload(browser, self.GOOD.replace("Agua y saneamiento", "Parques nuevos").encode(), world)
        check = browser.post(check.soup.select_one("form[action$=temas]")["action"], follow=True, status=200)
        assert "Parques nuevos" in check
        browser.post(check.soup.select_one("form[action$=confirmar]")["action"])
        assert len(received(app)) == 2

    def test_a_workshop_file_gets_the_codes_of_the_workshop(self, app: Flask, browser: Browser, world: World) -> None:
        browser.sign_in(INES)
        check = self._upload(browser, self.GOOD.encode(), world, activity="taller-ccorca")
        browser.post(check.soup.select_one("form[action$=confirmar]")["action"])
        assert [c.code for c in received(app)] == ["PRB-T01-0001", "PRB-T01-0002"]

    def test_the_file_is_only_for_who_brought_it_and_goes_when_discarded(self, app: Flask, browser: Browser, world: World) -> None:
        browser.sign_in(SARA)
        check = self._upload(browser, self.GOOD.encode(), world)
        url = check.soup.select_one("form[action$=descartar]")["action"]
        browser.sign_out().sign_in(INES)
        browser.get(url.removesuffix("/descartar"), status=404)
        browser.sign_out().sign_in(SARA)
        browser.post(url)
        with app.app_context():
            assert db.session.scalar(select(func.count(ImportUpload.id))) == 0

    def test_the_templates_are_given(self, browser: Browser, world: World) -> None:
        browser.sign_in(INES)
        for kind in ("csv", "xlsx"):
            answer = browser.client.get(browser.url(f"contributions.template_{kind}", slug=world.slug))
            assert answer.status_code == 200
            assert answer.headers["Content-Disposition"].endswith(f'.{kind}"')

    def _upload(self, browser: Browser, content: bytes, world: World, activity: str = "") -> ParsedPage:
        data = {"file": (io.BytesIO(content), "aportes.csv"), "activity": activity, "map_name": ""}
        return browser.post("contributions.upload_file", data, slug=world.slug, follow=True, status=200)
