"""Which rooms a package has, and what several of them tell under one name: for the factory, which knows the packages."""

from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Any

from config import ROOT


def has_room(package: str, room: str) -> bool:
    folder = ROOT / "app" / package
    return (folder / f"{room}.py").exists() or (folder / room).is_dir()


def tellers(packages: Iterable[str], room: str, name: str) -> list[Callable[..., Any]]:
    """The function of that name in that room of each package that has one, in the order given."""
    modules = [import_module(f"app.{package}.{room}") for package in packages if has_room(package, room)]
    return [getattr(module, name) for module in modules if hasattr(module, name)]


def chained(told: Iterable[Callable[..., list[Any]]], *about: Any) -> list[Any]:
    """What each of them tells, one after the other."""
    return [piece for tell in told for piece in tell(*about)]


def merged(told: Iterable[Callable[..., dict[str, Any]]], *about: Any) -> dict[str, Any]:
    """What each of them tells, in one."""
    facts: dict[str, Any] = {}
    for tell in told:
        facts |= tell(*about)
    return facts
