"""Semesters, what a reading of one must say, and when somebody is reminded."""

from datetime import date

import pytest

from app.plans.rules.progress import (
    Completion,
    ProgressDraft,
    ReadingOf,
    differ,
    due_periods,
    ends_on,
    is_period,
    next_period,
    overdue,
    period_of,
    problems_with_progress,
    problems_with_verification,
    reminder_due,
)

TEXT = "Se instalaron tres de las cuatro pizarras y el rol sale cada lunes."


@pytest.mark.parametrize(
    ("day", "period"),
    [(date(2027, 1, 1), "2027-1"), (date(2027, 6, 30), "2027-1"), (date(2027, 7, 1), "2027-2"), (date(2027, 12, 31), "2027-2")],
)
def test_a_day_belongs_to_a_semester(day: date, period: str) -> None:
    assert period_of(day) == period


def test_semesters_follow_each_other_and_end_on_their_last_day() -> None:
    assert (next_period("2027-1"), next_period("2027-2")) == ("2027-2", "2028-1")
    assert (ends_on("2027-1"), ends_on("2027-2")) == (date(2027, 6, 30), date(2027, 12, 31))


@pytest.mark.parametrize("text", ["", "2027", "2027-3", "27-1", "2027-1-1", "dos-1", "2027-01"])
def test_what_is_not_a_semester(text: str) -> None:
    assert not is_period(text)


@pytest.mark.parametrize(
    ("first", "last", "today", "due"),
    [
        (date(2026, 11, 1), date(2027, 12, 31), date(2026, 12, 31), ()),
        (date(2026, 11, 1), date(2027, 12, 31), date(2027, 1, 1), ("2026-2",)),
        (date(2026, 11, 1), date(2027, 12, 31), date(2027, 7, 1), ("2026-2", "2027-1")),
        (date(2026, 11, 1), date(2027, 3, 31), date(2029, 1, 1), ("2026-2", "2027-1")),
        (date(2026, 11, 1), None, date(2027, 7, 1), ("2026-2", "2027-1")),
        (date(2027, 7, 1), None, date(2027, 3, 1), ()),
    ],
)
def test_a_semester_is_due_once_it_is_over_and_only_while_the_plan_lasts(
    first: date, last: date | None, today: date, due: tuple[str, ...]
) -> None:
    assert due_periods(first, last, today) == due


def test_what_nobody_reported_is_overdue() -> None:
    assert overdue({"2026-2"}, date(2026, 11, 1), None, date(2028, 1, 1)) == ("2027-1", "2027-2")


@pytest.mark.parametrize(
    ("today", "days"),
    [
        (date(2027, 5, 30), None),
        (date(2027, 5, 31), 30),
        (date(2027, 6, 22), 30),
        (date(2027, 6, 23), 7),
        (date(2027, 6, 30), 7),
        (date(2027, 7, 1), None),
    ],
)
def test_a_letter_is_due_thirty_and_seven_days_before_the_end(today: date, days: int | None) -> None:
    assert reminder_due(today, date(2027, 1, 1), None) == days


def test_no_letter_goes_before_the_plan_begins_or_after_it_ends() -> None:
    assert reminder_due(date(2027, 6, 25), date(2027, 7, 1), None) is None
    assert reminder_due(date(2027, 12, 28), date(2027, 1, 1), date(2027, 11, 30)) is None


def judged(
    reading_of: ReadingOf = ReadingOf.GOVERNMENT,
    *,
    files: int = 1,
    is_in_force: bool = True,
    is_correction: bool = False,
    **changes: object,
):
    draft = ProgressDraft(
        **({"period": "2027-1", "completion": Completion.LIMITED, "text": TEXT, "percent": 30, "next_step": "La cuarta."} | changes)
    )
    return [
        str(p.code)
        for p in problems_with_progress(
            draft, reading_of, milestones={"2.1"}, files=files, is_in_force=is_in_force, first=date(2027, 1, 1), today=date(2027, 5, 1),
            is_correction=is_correction,
        )
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"milestone": "2.1"}, []),
        ({"completion": Completion.COMPLETE, "percent": 100, "next_step": ""}, []),
        ({"completion": Completion.NOT_STARTED, "percent": 0, "files": 0}, []),
        ({"period": "2027-2"}, ["progress-period-not-started"]),
        ({"period": "2026-2"}, ["progress-period-not-started"]),
        ({"period": "ayer"}, ["progress-period-unknown"]),
        ({"completion": None}, ["progress-no-completion"]),
        ({"percent": None}, ["progress-percent-out"]),
        ({"percent": 101}, ["progress-percent-out"]),
        ({"percent": 100}, ["progress-percent-contradicts"]),
        ({"completion": Completion.COMPLETE}, ["progress-percent-contradicts"]),
        ({"completion": Completion.NOT_STARTED}, ["progress-percent-contradicts"]),
        ({"text": "Avanza."}, ["progress-text-short"]),
        ({"next_step": " "}, ["progress-no-next-step"]),
        ({"files": 0}, ["progress-no-evidence"]),
        ({"files": 0, "evidence_url": "https://example.pe/acta"}, []),
        ({"evidence_url": "javascript:alert(1)"}, ["progress-evidence-url"]),
        ({"milestone": "9.9"}, ["progress-milestone-unknown"]),
        ({"is_in_force": False}, ["progress-not-in-force"]),
        ({"is_correction": True}, ["progress-correction-reason"]),
        ({"is_correction": True, "correction_reason": "El acta decía dos y no tres."}, []),
    ],
)
def test_what_the_lead_entity_must_say_of_a_semester(changes: dict, expected: list[str]) -> None:
    assert judged(**changes) == expected


def test_civil_society_gives_a_word_and_its_reasons_without_percentage_or_files() -> None:
    assert judged(ReadingOf.CIVIL_SOCIETY, files=0, percent=None, next_step="") == []
    assert judged(ReadingOf.CIVIL_SOCIETY, files=0, percent=None, text="No.") == ["progress-text-short"]


def test_two_readings_differ_only_when_both_exist_and_say_other_words() -> None:
    assert differ(Completion.SUBSTANTIAL, Completion.LIMITED)
    assert not differ(Completion.LIMITED, Completion.LIMITED) and not differ(Completion.LIMITED, None) and not differ(None, None)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"reading_of": ReadingOf.CIVIL_SOCIETY}, ["progress-not-government"]),
        ({"is_verified": True}, ["progress-already-verified"]),
        ({"person_id": 1}, ["progress-verifier-wrote"]),
        ({"note": "Visto."}, ["progress-note-short"]),
    ],
)
def test_somebody_else_verifies_what_the_government_says_once_and_tells_how(changes: dict, expected: list[str]) -> None:
    given = {
        "reading_of": ReadingOf.GOVERNMENT,
        "is_verified": False,
        "written_by_id": 1,
        "person_id": 2,
        "note": "Se visitó el barrio Centro.",
    } | changes
    assert [str(p.code) for p in problems_with_verification(given.pop("reading_of"), **given)] == expected
