"""Receiving, showing, hiding and correcting contributions, on a real database."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.audit.models import AuditEntry
from app.contributions import queries, services
from app.contributions.models import Authorship, CodeSequence, Contribution
from app.contributions.rules.drafts import ContributionDraft, ContributionProblem
from app.contributions.rules.filters import ContributionFilters
from app.contributions.rules.terms import Channel, NameConsent, ProponentKind, Visibility
from app.core.db import db
from app.core.errors import RuleBroken
from app.notifications.models import Notification
from app.processes.models import Opportunity, Process, Theme
from tests.cast import INES
from tests.world import NOON, World

KEY = "una-clave-de-envio-0001"
WORDS = "Que la posta de Ccorca atienda también los sábados por la mañana."


def draft(**changes: object) -> ContributionDraft:
    given = ContributionDraft(text=WORDS, speaker="Rosa Quispe Huamán", consent=NameConsent.INITIALS, ubigeo="080102", theme_slug="agua")
    return replace(given, **changes)


@pytest.fixture
def process(app: Flask, world: World) -> Iterator[Process]:
    with app.app_context():
        yield db.session.scalars(select(Process).where(Process.id == world.process_id)).one()
        db.session.rollback()


@pytest.fixture
def noise(process: Process) -> list[str]:
    """Contributions of another process, which no list, code or search of this one may show."""
    other = Process(
        space_id=process.space_id, slug="otro-proceso", code="OTR", kind=process.kind, title="Otro", summary="Otro.",
        influence=process.influence,
        state=process.state, created_by_id=process.created_by_id, created_at=NOON,
    )  # fmt: skip
    db.session.add(other)
    db.session.flush()
    db.session.add(Theme(process_id=other.id, slug="agua", name="Agua de otros", position=0))
    db.session.flush()
    return [receive(other, submission_key=f"ruido-{n:020}", publish=True).contribution.code for n in range(3)]


def receive(process: Process, given: ContributionDraft | None = None, **changes: object) -> services.Receipt:
    arguments = {"submission_key": KEY, "received_at": NOON, "now": NOON} | changes
    return services.receive(given or draft(), process, **arguments)


def test_what_is_received_gets_a_code_an_author_and_a_receipt(process: Process, noise: list[str]) -> None:
    receipt = receive(process)
    made = receipt.contribution
    assert made.code == "PRB-C-0001"
    assert made.public_name == "R. Q. H."
    assert made.title == "Que la posta de Ccorca atienda también los sábados por la mañana"
    assert made.visibility is Visibility.HELD
    author = db.session.get(Authorship, made.id)
    assert (author.name, author.consent_text) == ("Rosa Quispe Huamán", "2026-11/web")
    assert author.receipt_hash == services.receipt_hash(receipt.token)
    assert receipt.token not in str(author.__dict__), "the token itself is never stored"
    assert services.receipt_token("otra-clave-de-envio-01") != receipt.token


def test_the_same_key_gives_the_same_contribution_and_receipt(process: Process, noise: list[str]) -> None:
    first, second = receive(process), receive(process)
    assert (second.contribution.id, second.token, second.is_new, second.is_same) == (first.contribution.id, first.token, False, True)
    assert db.session.scalar(select(func.count(Contribution.id)).where(Contribution.process_id == process.id)) == 1


def test_the_same_key_with_other_words_is_told_apart(process: Process) -> None:
    receive(process)
    assert receive(process, draft(text="Otra cosa muy distinta, dicha después.")).is_same is False


def test_codes_run_on_by_series_and_process(process: Process, noise: list[str]) -> None:
    kinds = [draft(), draft(proponent_kind=ProponentKind.ORGANISATION, organisation="Red Vecinal"), draft(channel=Channel.PAPER), draft()]
    codes = [receive(process, d, submission_key=f"serie-{n:020}").contribution.code for n, d in enumerate(kinds)]
    assert codes == ["PRB-C-0001", "PRB-O-0001", "PRB-P-0001", "PRB-C-0002"]
    assert queries.received_count(process.id) == 4


def test_a_refused_draft_writes_nothing(process: Process) -> None:
    with pytest.raises(RuleBroken) as refused:
        receive(process, draft(text="corto", speaker="", theme_slug="nadie", email="no es correo"))
    codes = {p.code for p in refused.value.problems}
    assert codes == {
        ContributionProblem.TEXT_SHORT, ContributionProblem.NAME_MISSING, ContributionProblem.THEME_UNKNOWN,
        ContributionProblem.EMAIL_MALFORMED,
    }  # fmt: skip
    assert db.session.scalar(select(func.count(CodeSequence.series))) == 0


def test_publishing_enters_the_register_with_the_hash_and_without_names(process: Process, noise: list[str]) -> None:
    before = process.public_revision
    made = receive(process, publish=True, role="facilitación").contribution
    assert made.visibility is Visibility.PUBLIC
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.subject_ref == made.code)).one()
    assert entry.action == "contributions.publish"
    assert services.visibility.text_sha256(WORDS) in entry.body
    assert "Rosa" not in entry.body and "R. Q. H." not in entry.body
    db.session.refresh(process)
    assert process.public_revision == before + 1


@pytest.mark.parametrize(
    "words", ["Llámeme al 984 123 456 para coordinar.", "Mi DNI es 45678912 y soy de aquí.", "Escriba a rosa@example.pe por favor."]
)
def test_personal_data_holds_what_would_be_public(process: Process, words: str) -> None:
    assert receive(process, draft(text=words), publish=True).contribution.visibility is Visibility.HELD


def test_a_citizen_is_heard_only_while_the_form_is_open(process: Process) -> None:
    with pytest.raises(RuleBroken) as refused:
        services.submit(draft(), process, submission_key=KEY, letter=_letter, now=NOON + timedelta(days=300))
    assert [p.code for p in refused.value.problems] == [ContributionProblem.INPUTS_CLOSED]


def test_a_repeated_click_after_closing_still_gets_its_receipt(process: Process) -> None:
    first = services.submit(draft(), process, submission_key=KEY, letter=_letter, now=NOON)
    again = services.submit(draft(), process, submission_key=KEY, letter=_letter, now=NOON + timedelta(days=300))
    assert again.token == first.token


def test_the_letter_goes_once_and_only_with_an_address(process: Process) -> None:
    services.submit(draft(email="Rosa@Example.pe"), process, submission_key=KEY, letter=_letter, now=NOON)
    services.submit(draft(email="rosa@example.pe"), process, submission_key=KEY, letter=_letter, now=NOON)
    services.submit(draft(), process, submission_key=KEY + "2", letter=_letter, now=NOON)
    letter = db.session.scalars(select(Notification)).one()
    assert (letter.kind, letter.address, letter.content["code"]) == ("contributions.received", "rosa@example.pe", "PRB-C-0001")


def test_other_words_under_a_used_key_are_refused_with_the_code(process: Process) -> None:
    services.submit(draft(), process, submission_key=KEY, letter=_letter, now=NOON)
    with pytest.raises(RuleBroken) as refused:
        services.submit(draft(text="Escribí otra cosa y volví a enviar."), process, submission_key=KEY, letter=_letter, now=NOON)
    assert refused.value.problems[0].values == {"code": "PRB-C-0001"}


def test_the_author_is_who_spoke_never_who_typed(process: Process, world: World) -> None:
    receipt = services.capture(draft(speaker="Juana Mamani"), _workshop(), submission_key=KEY, person_id=world.id_of(INES), now=NOON)
    made = receipt.contribution
    assert (made.code, made.public_name, made.captured_by_id) == ("PRB-T01-0001", "J. M.", world.id_of(INES))
    assert made.visibility is Visibility.PUBLIC
    assert made.received_at == _workshop().ends_at, "typed ten days later, said at the workshop"
    author = db.session.get(Authorship, made.id)
    assert author.name == "Juana Mamani"
    assert db.session.scalars(select(AuditEntry).where(AuditEntry.subject_ref == made.code)).one().action == "contributions.publish"


def test_a_correction_keeps_the_code_and_is_in_the_register(process: Process, world: World) -> None:
    made = services.capture(draft(), _workshop(), submission_key=KEY, person_id=world.id_of(INES), now=NOON).contribution
    author = db.session.get(Authorship, made.id)
    services.correct(made, author, draft(text="Que la posta de Ccorca atienda también los domingos.", speaker="Ana Ccori"), now=NOON)
    assert (made.code, made.public_name, author.name) == ("PRB-T01-0001", "A. C.", "Ana Ccori")
    actions = db.session.scalars(select(AuditEntry.action).where(AuditEntry.subject_ref == made.code).order_by(AuditEntry.seq)).all()
    assert actions == ["contributions.publish", "contributions.correct"]
    found = [row.code for row in queries.page_of(process.id, ContributionFilters(q="domingo"), 1).rows]
    assert found == [made.code]
    assert queries.page_of(process.id, ContributionFilters(q="sábado"), 1).rows == []


def test_a_correction_that_adds_personal_data_goes_back_to_the_moderator(process: Process, world: World) -> None:
    made = services.capture(draft(), _workshop(), submission_key=KEY, person_id=world.id_of(INES), now=NOON).contribution
    services.correct(made, db.session.get(Authorship, made.id), draft(text="Llamen a la señora Juana al 984123456."), now=NOON)
    assert made.visibility is Visibility.HELD


def test_what_was_answered_or_hidden_is_not_corrected(process: Process, world: World) -> None:
    made = services.capture(draft(), _workshop(), submission_key=KEY, person_id=world.id_of(INES), now=NOON).contribution
    services.mark_answered(made.id, NOON)
    with pytest.raises(RuleBroken) as refused:
        services.correct(made, db.session.get(Authorship, made.id), draft(), now=NOON)
    assert [p.code for p in refused.value.problems] == [ContributionProblem.NOT_CORRECTABLE]


@pytest.mark.parametrize("typed", ["posta", "POSTAS", "sabado", "sábados", "mañana sábado", "manana", "prb-c-0001"])
def test_search_forgives_accents_endings_and_case(process: Process, noise: list[str], typed: str) -> None:
    receive(process, publish=True)
    receive(process, draft(text="Que se arregle la pista de la avenida."), submission_key=KEY + "x", publish=True)
    page = queries.page_of(process.id, ContributionFilters(q=typed), 1)
    assert [row.code for row in page.rows] == ["PRB-C-0001"]
    assert page.total == 1


@pytest.mark.parametrize("typed", ['"', "'", 'posta" OR rowid', "NEAR(", "*", "¿?", "posta' | 'x", "\\", "a" * 5000, "‮posta"])
def test_search_takes_any_text(process: Process, typed: str) -> None:
    receive(process, publish=True)
    queries.page_of(process.id, ContributionFilters(q=typed), 1)


@pytest.mark.parametrize(
    ("filters", "codes"),
    [
        ({}, ["PRB-P-0001", "PRB-O-0001", "PRB-C-0001"]),
        ({"tema": "agua"}, ["PRB-C-0001"]),
        ({"territorio": "0801"}, ["PRB-P-0001", "PRB-O-0001", "PRB-C-0001"]),
        ({"territorio": "080101"}, ["PRB-O-0001"]),
        ({"canal": "papel"}, ["PRB-P-0001"]),
        ({"sector": "grassroots"}, ["PRB-O-0001"]),
        ({"idioma": "qu"}, ["PRB-P-0001"]),
        ({"respuesta": "si"}, ["PRB-C-0001"]),
        ({"respuesta": "no"}, ["PRB-P-0001", "PRB-O-0001"]),
        ({"taller": "1"}, []),
        ({"taller": "x", "canal": "humo", "territorio": "; DROP"}, ["PRB-P-0001", "PRB-O-0001", "PRB-C-0001"]),
    ],
)
def test_filters_narrow_the_list(process: Process, noise: list[str], filters: dict[str, str], codes: list[str]) -> None:
    from app.contributions.rules.terms import Language
    from app.organisations.rules import Sector

    made = receive(process, publish=True).contribution
    receive(process, draft(proponent_kind=ProponentKind.ORGANISATION, organisation="Red Vecinal", sector=Sector.GRASSROOTS, ubigeo="080101",
                           theme_slug="obras"), submission_key=KEY + "o", publish=True)  # fmt: skip
    receive(process, draft(channel=Channel.PAPER, language=Language.QUECHUA, theme_slug=""), submission_key=KEY + "p", publish=True)
    services.mark_answered(made.id, NOON)
    page = queries.page_of(process.id, ContributionFilters.parse(filters), 1)
    assert ([row.code for row in page.rows], page.total) == (codes, len(codes))


def test_held_and_hidden_are_in_no_public_list(process: Process) -> None:
    held = receive(process).contribution
    hidden = receive(process, submission_key=KEY + "h", publish=True).contribution
    services.hide(hidden, now=NOON)
    assert queries.page_of(process.id, ContributionFilters(), 1).rows == []
    assert queries.public_contribution_by_code(held.code) is None
    assert queries.public_contribution_by_code(hidden.code) is None
    assert queries.contribution_by_code(hidden.code) is hidden
    assert queries.counts(process.id) == {Visibility.HELD: 1, Visibility.PUBLIC: 0, Visibility.HIDDEN: 1, Visibility.WITHDRAWN: 0}


def _letter(code: str, token: str) -> dict[str, str]:
    return {"code": code, "link": token}


def _workshop() -> Opportunity:
    from sqlalchemy.orm import joinedload

    query = select(Opportunity).where(Opportunity.slug == "taller-ccorca").options(joinedload(Opportunity.process))
    return db.session.scalars(query).one()


def test_a_page_of_the_list_costs_two_statements_whatever_its_size(process: Process) -> None:
    from sqlalchemy import event

    def statements() -> int:
        seen: list[str] = []
        event.listen(db.engine, "before_cursor_execute", lambda *args: seen.append(args[2]))
        queries.page_of(process.id, ContributionFilters(q="posta", theme="agua"), 1)
        return len(seen)

    receive(process, publish=True)
    few = statements()
    for n in range(40):
        receive(process, submission_key=f"muchos-{n:020}", publish=True)
    assert (few, statements()) == (2, 2)
