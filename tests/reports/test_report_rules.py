"""The feedback report counts what the matrix says, and its parts sum up."""

import dataclasses

from app.feedback.rules.matrix import COLUMNS
from app.reports.rules import feedback_report as report

ORDER = ["adopted", "not_adopted", "needs_clarification", "withdrawn"]


def entry(code: str, outcome: str = "", **cells: str) -> report.Entry:
    given = dict.fromkeys(COLUMNS, "") | {"codigo": code, "decision": outcome, "sector": "citizen", "distrito": "Ccorca", "tema": "agua"}
    return report.entry_of(given | cells)


ENTRIES = [
    entry("P-C-0001", "not_adopted", motivo_codigo="R04"),
    entry("P-C-0002", "adopted"),
    entry("P-C-0003", "", sector="academia", tema="obras"),
    entry("P-C-0004", "withdrawn", distrito="", provincia="Cusco"),
    entry("P-C-0005", "needs_clarification", tema="", distrito="", provincia="", region="Cusco"),
    entry("P-C-0006", "not_adopted", motivo_codigo="R04", sector="academia"),
]


def test_every_table_sums_up_to_what_was_received() -> None:
    made = report.compiled(ENTRIES, ["agua", "obras", "vacio"], ORDER)
    assert made.reconciles
    assert made.total.received == 6
    assert made.total.answered == 3
    assert dict(made.total.by_outcome) == {"not_adopted": 2, "adopted": 1, "waiting": 1, "withdrawn": 1, "needs_clarification": 1}
    assert [(row.name, row.received, row.answered) for row in made.sectors] == [("citizen", 4, 2), ("academia", 2, 1)]
    assert [(row.name, row.received) for row in made.territories] == [("Ccorca", 4), ("Cusco", 2)]
    assert list(made.reasons) == [("R04", 2)]


def test_a_contribution_split_in_ideas_counts_once_under_each_of_its_reasons() -> None:
    split = entry("P-C-0007", "not_adopted", motivo_codigo="R02; R04")
    assert list(report.compiled([*ENTRIES, split], [], ORDER).reasons) == [("R04", 3), ("R02", 1)]


def test_a_question_is_not_an_answer_and_its_code_waits() -> None:
    assert report.compiled(ENTRIES, [], ORDER).waiting == ("P-C-0003", "P-C-0005")


def test_themes_come_in_their_order_without_the_empty_ones_and_answers_by_outcome() -> None:
    made = report.compiled(ENTRIES, ["obras", "agua", "vacio"], ORDER)
    assert [section.slug for section in made.themes] == ["obras", "agua", ""]
    assert [e.code for e in made.themes[1].entries] == ["P-C-0002", "P-C-0001", "P-C-0006", "P-C-0004"]


def test_a_report_that_does_not_sum_up_says_so() -> None:
    made = report.compiled(ENTRIES, ["agua"], ORDER)
    assert not dataclasses.replace(made, sectors=made.sectors[1:]).reconciles
