"""The shape of the source: names that say something, files and functions one can read at once."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from app.factory import PACKAGES as OPENED
from tests.house.source import APP, FLOORS, PACKAGES, ROOT, floor_of, name_of, python_files, tree

NAMELESS = re.compile(r"(^|_)(utils?|helpers?|misc|common|managers?|stuff|base)(_|$)")
LONGEST_FILE, LONGEST_ROOM, LONGEST_FUNCTION = 400, 300, 60
# the text room, which cleans it; and the drawings of the icons, which are written in that very file
HTML_IS_MADE_IN = {"app/core/text.py", "app/core/mold.py", "templates/components/icon.html"}
ROOMS = {"views", "cli", "forms", "messages", "services", "importing", "documents", "queries", "models", "permissions", "rules", "counting"}


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_no_file_is_named_after_nothing() -> None:
    assert [name_of(p) for p in python_files() if NAMELESS.search(p.stem)] == []
    assert [name_of(p) for p in APP.rglob("*") if p.is_dir() and NAMELESS.search(p.name)] == []


def test_no_file_is_longer_than_one_can_hold() -> None:
    assert [(name_of(p), _lines(p)) for p in python_files() if _lines(p) > LONGEST_FILE] == []


def test_no_room_is_longer_than_three_hundred_lines() -> None:
    long = [(name_of(p), _lines(p)) for p in python_files("app") if _lines(p) > LONGEST_ROOM]
    assert long == []


def _functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree(path)) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)))


def test_no_function_is_longer_than_a_screen() -> None:
    long = []
    for path in python_files("app", "benchmarks", "scripts"):
        for function in _functions(path):
            length = (function.end_lineno or 0) - function.lineno + 1
            if length > LONGEST_FUNCTION:
                long.append((name_of(path), function.name, length))
    assert long == []


def test_package_files_are_empty() -> None:
    """Python runs them before any rule: with code in one, importing a rule imports the web (house.md 3.4)."""
    assert [name_of(p) for p in [APP / "__init__.py", *APP.glob("*/__init__.py")] if p.read_text().strip()] == []


def test_every_room_and_module_says_what_it_holds() -> None:
    silent = [name_of(p) for p in python_files("app") if p.read_text().strip() and not ast.get_docstring(tree(p))]
    assert silent == []


def test_every_package_has_a_floor_and_only_known_rooms() -> None:
    assert [name for name in PACKAGES if not any(name in names for names in FLOORS)] == []
    odd = [
        name_of(p)
        for name in PACKAGES
        if name not in {"core", "demo"}
        for p in (APP / name).glob("*.py")
        if p.stem not in ROOMS and p.stem != "__init__"
    ]
    assert odd == []
    assert sorted(set(PACKAGES) - {"core"}) == sorted(OPENED)


def test_the_contracts_name_the_same_floors_and_every_package() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    floors = next(c for c in contracts if c["id"] == "floors")["layers"]
    named = [tuple(sorted(re.findall(r"[a-z]+", layer))) for layer in reversed(floors)][:-1]
    assert named == [tuple(sorted(names)) for names in FLOORS]
    containers = {c.removeprefix("app.") for c in next(c for c in contracts if c["id"] == "rooms")["containers"]}
    assert containers == set(PACKAGES) - {"core", "demo"}


def test_types_are_also_imported_downwards() -> None:
    """`if TYPE_CHECKING` imports are outside the contracts: they obey the floors all the same."""
    upward = []
    for path in python_files("app"):
        package = path.relative_to(APP).parts[0]
        for node in ast.walk(tree(path)):
            if package in PACKAGES and isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("app."):
                target = node.module.split(".")[1]
                if target in PACKAGES and target != package and floor_of(target) >= floor_of(package):
                    upward.append((name_of(path), node.module))
    assert upward == []


def test_no_markup_is_trusted_outside_the_text_room() -> None:
    guilty = [
        name_of(p)
        for p in [*python_files("app"), *(ROOT / "templates").rglob("*.html")]
        if re.search(r"\|\s*safe\b|\bMarkup\(|render_template_string|from_string\(|\beval\(|\bexec\(", p.read_text())
        and name_of(p) not in HTML_IS_MADE_IN
    ]
    assert guilty == []


def test_no_statement_is_built_from_pieces_of_text() -> None:
    """`text(f"...")` is how SQL injection begins (S05)."""
    guilty = []
    for path in python_files("app"):
        for node in ast.walk(tree(path)):
            is_text = isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) == "text"
            if is_text and node.args and isinstance(node.args[0], (ast.JoinedStr, ast.BinOp)):
                guilty.append((name_of(path), node.lineno))
    assert guilty == []


def test_services_leave_committing_to_views_and_commands() -> None:
    guilty = [
        name_of(p)
        for package in PACKAGES
        for p in [*(APP / package).glob("services*.py"), *(APP / package).glob("services/**/*.py")]
        if "session.commit()" in p.read_text()
    ]
    assert guilty == []


def test_every_command_of_the_readme_exists() -> None:
    readme = ROOT / "README.md"
    assert readme.exists()
    makefile = (ROOT / "Makefile").read_text()
    named = set(re.findall(r"\bmake ([a-z][a-z0-9-]*)", readme.read_text()))
    assert named, "README.md names no command"
    assert [name for name in sorted(named) if not re.search(rf"^{name}:", makefile, re.MULTILINE)] == []


def test_the_makefile_has_exactly_the_promised_targets() -> None:
    targets = re.findall(r"^([a-z][a-z0-9-]*):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert sorted(targets) == sorted(
        ["bootstrap", "run", "test", "test-rules", "check", "migrate", "i18n", "lock", "bench", "real-input", "format"]
    )
