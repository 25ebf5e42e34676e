"""The library of past plans: every fact with its source, no code without its report, nothing invented where documents are silent."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from app.core.db import db
from app.plans import queries, services
from app.plans.importing import LibraryFault, parse_library, read_library
from app.plans.models import PastCommitment, PastPlanFact
from app.plans.rules.library import IrmCompletion
from tests.world import NOON, World

SOURCES = '[source.informe]\ntitle = "Informe"\nurl = "https://example.pe/informe"\n'
PLAN = '[[plan]]\nslug = "plan-9"\nn = 9\nname = "Noveno"\nyears = "2040"\n'
COMMITMENT = '[[plan.commitment]]\ntitle = "Agua"\nsource = "informe"\n'


def test_the_counts_of_perus_plans_are_those_of_the_documents() -> None:
    assert {plan.n: (plan.years, plan.commitment_count) for plan in read_library()} == {
        1: ("2012-2014", 47), 2: ("", None), 3: ("2017-2019", 18), 4: ("2020-2021/22", 21), 5: ("2023-2024/25", 13), 6: ("2026-2027", 11),
    }  # fmt: skip


def test_the_shipped_file_holds_no_code_of_the_irm_because_no_report_was_read_for_one() -> None:
    assert {c["irm_completion"] for plan in read_library() for c in plan.commitments} == {None}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (PLAN + '[[plan.fact]]\nlabel = "Años"\ntext = "Muchos."\nsource = "nadie"\n', "no nombra una fuente"),
        (SOURCES + PLAN + COMMITMENT + 'irm_completion = "complete"\n', "sin la dirección de su informe"),
        (SOURCES + PLAN + COMMITMENT + 'irm_completion = "casi"\nirm_report_url = "https://example.pe"\n', "casi"),
        ("[[plan", "No es un archivo TOML"),
        ("[[plan]]\nn = 9\n", "Falta el campo 'slug'"),
    ],
)
def test_what_names_no_source_or_no_report_is_not_loaded(content: str, said: str) -> None:
    with pytest.raises(LibraryFault, match=said):
        parse_library(content)


def test_a_code_with_its_report_is_read() -> None:
    (plan,) = parse_library(SOURCES + PLAN + COMMITMENT + 'irm_completion = "complete"\nirm_report_url = "https://example.pe/r"\n')
    assert plan.commitments[0]["irm_completion"] is IrmCompletion.COMPLETE


def test_loading_twice_writes_once_and_the_balance_says_what_is_known(context: None) -> None:
    assert services.load_library(NOON) == 6 and services.load_library(NOON) == 0
    balances = queries.past_plans()
    assert [b.plan.n for b in balances] == [1, 2, 3, 4, 5, 6] and {b.coded for b in balances} == {0}
    assert [b.listed for b in balances] == [0, 0, 1, 4, 0, 0]
    assert db.session.scalar(select(func.count()).select_from(PastPlanFact).where(PastPlanFact.source_title == "")) == 0


def test_an_operator_brings_codes_with_their_report_from_a_file_of_their_own(app: Flask, world: World, tmp_path: Path) -> None:
    file = tmp_path / "planes.toml"
    file.write_text(SOURCES + PLAN + COMMITMENT + 'irm_completion = "limited"\nirm_report_url = "https://example.pe/r"\n', "utf-8")
    assert "Planes escritos: 1." in app.test_cli_runner().invoke(args=["plans", "load-library", "--file", str(file)]).output
    assert "limited" in app.test_client().get("/planes.csv").get_data(as_text=True)
    file.write_text(SOURCES + PLAN + COMMITMENT + 'irm_completion = "complete"\n', "utf-8")
    refused = app.test_cli_runner().invoke(args=["plans", "load-library", "--file", str(file)])
    assert refused.exit_code == 1 and "sin la dirección de su informe" in refused.output


def test_the_database_itself_refuses_a_code_without_its_report(context: None) -> None:
    services.load_library(NOON)
    plan = queries.past_plan_by_slug("plan-4")
    assert plan is not None
    db.session.add(
        PastCommitment(past_plan_id=plan.id, position=99, title="Otro", source_title="Informe", irm_completion=IrmCompletion.COMPLETE)
    )
    with pytest.raises(IntegrityError, match="codes_with_report"):
        db.session.flush()
