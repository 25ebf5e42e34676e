"""The source as the tests of the house see it."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APP = ROOT / "app"
TEMPLATES = ROOT / "templates"
FLOORS = (  # from the ground up; the same as in pyproject.toml
    ("core",), ("audit", "evidence", "notifications"), ("accounts",), ("organisations", "territories"), ("spaces",), ("forum",),
    ("calls",), ("processes",), ("activities",), ("notices",), ("contributions",), ("deliberation",),
    ("assignments", "evaluation", "groups", "moderation", "paper", "plans"),
    ("feedback",), ("letters",), ("budgeting",), ("projects",), ("voting",), ("scrutiny",), ("agreements",), ("vigilance",),
    ("compliance",), ("desk", "directory", "follows", "incidents", "opendata", "portal", "privacy", "reports"), ("demo",),
)  # fmt: skip
PACKAGES = tuple(sorted(path.name for path in APP.iterdir() if (path / "__init__.py").exists()))


def floor_of(package: str) -> int:
    return next(height for height, names in enumerate(FLOORS) if package in names)


def python_files(*folders: str) -> list[Path]:
    return sorted(path for folder in folders or ("app", "tests", "scripts", "benchmarks") for path in (ROOT / folder).rglob("*.py"))


def templates() -> list[Path]:
    return sorted(path for path in TEMPLATES.rglob("*") if path.suffix in {".html", ".txt"} and path.is_file())


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def rooms(name: str) -> list[Path]:
    """Every file of a room: `app/*/rules.py` and `app/*/rules/**.py`."""
    return sorted([*APP.glob(f"*/{name}.py"), *APP.glob(f"*/{name}/**/*.py")])


def module_of(path: Path) -> str:
    parts = list(path.relative_to(ROOT).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
