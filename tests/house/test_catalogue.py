"""Every sentence is in the catalogue, complete and certain."""

import ast

from scripts import i18n
from tests.house.source import name_of, python_files, tree


def test_the_catalogues_are_fresh_complete_and_not_fuzzy() -> None:
    assert i18n.faults() == []


def test_every_name_that_marks_a_sentence_is_known_to_the_catalogues() -> None:
    """A sentence under a name that nobody extracts would never be translated. And what is not written out cannot be extracted."""
    for path in python_files("app"):
        names = {
            alias.asname or alias.name
            for node in ast.walk(tree(path))
            if isinstance(node, ast.ImportFrom) and node.module == "flask_babel"
            for alias in node.names
            if "gettext" in alias.name
        }
        assert names <= set(i18n.KEYWORDS), name_of(path)
        for call in ast.walk(tree(path)):
            is_asked = isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in names
            if is_asked and name_of(path) != "app/core/templates.py":  # what templates ask is extracted from the templates
                assert isinstance(call.args[0], ast.Constant), f"{name_of(path)}:{call.lineno}"


def test_spanish_repeats_its_ids_unless_somebody_chose_other_words() -> None:
    catalogue = i18n.read(i18n.path_of("es"), "es")
    assert sum(1 for message in catalogue if message.id) > 200
