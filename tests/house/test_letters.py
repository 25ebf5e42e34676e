"""Every kind of letter that is queued has its subject, its plain text and its HTML."""

import ast

from tests.house.source import PACKAGES, TEMPLATES, name_of, python_files, tree

CALLS = {"queue", "queue_for_subscribers", "queue_many"}
PARTS = (".subject.txt", ".txt", ".html")


def _queued() -> dict[str, str]:
    """Kinds written in the code, with the file that queues them."""
    found = {}
    for path in python_files("app"):
        constants = {
            target.id: node.value.value
            for node in ast.walk(tree(path))
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in CALLS and node.args:
                kind = node.args[0]
                value = kind.value if isinstance(kind, ast.Constant) else constants.get(getattr(kind, "id", ""))
                if isinstance(value, str):
                    found[value] = name_of(path)
    return found


def test_every_letter_that_is_queued_can_be_written() -> None:
    missing = []
    for kind, path in _queued().items():
        package, _, name = kind.partition(".")
        assert package in PACKAGES, f"{kind} in {path} does not start with its package"
        missing += [
            (path, f"emails/{package}/{name}{part}") for part in PARTS if not (TEMPLATES / "emails" / package / f"{name}{part}").exists()
        ]
    assert missing == []


def test_no_letter_lies_unused() -> None:
    kinds = {kind.replace(".", "/", 1) for kind in _queued()}
    written = {str(p.relative_to(TEMPLATES / "emails"))[: -len(".subject.txt")] for p in (TEMPLATES / "emails").rglob("*.subject.txt")}
    assert sorted(written - kinds) == []


def test_some_letters_are_queued() -> None:
    assert len(_queued()) >= 2
