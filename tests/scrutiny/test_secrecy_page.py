""" "¿Es secreto mi voto?" says what is cared for and what is not, each with the tests that try it (B17)."""

import ast
from pathlib import Path

import pytest
from flask import Flask

from app.core.db import db
from app.scrutiny import messages
from app.scrutiny.rules.secrecy import TOLD, Answer, Statement
from config import ROOT
from tests.browser import Browser
from tests.factories.scrutiny import an_ended_vote
from tests.world import World


@pytest.mark.parametrize("statement", list(Statement))
def test_every_statement_names_tests_that_exist(statement: Statement) -> None:
    assert TOLD[statement].tests and statement in messages.SECRECY
    for named in TOLD[statement].tests:
        file, _colons, function = named.partition("::")
        tree = ast.parse(Path(ROOT, file).read_text(encoding="utf-8"))
        assert function in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}, named


def test_the_limits_of_the_world_are_printed(app: Flask, world: World, browser: Browser) -> None:
    with app.app_context():
        an_ended_vote(world, [])
        db.session.commit()
        db.session.remove()
    page = browser.get("scrutiny.secrecy", slug=world.slug, vote="votacion")
    for statement in Statement:
        question, said = messages.SECRECY[statement]
        assert str(question) in page and str(said) in page
        assert all(test in page for test in TOLD[statement].tests)
    assert TOLD[Statement.BESIDE].answer is TOLD[Statement.SERVER_DURING].answer is Answer.YES
    assert "Belenios" in page and "comprar votos" in page and "No sirve para elegir autoridades" in page
