"""Numbers, days, hours and addresses as they are said."""

from datetime import UTC, datetime

import pytest

from app.notices.documents import spanish


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0, "cero"), (1, "uno"), (15, "quince"), (16, "dieciséis"), (21, "veintiuno"), (31, "treinta y uno"), (100, "cien"),
        (101, "ciento uno"), (555, "quinientos cincuenta y cinco"), (1000, "mil"), (1821, "mil ochocientos veintiuno"),
        (2027, "dos mil veintisiete"), (21_000, "veintiún mil"), (31_001, "treinta y un mil uno"), (999_999,
        "novecientos noventa y nueve mil novecientos noventa y nueve"),
    ],
)  # fmt: skip
def test_numbers(value: int, said: str) -> None:
    assert spanish.number(value) == said


@pytest.mark.parametrize(("value", "said"), [(1, "un día"), (21, "veintiún días"), (31, "treinta y un días"), (14, "catorce días")])
def test_numbers_before_what_they_count(value: int, said: str) -> None:
    assert spanish.count(value, "día", "días") == said


@pytest.mark.parametrize(
    ("hour", "minute", "said", "written"),
    [
        (10, 0, "diez de la mañana", "10 de la mañana"), (12, 0, "doce del día", "12 del día"), (13, 0, "una de la tarde", "1 de la tarde"),
        (16, 30, "cuatro y media de la tarde", "4:30 de la tarde"), (19, 15, "siete y cuarto de la noche", "7:15 de la noche"),
        (0, 0, "doce de la noche", "12 de la noche"), (9, 5, "nueve y cinco de la mañana", "9:05 de la mañana"),
    ],
)  # fmt: skip
def test_hours_are_those_of_lima(hour: int, minute: int, said: str, written: str) -> None:
    at = datetime(2027, 3, 20 + (hour + 5) // 24, (hour + 5) % 24, minute, tzinfo=UTC)
    assert (spanish.hour(at), spanish.written_hour(at)) == (said, written)


def test_days_carry_their_weekday() -> None:
    at = datetime(2027, 5, 2, 3, 0, tzinfo=UTC)  # still the first of May in Lima
    assert spanish.day(at) == "sábado primero de mayo"
    assert spanish.written_day(at) == "sábado 1 de mayo"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Plan Cusco 2027", "Plan Cusco dos mil veintisiete"),
        ("Plan 2027-2028", "Plan dos mil veintisiete a dos mil veintiocho"),
        ("foro@example.pe", "foro arroba example punto pe"),
        ("a las 09:30", "a las nueve y treinta"),
        ("984 123 456", "nueve ocho cuatro uno dos tres cuatro cinco seis"),
        ("de 10 a 13 años", "de diez a trece años"),
        ("https://minka.pe/procesos", "minka punto pe barra procesos"),
    ],
)
def test_what_is_written_with_figures_is_said_with_words(text: str, said: str) -> None:
    assert spanish.aloud(text) == said
