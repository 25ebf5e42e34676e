"""Tables of cases; no database, no web."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.activities.rules import ActivityState
from app.contributions.rules import terms
from app.contributions.rules.correcting import problems_with_correcting
from app.contributions.rules.drafts import LONGEST, ContributionDraft, ContributionProblem, is_key, problems_with
from app.contributions.rules.filters import ContributionFilters
from app.contributions.rules.inputs import Window, standing
from app.contributions.rules.naming import ANONYMOUS, public_name, public_organisation, title_of
from app.contributions.rules.pasting import PastedLine, pasted_lines
from app.contributions.rules.privacy import PersonalDatum, personal_data
from app.contributions.rules.terms import Channel, NameConsent, ProponentKind, Visibility

SOUND = ContributionDraft(text="Que haya luz en la cancha.", speaker="Rosa Quispe", theme_slug="agua")
P = ContributionProblem


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"text": ""}, [P.TEXT_MISSING]),
        ({"text": "  \n "}, [P.TEXT_MISSING]),
        ({"text": "123456789"}, [P.TEXT_SHORT]),
        ({"text": "1234567890"}, []),
        ({"text": "a" * (LONGEST["text"] + 1)}, [P.TOO_LONG]),
        ({"title": "a" * (LONGEST["title"] + 1)}, [P.TOO_LONG]),
        ({"consent": None}, [P.CONSENT_MISSING]),
        ({"proponent_kind": None}, [P.KIND_MISSING]),
        ({"speaker": ""}, [P.NAME_MISSING]),
        ({"speaker": "", "consent": NameConsent.ANONYMOUS}, []),
        ({"proponent_kind": ProponentKind.ORGANISATION}, [P.ORGANISATION_MISSING]),
        ({"proponent_kind": ProponentKind.ORGANISATION, "organisation": "Red", "speaker": ""}, []),
        ({"email": "rosa@ejemplo.pe"}, []),
        ({"email": "rosa"}, [P.EMAIL_MALFORMED]),
        ({"email": "rosa@ejemplo"}, [P.EMAIL_MALFORMED]),
        ({"email": "a@b.pe\nBcc: todos@b.pe"}, [P.EMAIL_MALFORMED]),
        ({"phone": "984 123 456"}, []),
        ({"phone": "llámeme"}, [P.PHONE_MALFORMED]),
        ({"phone": "------"}, [P.PHONE_MALFORMED]),
        ({"theme_slug": ""}, []),
        ({"theme_slug": "otro"}, [P.THEME_UNKNOWN]),
    ],
)
def test_what_keeps_a_draft_out(changes: dict[str, object], expected: list[ContributionProblem]) -> None:
    assert [p.code for p in problems_with(replace(SOUND, **changes), themes={"agua"})] == expected


def test_a_closed_form_is_a_problem_of_its_own() -> None:
    assert [p.code for p in problems_with(SOUND, themes={"agua"}, inputs_open=False)] == [P.INPUTS_CLOSED]


@pytest.mark.parametrize(
    ("kind", "consent", "name"),
    [
        (ProponentKind.PERSON, NameConsent.NAME, "Rosa de la Cruz Huamán"),
        (ProponentKind.PERSON, NameConsent.INITIALS, "R. C. H."),
        (ProponentKind.PERSON, NameConsent.ANONYMOUS, ANONYMOUS),
        (ProponentKind.ORGANISATION, NameConsent.ANONYMOUS, "Club de Madres"),
        (ProponentKind.ORGANISATION, NameConsent.INITIALS, "Club de Madres"),
    ],
)
def test_names_follow_consent_and_organisations_are_always_named(kind: ProponentKind, consent: NameConsent, name: str) -> None:
    assert public_name(kind, consent, "Rosa de la Cruz Huamán", "Club de Madres") == name


def test_the_organisation_of_an_anonymous_person_would_give_them_away() -> None:
    assert public_organisation(ProponentKind.PERSON, NameConsent.ANONYMOUS, "Club de Madres") == ""
    assert public_organisation(ProponentKind.PERSON, NameConsent.INITIALS, "Club de Madres") == "Club de Madres"


def test_the_first_sentence_serves_as_title() -> None:
    assert title_of(replace(SOUND, text="Falta luz. Y también agua en la parte alta.")) == "Falta luz"
    assert title_of(replace(SOUND, title="Luz")) == "Luz"


@pytest.mark.parametrize(
    ("channel", "kind", "workshop", "series"),
    [
        (Channel.WORKSHOP, ProponentKind.ORGANISATION, 3, "T03"), (Channel.WORKSHOP, ProponentKind.PERSON, 12, "T12"),
        (Channel.WORKSHOP, ProponentKind.PERSON, None, "C"), (Channel.WEB, ProponentKind.PERSON, None, "C"),
        (Channel.WEB, ProponentKind.ORGANISATION, None, "O"), (Channel.PAPER, ProponentKind.ORGANISATION, None, "P"),
        (Channel.PHONE, ProponentKind.PERSON, None, "P"), (Channel.WINDOW, ProponentKind.PERSON, None, "P"),
    ],
)  # fmt: skip
def test_series_say_where_it_came_from(channel: Channel, kind: ProponentKind, workshop: int | None, series: str) -> None:
    assert terms.series(channel, kind, workshop) == series
    assert terms.code("PA7", series, 42) == f"PA7-{series}-0042"


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Escriba a rosa.quispe@ejemplo.com.pe", [PersonalDatum.EMAIL]),
        ("Mi celular es 984123456", [PersonalDatum.PHONE]),
        ("Llame al +51 984-123-456.", [PersonalDatum.PHONE]),
        ("Fijo (084) 223344", [PersonalDatum.PHONE]),
        ("DNI 45678912, vecina", [PersonalDatum.DNI]),
        ("DNI: 45678912 y 984 123 456 y a@b.pe", [PersonalDatum.EMAIL, PersonalDatum.PHONE, PersonalDatum.DNI]),
        ("Costó S/ 12345678 y no se terminó", []),
        ("Costó 1,200,000.50 soles en 2026", []),
        ("El expediente 2026-00045678-MPC sigue parado", []),
        ("Son 480,000 soles para 900 familias y 150 lotes", []),
        ("Desde el 15/03/2027 hasta el 2027-04-15", []),
        ("Código PRB-T03-0012", []),
    ],
)
def test_personal_data_is_found_and_amounts_are_not(text: str, kinds: list[PersonalDatum]) -> None:
    assert [hint.kind for hint in personal_data(text)] == kinds


T = datetime(2027, 3, 20, tzinfo=UTC)
DAY = timedelta(days=1)


def test_the_form_is_open_to_the_last_second_of_its_window() -> None:
    window = Window(T, T + DAY)
    assert standing([window], T).is_open and standing([window], T + DAY).is_open
    after = standing([window], T + DAY + timedelta(seconds=1))
    assert (after.is_open, after.closed_at, after.opens_at) == (False, T + DAY, None)
    before = standing([window], T - DAY)
    assert (before.is_open, before.opens_at, before.closed_at) == (False, T, None)


def test_a_stopped_process_takes_nothing_and_promises_nothing() -> None:
    stopped = standing([Window(T - DAY, T + DAY)], T, is_stopped=True)
    assert (stopped.is_open, stopped.opens_at) == (False, None)


def test_between_two_windows_the_next_is_announced() -> None:
    found = standing([Window(T - 3 * DAY, T - 2 * DAY), Window(T + DAY, T + 2 * DAY)], T)
    assert (found.is_open, found.opens_at, found.closed_at) == (False, T + DAY, T - 2 * DAY)


@pytest.mark.parametrize(
    ("visibility", "state", "answered", "may"),
    [
        (Visibility.PUBLIC, ActivityState.HELD, False, True), (Visibility.HELD, ActivityState.DOCUMENTED, False, True),
        (Visibility.PUBLIC, ActivityState.PUBLISHED, False, False), (Visibility.HIDDEN, ActivityState.HELD, False, False),
        (Visibility.PUBLIC, ActivityState.HELD, True, False),
    ],
)  # fmt: skip
def test_a_capture_is_corrected_until_it_is_history(visibility: Visibility, state: ActivityState, answered: bool, may: bool) -> None:
    assert (problems_with_correcting(visibility, state, is_answered=answered) == ()) is may


@pytest.mark.parametrize(
    ("pasted", "lines"),
    [
        ("", []),
        ("\n  \n", []),
        ("Uno\nDos", [PastedLine("Uno"), PastedLine("Dos")]),
        ("- Uno\n2. Dos\n(3) Tres\n• Cuatro", [PastedLine("Uno"), PastedLine("Dos"), PastedLine("Tres"), PastedLine("Cuatro")]),
        ("Juana | Que haya luz", [PastedLine("Que haya luz", "Juana")]),
        ("Juana | Club | luz | y agua", [PastedLine("luz | y agua", "Juana", "Club")]),
        ("| | Que haya luz", [PastedLine("Que haya luz")]),
    ],
)
def test_pasted_lines_are_read_one_by_one(pasted: str, lines: list[PastedLine]) -> None:
    assert pasted_lines(pasted) == lines


@given(st.text(max_size=400))
def test_any_text_can_be_pasted_scanned_and_filtered(text: str) -> None:
    pasted_lines(text)
    personal_data(text)
    filters = ContributionFilters.parse(
        dict.fromkeys(("q", "tema", "territorio", "canal", "sector", "idioma", "taller", "respuesta", "resultado"), text)
    )
    assert ContributionFilters.parse(filters.arguments()) == filters


def test_filters_go_round_and_come_off() -> None:
    asked = {"q": "agua", "tema": "obras", "territorio": "0801", "canal": "web", "sector": "citizen", "idioma": "qu", "taller": "3",
             "respuesta": "no", "resultado": "adopted"}  # fmt: skip
    filters = ContributionFilters.parse(asked)
    assert filters.arguments() == asked
    assert "canal" not in filters.without("channel").arguments()
    assert ContributionFilters.parse({}).is_empty


@pytest.mark.parametrize(("key", "sound"), [("a" * 16, True), ("a" * 15, False), ("a" * 65, False), ("á" * 20, False), ("a b" * 8, False)])
def test_keys_have_one_shape(key: str, sound: bool) -> None:
    assert is_key(key) is sound
