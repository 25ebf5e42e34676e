"""Seats, quorum, meetings that count, votes: tables of cases."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from app.forum.rules import meetings, participation, periods, seats
from app.forum.rules.meetings import AgreementState, HearingStage, MeetingKind, MeetingMode, MeetingProblem, MeetingState
from app.forum.rules.participation import Present, Quorum, RulesProblem, RulesState
from app.forum.rules.periods import HearingSlot
from app.forum.rules.seats import SeatDraft, SeatProblem, Side, Sitter, Term
from app.organisations.rules import Sector

NOON = datetime(2027, 3, 20, 17, 0, tzinfo=UTC)
DAY = date(2027, 3, 20)


def codes(problems: object) -> list[str]:
    return [str(problem.code) for problem in problems]  # type: ignore[attr-defined]


# --- seats


def seat(**changes: object) -> SeatDraft:
    draft = SeatDraft(3, Sector.CIVIL_SOCIETY, Sitter("Ada Poma", "ada@example.pe"), DAY, date(2029, 3, 19), appointed_by="Resolución 1")
    return replace(draft, **changes)


@pytest.mark.parametrize(
    ("changes", "terms", "expected"),
    [
        ({}, [], []),
        ({"holder": Sitter()}, [], [SeatProblem.HOLDER_MISSING]),
        ({"appointed_by": " "}, [], [SeatProblem.DOCUMENT_MISSING]),
        ({"ends_on": date(2027, 3, 1)}, [], [SeatProblem.ENDS_BEFORE_IT_STARTS]),
        ({}, [Term(3, Sector.ACADEMIA, date(2025, 3, 20), date(2027, 3, 19))], []),  # a renewal begins the day after
        ({}, [Term(3, Sector.ACADEMIA, date(2025, 3, 20), date(2027, 3, 20))], [SeatProblem.TAKEN]),
        ({}, [Term(3, Sector.ACADEMIA, date(2025, 3, 20), None)], [SeatProblem.TAKEN]),
        ({"ends_on": None}, [Term(3, Sector.ACADEMIA, date(2030, 1, 1), None)], [SeatProblem.TAKEN]),
        ({}, [Term(3, Sector.GOVERNMENT, date(2025, 3, 20), date(2027, 3, 19))], [SeatProblem.OTHER_SECTOR]),
        ({"alternate": Sitter("Otra", "ADA@example.pe")}, [], [SeatProblem.SAME_PERSON]),
        ({}, [Term(4, Sector.PRIVATE, date(2026, 1, 1), None, frozenset({"ada@example.pe"}))], [SeatProblem.SITS_ELSEWHERE]),
        ({}, [Term(4, Sector.PRIVATE, date(2025, 1, 1), date(2026, 1, 1), frozenset({"ada@example.pe"}))], []),
    ],
)
def test_when_a_term_may_begin(changes: dict[str, object], terms: list[Term], expected: list[SeatProblem]) -> None:
    assert codes(seats.problems_with_seating(seat(**changes), terms)) == expected


@pytest.mark.parametrize(
    ("ends_on", "on", "reason", "expected"),
    [
        (None, DAY, "Renunció por carta.", []),
        (date(2027, 3, 20), DAY, "Renunció por carta.", [SeatProblem.ENDED]),
        (None, date(2026, 1, 1), "Renunció por carta.", [SeatProblem.END_BEFORE_START]),
        (None, DAY, "Sí", [SeatProblem.REASON_MISSING]),
    ],
)
def test_a_term_ends_once_with_a_reason(ends_on: date | None, on: date, reason: str, expected: list[SeatProblem]) -> None:
    assert codes(seats.problems_with_ending(Term(1, Sector.ACADEMIA, date(2026, 6, 1), ends_on), on, reason)) == expected


def test_the_balance_counts_both_sides_and_every_sector() -> None:
    found = seats.balance([Sector.GOVERNMENT, Sector.INDIGENOUS, Sector.CIVIL_SOCIETY, Sector.CIVIL_SOCIETY])
    assert (found.government, found.non_government, found.total) == (1, 3, 4)
    assert found.sectors == ((Sector.GOVERNMENT, 1), (Sector.CIVIL_SOCIETY, 2), (Sector.INDIGENOUS, 1))


# --- quorum


@pytest.mark.parametrize(
    ("quorum", "total", "expected"),
    [
        (Quorum(1, 2, is_more_than=True), 10, 6),
        (Quorum(1, 2, is_more_than=True), 9, 5),
        (Quorum(1, 2, is_more_than=False), 10, 5),
        (Quorum(1, 2, is_more_than=False), 9, 5),
        (Quorum(2, 3, is_more_than=False), 10, 7),
        (Quorum(1, 1, is_more_than=False), 8, 8),
        (Quorum(1, 2), 0, 1),
    ],
)
def test_how_many_seats_a_fraction_asks_for(quorum: Quorum, total: int, expected: int) -> None:
    assert participation.needed(quorum, total) == expected


@pytest.mark.parametrize(
    ("present", "expected"),
    [
        (Present(5, 5, 3, 3), True),
        (Present(5, 5, 5, 0), False),  # enough seats, nobody from outside government
        (Present(5, 5, 0, 5), False),
        (Present(5, 5, 4, 1), False),  # exactly half is not more than half
        (Present(5, 5, 5, 1), True),
    ],
)
def test_quorum_needs_the_fraction_and_both_sides(present: Present, expected: bool) -> None:
    assert participation.has_quorum(Quorum(1, 2, True, 1, 1), present) is expected


# --- rules of participation


def rules_draft(**changes: object) -> participation.RulesDraft:
    draft = participation.RulesDraft("Reglas", "Las reglas del foro. " * 20, note="Se ajusta el quórum tras un año.")
    return replace(draft, **changes)


@pytest.mark.parametrize(
    ("changes", "published", "expected"),
    [
        ({}, None, []),
        ({"title": ""}, None, [RulesProblem.TITLE_MISSING]),
        ({"text": "Corto."}, None, [RulesProblem.TEXT_SHORT]),
        ({"quorum": Quorum(3, 2)}, None, [RulesProblem.QUORUM_WRONG]),
        ({"quorum": Quorum(1, 1, True)}, None, [RulesProblem.QUORUM_WRONG]),
        ({"quorum": Quorum(government=-1)}, None, [RulesProblem.LEAST_WRONG]),
        ({"note": ""}, "otro texto", [RulesProblem.NOTE_MISSING]),
        ({}, participation.to_json(rules_draft()), [RulesProblem.NOTHING_CHANGED]),
    ],
)
def test_when_rules_may_be_sent_for_approval(changes: dict[str, object], published: str | None, expected: list[RulesProblem]) -> None:
    assert codes(participation.problems_with_rules(rules_draft(**changes), published=published)) == expected


@pytest.mark.parametrize(
    ("state", "given", "person", "expected"),
    [
        (RulesState.IN_REVIEW, [], 2, []),
        (RulesState.DRAFT, [], 2, [RulesProblem.NOT_IN_REVIEW]),
        (RulesState.IN_REVIEW, [], 1, [RulesProblem.DRAFTER_APPROVES]),
        (RulesState.IN_REVIEW, [(Side.GOVERNMENT, 3)], 2, [RulesProblem.ALREADY_APPROVED]),
        (RulesState.IN_REVIEW, [(Side.NON_GOVERNMENT, 2)], 2, [RulesProblem.SAME_PERSON]),
    ],
)
def test_each_side_approves_once_and_never_the_writer(
    state: RulesState, given: list[tuple[Side, int]], person: int, expected: list[RulesProblem]
) -> None:
    assert codes(participation.problems_with_approving(state, Side.GOVERNMENT, given, person, drafter_id=1)) == expected


def test_the_difference_shows_only_paragraphs_that_changed() -> None:
    before, after = "Uno.\n\nDos.\n\nTres.", "Uno.\n\nDos cambiado.\n\nTres.\n\nCuatro."
    assert [(c.before, c.after) for c in participation.difference(before, after)] == [("Dos.", "Dos cambiado."), ("", "Cuatro.")]
    assert participation.difference(before, before) == ()


def test_the_hash_changes_with_the_quorum_but_not_with_the_note() -> None:
    plain = participation.to_json(rules_draft())
    assert participation.to_json(rules_draft(note="Otro motivo.")) == plain
    assert participation.to_json(rules_draft(quorum=Quorum(2, 3))) != plain


# --- meetings


def meeting(**changes: object) -> meetings.MeetingDraft:
    draft = meetings.MeetingDraft(
        MeetingKind.ORDINARY, "Primera sesión", NOON, NOON + timedelta(hours=2), MeetingMode.IN_PERSON, place="Sala 1"
    )
    return replace(draft, **changes)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"title": " "}, [MeetingProblem.TITLE_MISSING]),
        ({"ends_at": NOON}, [MeetingProblem.ENDS_BEFORE_IT_STARTS]),
        ({"ends_at": NOON + timedelta(days=3)}, [MeetingProblem.TOO_LONG]),
        ({"place": ""}, [MeetingProblem.PLACE_MISSING]),
        ({"mode": MeetingMode.ONLINE, "place": ""}, [MeetingProblem.LINK_MISSING]),
        ({"mode": MeetingMode.HYBRID}, [MeetingProblem.LINK_MISSING]),
    ],
)
def test_a_meeting_is_convened_with_all_one_needs_to_come(changes: dict[str, object], expected: list[MeetingProblem]) -> None:
    assert codes(meetings.problems_with_convening(meeting(**changes))) == expected


@pytest.mark.parametrize(
    ("state", "began", "ended", "expected"),
    [
        (MeetingState.AGENDA_PUBLISHED, -3, -1, []),
        (MeetingState.NO_QUORUM, -3, -1, []),
        (MeetingState.CANCELLED, -3, -1, [MeetingProblem.NOT_COMING]),
        (MeetingState.PUBLISHED, -3, -1, [MeetingProblem.NOT_COMING]),
        (MeetingState.CONVENED, -1, -1, [MeetingProblem.ENDS_BEFORE_IT_STARTS]),
        (MeetingState.CONVENED, -1, 1, [MeetingProblem.NOT_YET_HELD]),
    ],
)
def test_what_was_held_is_in_the_past(state: MeetingState, began: int, ended: int, expected: list[MeetingProblem]) -> None:
    found = meetings.problems_with_holding(state, NOON + timedelta(hours=began), NOON + timedelta(hours=ended), NOON)
    assert codes(found) == expected


@pytest.mark.parametrize(
    ("kind", "state", "government", "others", "counts"),
    [
        (MeetingKind.ORDINARY, MeetingState.PUBLISHED, 1, 1, True),
        (MeetingKind.EXTRAORDINARY, MeetingState.PUBLISHED, 4, 6, True),
        (MeetingKind.HEARING, MeetingState.PUBLISHED, 4, 60, False),
        (MeetingKind.ORDINARY, MeetingState.MINUTES_APPROVED, 4, 6, False),  # the minutes are not public yet
        (MeetingKind.ORDINARY, MeetingState.NO_QUORUM, 4, 1, False),
        (MeetingKind.ORDINARY, MeetingState.CANCELLED, 0, 0, False),
        (MeetingKind.ORDINARY, MeetingState.PUBLISHED, 0, 5, False),
        (MeetingKind.ORDINARY, MeetingState.PUBLISHED, 5, 0, False),
    ],
)
def test_which_meetings_count_for_mr_1_1a(kind: MeetingKind, state: MeetingState, government: int, others: int, counts: bool) -> None:
    assert meetings.counts_for_the_gap(kind, state, government, others) is counts


@pytest.mark.parametrize(
    ("days", "today", "kept"),
    [
        ([date(2026, 8, 31), date(2027, 2, 28)], date(2027, 3, 1), [True, True]),  # domain.md 4.3: the limit is clamped to month end
        ([date(2026, 8, 31), date(2027, 3, 1)], date(2027, 3, 2), [False, True]),
        ([date(2026, 8, 31)], date(2027, 3, 1), [False]),
        ([], date(2027, 3, 1), []),
        ([date(2027, 5, 1)], date(2027, 3, 1), []),  # what is still to come closes no gap
    ],
)
def test_the_gap_between_meetings(days: list[date], today: date, kept: list[bool]) -> None:
    assert [gap.is_kept for gap in periods.gaps(days, today)] == kept


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 1, 15), 12, date(2027, 1, 15)),
    ],
)
def test_months_are_added_with_the_end_clamped(day: date, months: int, expected: date) -> None:
    assert periods.add_months(day, months) == expected


def test_minutes_are_asked_for_after_ten_days() -> None:
    held = datetime(2027, 3, 9, 20, 0, tzinfo=UTC)
    assert not meetings.are_minutes_late(MeetingState.HELD, held, held + timedelta(days=10))
    assert meetings.are_minutes_late(MeetingState.HELD, held, held + timedelta(days=11))
    assert not meetings.are_minutes_late(MeetingState.PUBLISHED, held, held + timedelta(days=99))


@pytest.mark.parametrize(
    ("given", "person", "expected"),
    [
        ({}, 2, []),
        ({}, 1, [MeetingProblem.DRAFTER_APPROVES]),
        ({Side.GOVERNMENT: 3}, 2, [MeetingProblem.ALREADY_APPROVED]),
        ({Side.NON_GOVERNMENT: 2}, 2, [MeetingProblem.SAME_PERSON]),
    ],
)
def test_minutes_are_approved_once_by_each_side(given: dict[Side, int], person: int, expected: list[MeetingProblem]) -> None:
    assert codes(meetings.problems_with_approving(Side.GOVERNMENT, given, person, writer_id=1)) == expected


@pytest.mark.parametrize(
    ("has_minutes", "is_published", "approvals", "expected"),
    [
        (True, False, list(Side), []),
        (False, False, list(Side), [MeetingProblem.NO_MINUTES]),
        (True, True, list(Side), [MeetingProblem.NOTHING_NEW]),
        (True, False, [Side.GOVERNMENT], [MeetingProblem.APPROVAL_MISSING]),
    ],
)
def test_minutes_are_published_with_both_approvals(
    has_minutes: bool, is_published: bool, approvals: list[Side], expected: list[MeetingProblem]
) -> None:
    found = meetings.problems_with_publishing(has_minutes=has_minutes, is_published=is_published, approvals=approvals)
    assert codes(found) == expected


@pytest.mark.parametrize(
    ("draft", "expected"),
    [
        (meetings.AgreementDraft("Publicar el balance.", "SGP", date(2027, 4, 1)), []),
        (meetings.AgreementDraft("Ya", "SGP", date(2027, 4, 1)), [MeetingProblem.AGREEMENT_TEXT_MISSING]),
        (meetings.AgreementDraft("Publicar el balance.", "", date(2027, 4, 1)), [MeetingProblem.AGREEMENT_OWNER_MISSING]),
        (meetings.AgreementDraft("Publicar el balance.", "SGP", None), [MeetingProblem.AGREEMENT_DUE_WRONG]),
        (meetings.AgreementDraft("Publicar el balance.", "SGP", date(2027, 3, 1)), [MeetingProblem.AGREEMENT_DUE_WRONG]),
    ],
)
def test_an_agreement_has_an_owner_and_a_day(draft: meetings.AgreementDraft, expected: list[MeetingProblem]) -> None:
    assert codes(meetings.problems_with_agreement(draft, DAY)) == expected


def test_an_agreement_is_overdue_the_day_after() -> None:
    assert not meetings.is_overdue(AgreementState.OPEN, DAY, DAY)
    assert meetings.is_overdue(AgreementState.OPEN, DAY, DAY + timedelta(days=1))
    assert not meetings.is_overdue(AgreementState.DONE, DAY, DAY + timedelta(days=1))


@pytest.mark.parametrize(
    ("state", "has_report", "agreements", "stage"),
    [
        (MeetingState.CONVENED, False, [], HearingStage.SCHEDULED),
        (MeetingState.AGENDA_PUBLISHED, False, [], HearingStage.CONVENED),
        (MeetingState.AGENDA_PUBLISHED, True, [], HearingStage.REPORT_PUBLISHED),
        (MeetingState.HELD, True, [AgreementState.OPEN], HearingStage.HELD),
        (MeetingState.PUBLISHED, True, [], HearingStage.MINUTES_PUBLISHED),
        (MeetingState.PUBLISHED, True, [AgreementState.OPEN, AgreementState.DONE], HearingStage.FOLLOW_UP),
        (MeetingState.PUBLISHED, True, [AgreementState.DROPPED, AgreementState.DONE], HearingStage.CLOSED),
    ],
)
def test_the_stage_of_a_hearing(state: MeetingState, has_report: bool, agreements: list[AgreementState], stage: HearingStage) -> None:
    assert meetings.hearing_stage(state, has_report=has_report, agreements=agreements) is stage


@pytest.mark.parametrize(
    ("day", "slot"),
    [(date(2026, 5, 28), HearingSlot.MAY), (date(2026, 9, 1), HearingSlot.SEPTEMBER), (date(2026, 10, 2), HearingSlot.OTHER)],
)
def test_hearings_of_may_and_september(day: date, slot: HearingSlot) -> None:
    assert periods.slot_of(day) is slot
