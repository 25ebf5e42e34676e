"""Tables of cases: what an act, an update, the books and the monthly sheet accept."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.agreements.importing import parse_sheet, read_sheet
from app.agreements.rules import acts, execution, sheets
from app.agreements.rules.acts import ActDraft, ActFacts, ActProblem, ActState, FundingSource, LineDraft, SignerKind
from app.agreements.rules.books import Part, Standing, parts, sums
from app.agreements.rules.execution import ExecutionProblem, LineFacts, LineState, ProgressDraft
from app.core.errors import RuleBroken
from app.feedback.rules.outcomes import Reason

TODAY = date(2027, 3, 20)
LINE = LineDraft(
    1, "PP-1", "Posta", 500_00, FundingSource.DETERMINED, "Obras", "Aprobar el expediente en marzo.", "Poner dos veedores en la obra.",
    date(2028, 1, 31), "080102", "Ccorca",
)  # fmt: skip
HEAD = ActDraft(date(2027, 3, 18), "Teatro", "", 1, 2)
FACTS = ActFacts(TODAY, 1_000_00, {"080102": 600_00}, frozenset({"PP-1"}), frozenset(), 0, True)


def _codes(problems) -> list[str]:
    return [str(p.code) for p in problems]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"amount_cents": None}, "amount"), ({"amount_cents": 0}, "amount"), ({"source": None}, "source"), ({"unit": " "}, "unit"),
        ({"due_on": None}, "due_on"), ({"due_on": date(2027, 3, 18)}, "due_on"), ({"entity_commits": "Poco"}, "entity_commits"),
        ({"agents_commit": "Llamar al 987 654 321 para coordinar la faena."}, "agents_commit"),
    ],
)  # fmt: skip
def test_a_line_says_everything_and_nobodys_telephone(changes, field) -> None:
    assert [p.field for p in acts.problems_with_line(replace(LINE, **changes), held_on=HEAD.held_on)] == [field]
    assert acts.problems_with_line(LINE, held_on=HEAD.held_on) == ()


@pytest.mark.parametrize(
    ("facts", "lines", "expected"),
    [
        ({}, [LINE], []),
        ({}, [], [ActProblem.NO_LINES, ActProblem.LEFT_OUT]),
        ({"prioritised": frozenset({"PP-1", "PP-2"})}, [LINE], [ActProblem.LEFT_OUT]),
        ({"prioritised": frozenset()}, [LINE], [ActProblem.NOT_PRIORITISED]),
        ({"prioritised": frozenset(), "agreed": frozenset({"PP-1"})}, [LINE], []),
        ({"ceiling_cents": 499_99}, [LINE], [ActProblem.OVER_CEILING]),
        ({"ceilings": {"080102": 499_99}}, [LINE], [ActProblem.OVER_TERRITORY]),
        ({"unanswered_dropped": 1}, [LINE], [ActProblem.UNANSWERED]),
        ({"has_committee": False}, [LINE], [ActProblem.NO_COMMITTEE]),
    ],
)
def test_the_act_is_put_to_signature_only_whole(facts, lines, expected) -> None:
    assert _codes(acts.problems_with_opening(ActState.DRAFT, HEAD, lines, replace(FACTS, **facts))) == [str(c) for c in expected]


@pytest.mark.parametrize(
    ("signed", "facts", "expected"),
    [
        ({SignerKind.MUNICIPALITY: 1, SignerKind.COORDINATION_COUNCIL: 1, SignerKind.AGENT: 2}, {}, []),
        ({SignerKind.COORDINATION_COUNCIL: 1, SignerKind.AGENT: 2}, {}, [ActProblem.FEW_MUNICIPALITY]),
        ({SignerKind.MUNICIPALITY: 1, SignerKind.AGENT: 9}, {}, [ActProblem.FEW_COUNCIL]),
        ({SignerKind.MUNICIPALITY: 1, SignerKind.COORDINATION_COUNCIL: 9, SignerKind.AGENT: 1}, {}, [ActProblem.FEW_AGENTS]),
        ({SignerKind.MUNICIPALITY: 1, SignerKind.COORDINATION_COUNCIL: 1, SignerKind.AGENT: 2}, {"has_committee": False}, [ActProblem.NO_COMMITTEE]),  # noqa: E501 - one case, one line
        ({SignerKind.MUNICIPALITY: 1, SignerKind.COORDINATION_COUNCIL: 1, SignerKind.AGENT: 2}, {"unanswered_dropped": 3}, [ActProblem.UNANSWERED]),  # noqa: E501 - one case, one line
    ],
)  # fmt: skip
def test_an_act_is_agreed_with_every_signature_and_somebody_to_watch_over_it(signed, facts, expected) -> None:
    told = {"unanswered_dropped": 0, "has_committee": True} | facts
    assert _codes(acts.problems_with_publishing(ActState.SIGNING, signed, HEAD, **told)) == [str(c) for c in expected]


def test_the_hash_is_of_every_word_and_every_sol() -> None:
    said = acts.content("pp", 2027, 1, HEAD, [LINE], 1_000_00)
    same = acts.content("pp", 2027, 1, HEAD, [LINE], 1_000_00)
    other = acts.content("pp", 2027, 1, HEAD, [replace(LINE, amount_cents=500_01)], 1_000_00)
    assert acts.sha256(said) == acts.sha256(same) != acts.sha256(other)


GOOD = ProgressDraft(LineState.WORKS, TODAY, "2512345", 500_00, 500_00, 300_00, 200_00, 100_00, "Se levantaron los muros del local.")
AGREED = LineFacts(500_00, date(2028, 1, 31), TODAY)
LATE = LineFacts(500_00, date(2027, 1, 31), TODAY)
WHY = "La licitación quedó desierta dos veces y hubo que convocarla otra vez en marzo."


@pytest.mark.parametrize(
    ("changes", "facts", "expected"),
    [
        ({}, AGREED, []),
        ({"state": None}, AGREED, [ExecutionProblem.NO_STATE]),
        ({"as_of": TODAY + timedelta(days=1)}, AGREED, [ExecutionProblem.DAY_AHEAD]),
        ({"as_of": TODAY - timedelta(days=1)}, replace(AGREED, before=GOOD), [ExecutionProblem.DAY_BEFORE]),
        ({"cui": "251234"}, AGREED, [ExecutionProblem.CUI_MALFORMED]),
        ({"cui": ""}, AGREED, [ExecutionProblem.CUI_MISSING]),
        ({"accrued_cents": 300_01}, AGREED, [ExecutionProblem.NOT_ORDERED]),
        ({"paid_cents": 200_01}, AGREED, [ExecutionProblem.NOT_ORDERED]),
        ({"certified_cents": None}, AGREED, []),
        ({"certified_cents": None, "accrued_cents": 500_01}, AGREED, [ExecutionProblem.NOT_ORDERED]),
        ({"pia_cents": 499_99}, AGREED, [ExecutionProblem.DIFFERENCE_SHORT]),
        ({"pia_cents": 499_99, "difference": "El techo del gobierno central bajó en junio."}, AGREED, []),
        ({"text": "Avanza"}, AGREED, [ExecutionProblem.TEXT_SHORT]),
        ({"text": "Llame al ingeniero al 987 654 321 y pregunte."}, AGREED, [ExecutionProblem.PERSONAL]),
        ({}, LATE, [ExecutionProblem.WHY_MISSING, ExecutionProblem.WHY_SHORT]),
        ({"reason_code": Reason.R04, "why": WHY}, LATE, []),
        ({"state": LineState.STOPPED}, AGREED, [ExecutionProblem.WHY_MISSING, ExecutionProblem.WHY_SHORT]),
        ({"state": LineState.NOT_DONE, "reason_code": Reason.R06, "why": WHY}, AGREED, []),
        ({"state": LineState.DONE}, AGREED, [ExecutionProblem.NO_EVIDENCE]),
        ({"state": LineState.DONE}, replace(AGREED, files=1), []),
        ({"state": LineState.DONE}, replace(LATE, files=1), []),
    ],
)
def test_an_update_says_its_money_in_order_and_why_when_it_is_late(changes, facts, expected) -> None:
    assert _codes(execution.problems_with_progress(replace(GOOD, **changes), facts)) == [str(c) for c in expected]


_amount = st.none() | st.integers(0, 10**12)
_standing = st.builds(
    Standing, agreed_cents=st.integers(1, 10**12), state=st.sampled_from(LineState), ubigeo=st.sampled_from(["", "080101", "080102"]),
    pia_cents=_amount, pim_cents=_amount, certified_cents=_amount, accrued_cents=_amount, paid_cents=_amount,
)  # fmt: skip


@given(st.lists(_standing, max_size=30))
def test_the_books_balance_to_the_last_sol(lines) -> None:
    books = sums(lines)
    assert books.is_balanced
    assert books.agreed == sum(line.agreed_cents for line in lines) == sum(books.by_state.values()) == sum(books.by_part.values())
    assert min(books.by_part.values()) >= 0 and books.beyond >= 0
    assert sum(books.counts.values()) == len(lines)


def test_what_was_paid_is_not_counted_again_as_accrued() -> None:
    cut = parts(Standing(1_000, LineState.WORKS, pim_cents=900, certified_cents=700, accrued_cents=400, paid_cents=150))
    assert cut == {Part.PAID: 150, Part.ACCRUED: 250, Part.CERTIFIED: 300, Part.BUDGETED: 200, Part.NOT_BUDGETED: 100}


KNOWN = {"2512345": [sheets.Followed("PP-1", replace(AGREED, before=replace(GOOD, certified_cents=None, paid_cents=None)))]}
HEADS = "cui;pia;pim;devengado;fecha\n"


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("2512345;500;500;250.50;20/03/2027", []),
        ("9999999;1;1;1;20/03/2027", [ExecutionProblem.SHEET_CUI_UNKNOWN]),
        ("2512345;500;500;mucho;20/03/2027", [ExecutionProblem.SHEET_WRONG]),
        ("2512345;500;500;250;ayer", [ExecutionProblem.SHEET_DATE]),
        ("2512345;500;500;500.01;20/03/2027", [ExecutionProblem.NOT_ORDERED]),
        ("2512345;400;500;250;20/03/2027", [ExecutionProblem.DIFFERENCE_SHORT]),
    ],
)
def test_each_row_of_the_sheet_is_judged_with_its_line(row, expected) -> None:
    (found,) = sheets.judged(parse_sheet(HEADS + row), KNOWN)
    assert _codes(found.problems) == [str(c) for c in expected]
    assert found.line == 2


def test_the_same_row_twice_is_refused_and_what_is_known_changes_nothing() -> None:
    rows = parse_sheet(HEADS + "2512345;500;500;250;20/03/2027\n2512345;500;500;250;20/03/2027\n")
    assert [_codes(row.problems) for row in sheets.judged(rows, KNOWN)] == [[], [str(ExecutionProblem.SHEET_REPEATED)]]
    assert sheets.judged(parse_sheet(HEADS + "2512345;500.00;500;200;20/03/2027"), KNOWN)[0].is_same


@pytest.mark.parametrize("content", [b"", b"a;b\n1;2\n", HEADS.encode(), b"\xff\xfe\x00\x81"])
def test_what_is_no_monthly_sheet_is_refused(content) -> None:
    with pytest.raises(RuleBroken):
        read_sheet(content)


def test_the_sheet_is_read_with_commas_and_in_the_encoding_of_old_spreadsheets() -> None:
    rows = read_sheet('"CUI","PIA","PIM","Devengado","Fecha","Motivo"\n2512345,1,1,1,20/03/2027,"Bajó el techo"\n'.encode("cp1252"))
    assert rows[0].cells["motivo"] == "Bajó el techo" and rows[0].line == 2
