"""Every problem a rule can name has one sentence, and it says what to do."""

from enum import StrEnum
from importlib import import_module

from tests.house.source import APP, PACKAGES, module_of, rooms


def _problem_kinds() -> dict[str, list[StrEnum]]:
    """Problem codes by package: enums of rules and of counting whose name ends in Problem."""
    found: dict[str, list[StrEnum]] = {}
    for path in [*rooms("rules"), *rooms("counting")]:
        module = import_module(module_of(path))
        for value in vars(module).values():
            is_own = isinstance(value, type) and issubclass(value, StrEnum) and value.__module__ == module.__name__
            if is_own and value.__name__.endswith("Problem"):
                found.setdefault(path.relative_to(APP).parts[0], []).extend(value)  # type: ignore[call-overload]
    return found


def _sentences(package: str) -> dict[object, object]:
    """Every mapping of the package's messages, joined."""
    if not any((APP / package / name).exists() for name in ("messages.py", "messages")):
        return {}
    said: dict[object, object] = {}
    for path in [p for p in rooms("messages") if p.relative_to(APP).parts[0] == package]:
        for value in vars(import_module(module_of(path))).values():
            if isinstance(value, dict):
                said.update(value)
    return said


def test_every_problem_has_its_sentence() -> None:
    silent = [str(code) for package, codes in _problem_kinds().items() for code in codes if code not in _sentences(package)]
    assert silent == []


def _is_a_sentence(said: str) -> bool:
    return (said[:1] in "¿«" or said[:1].isupper() or said.startswith("%(")) and said.rstrip().endswith((".", "?", "»", ")"))


def test_sentences_start_with_a_capital_and_end_with_a_stop() -> None:
    said = [str(_sentences(package)[code]) for package, codes in _problem_kinds().items() for code in codes if code in _sentences(package)]
    assert [sentence for sentence in said if not _is_a_sentence(sentence)] == []


def test_problem_codes_are_kebab_case_and_never_mean_two_things() -> None:
    codes = [str(code) for group in _problem_kinds().values() for code in group]
    assert [code for code in codes if code != code.lower() or "_" in code or " " in code] == []
    assert sorted({code for code in codes if codes.count(code) > 1}) == []
    assert PACKAGES
