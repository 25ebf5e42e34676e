"""Reading the demo's content: TOML files whose days are counted from the day they are loaded."""

import tomllib
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, TypeVar

from app.core.clock import lima_instant

CONTENT = Path(__file__).parent / "content"
PEOPLE = "people.toml"
Thing = TypeVar("Thing")


def read(name: str) -> dict[str, Any]:
    """One file of the content folder, as plain values."""
    return tomllib.loads((CONTENT / name).read_text(encoding="utf-8"))


def known(found: Thing | None) -> Thing:
    """What the content names must exist. Raises LookupError."""
    if found is None:
        raise LookupError("the demo's content names something it does not make")
    return found


@dataclass(frozen=True)
class Content:
    """Everything written about one space."""

    organisations: list[dict[str, Any]]
    process: dict[str, Any]
    plan: dict[str, Any]
    contributions: list[dict[str, Any]]
    groups: list[dict[str, Any]]
    assignments: dict[str, Any]


def content_of(folder: str) -> Content:
    files = sorted((CONTENT / folder).glob("contributions-*.toml"))
    contributions = [item for file in files for item in tomllib.loads(file.read_text(encoding="utf-8"))["contribution"]]
    return Content(
        organisations=read(f"{folder}/organisations.toml")["organisation"],
        process=read(f"{folder}/process.toml"),
        plan=read(f"{folder}/plan.toml"),
        contributions=sorted(contributions, key=lambda item: (item["day"], item["time"], item["key"])),
        assignments=read(f"{folder}/assignments.toml") if (CONTENT / folder / "assignments.toml").exists() else {},
        groups=read(f"{folder}/groups.toml")["group"] if (CONTENT / folder / "groups.toml").exists() else [],
    )


@dataclass(frozen=True)
class Calendar:
    """Turns "day -41 at 10:20" into an instant; day 0 is `today` in Lima."""

    today: date

    def day(self, number: int) -> date:
        return self.today + timedelta(days=number)

    def at(self, number: int, clock: str = "10:00") -> datetime:
        hours, minutes = clock.split(":")
        return lima_instant(self.day(number), time(int(hours), int(minutes)))


def demo_people() -> list[dict[str, Any]]:
    """Name, e-mail, password and what each person of the demo does, for the sign-in page and `demo load --json`."""
    written = read(PEOPLE)
    return [
        {
            "name": item["name"],
            "email": item["email"],
            "password": written["password"],
            "does": item["does"],
            "roles": sorted({role["role"] for role in item.get("roles", [])}) or ["CIT"],
        }
        for item in written["person"]
    ]
