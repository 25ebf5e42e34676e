"""Many posts at once: one row, one receipt (R09); codes without gaps or repeats (BR-28). On SQLite and on PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.contributions import services
from app.contributions.models import CodeSequence, Contribution
from app.contributions.rules.drafts import ContributionDraft
from app.contributions.rules.terms import NameConsent
from app.core.db import db
from app.processes.models import Process
from tests.world import NOON, World, build_world

POSTS = 20


@dataclass
class Place:
    """An application and the process in it, on one of the two databases."""

    app: Flask
    world: World


@pytest.fixture
def on_sqlite(app: Flask, world: World) -> Place:
    return Place(app, world)


@pytest.fixture
def on_postgres(postgres_app: Flask) -> Place:
    with postgres_app.app_context():
        made = build_world()
        db.session.commit()
        db.session.remove()
    return Place(postgres_app, made)


@pytest.fixture(params=["on_sqlite", "on_postgres"])
def place(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Place:
    monkeypatch.setattr("app.core.clock.now", lambda: NOON)
    found: Place = request.getfixturevalue(request.param)
    return found


def at_once(how_many: int, work: object) -> list[object]:
    with ThreadPoolExecutor(how_many) as pool:
        return list(pool.map(work, range(how_many)))  # type: ignore[arg-type]


def test_twenty_posts_of_one_form_make_one_contribution_and_one_receipt(place: Place) -> None:
    sent = {
        "submission_key": "clave-veinte-veces-01", "text": "Que haya luz en la cancha de Ccorca.", "language": "es", "consent": "anonimo",
        "proponent_kind": "persona", "email": "rosa@example.pe",
    }  # fmt: skip

    def post(_turn: int) -> tuple[int, str]:
        answer = place.app.test_client().post("/procesos/plan-prueba/aportes/nuevo", data=sent)
        return answer.status_code, answer.headers.get("Location", "")

    answers = at_once(POSTS, post)
    assert {status for status, _ in answers} == {303}
    assert len({location for _, location in answers}) == 1
    with place.app.app_context():
        assert db.session.scalar(select(func.count(Contribution.id))) == 1
        assert db.session.scalar(select(CodeSequence.last)) == 1


def test_twenty_different_posts_get_twenty_codes_in_a_row(place: Place) -> None:
    def receive(turn: int) -> str:
        with place.app.app_context():
            process = db.session.get(Process, place.world.process_id)
            draft = ContributionDraft(text=f"Que haya luz en la cancha {turn}.", consent=NameConsent.ANONYMOUS)
            receipt = services.receive(draft, process, submission_key=f"clave-{turn:020}", received_at=NOON, now=NOON, publish=True)
            code = receipt.contribution.code
            db.session.commit()
            return code

    codes = at_once(POSTS, receive)
    assert sorted(codes) == [f"PRB-C-{n:04}" for n in range(1, POSTS + 1)]


def test_a_row_sent_by_two_tabs_is_saved_once(place: Place) -> None:
    def receive(_turn: int) -> int:
        with place.app.app_context():
            process = db.session.get(Process, place.world.process_id)
            draft = ContributionDraft(text="Que limpien el canal de riego.", consent=NameConsent.ANONYMOUS)
            receipt = services.receive(draft, process, submission_key="la-misma-clave-siempre", received_at=NOON, now=NOON, publish=True)
            number = receipt.contribution.id
            db.session.commit()
            return number

    assert len(set(at_once(8, receive))) == 1


def test_the_search_is_the_same_on_both(place: Place) -> None:
    from app.contributions import queries
    from app.contributions.rules.filters import ContributionFilters

    with place.app.app_context():
        process = db.session.get(Process, place.world.process_id)
        texts = ["Que la posta atienda los sábados.", "Pavimentación de la avenida.", "El señor Ñahui pide agua.", "漢字 y " + "a" * 3000]
        for n, text in enumerate(texts):
            draft = ContributionDraft(text=text, consent=NameConsent.ANONYMOUS)
            services.receive(draft, process, submission_key=f"busca-{n:020}", received_at=NOON, now=NOON, publish=True)
        for typed, code in (("sabado", 1), ("pavimentacion", 2), ("PAVIMENTACIONES", 2), ("nahui", 3), ("agua ñahui", 3), ("漢字", 4)):
            assert [r.code for r in queries.page_of(process.id, ContributionFilters(q=typed), 1).rows] == [f"PRB-C-{code:04}"], typed
        for typed in ("'", '"', "a & b", "a | !b", "\\", "::", "(((", "' OR 1=1 --", "a" * 4000):
            queries.page_of(process.id, ContributionFilters(q=typed), 1)


def test_an_import_on_either_database_is_whole_and_repeatable(place: Place) -> None:
    from app.contributions import importing
    from app.contributions.importing import FileMap

    content = (
        "texto;tipo_proponente;visibilidad\n" + "".join(f"Que haya luz en la cancha {n}.;persona;anonimo\n" for n in range(1_200))
    ).encode()
    with place.app.app_context():
        process = db.session.get(Process, place.world.process_id)
        for expected in (1_200, 0):
            table = importing.read_table(content, FileMap())
            found = importing.judge(table, FileMap(), process.id, workshop_id=None, said_at=NOON, now=NOON)
            assert len(services.import_rows(found, process, activity=None, person_id=None, now=NOON).codes) == expected
            db.session.commit()
        assert db.session.scalar(select(func.count(Contribution.id))) == 1_200
