"""The filters of the lists of contributions, as they stand in the query string."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any, TypeVar

from app.contributions.rules.terms import Channel, Language
from app.organisations.rules import Sector

LONGEST_QUERY = 200
Choice = TypeVar("Choice", bound=StrEnum)


@dataclass(frozen=True)
class ContributionFilters:
    """What a list is narrowed to; an empty value narrows nothing. `outcome` is for the packages that know answers."""

    q: str = ""
    theme: str = ""
    territory: str = ""
    channel: Channel | None = None
    sector: Sector | None = None
    language: Language | None = None
    workshop: int | None = None
    answered: bool | None = None
    outcome: str = ""

    @classmethod
    def parse(cls, args: Mapping[str, str]) -> "ContributionFilters":
        """From the query string (q, tema, territorio, canal, sector, idioma, taller, respuesta=si|no, resultado); nonsense is ignored."""
        territory = args.get("territorio", "")
        workshop = args.get("taller", "")
        return cls(
            q=" ".join(args.get("q", "").split())[:LONGEST_QUERY],
            theme=_word(args.get("tema", "")),
            territory=territory if territory.isascii() and territory.isdigit() and len(territory) in (2, 4, 6) else "",
            channel=_choice(Channel, args.get("canal", "")),
            sector=_choice(Sector, args.get("sector", "")),
            language=_choice(Language, args.get("idioma", "")),
            workshop=int(workshop) if workshop.isascii() and workshop.isdigit() and len(workshop) < 4 else None,
            answered={"si": True, "no": False}.get(args.get("respuesta", "")),
            outcome=_word(args.get("resultado", "")),
        )

    def arguments(self) -> dict[str, str]:
        """The query string that gives these filters back; empty ones are left out."""
        answered = "" if self.answered is None else ("si" if self.answered else "no")
        given: dict[str, Any] = {
            "q": self.q, "tema": self.theme, "territorio": self.territory, "canal": self.channel, "sector": self.sector,
            "idioma": self.language, "taller": self.workshop, "respuesta": answered, "resultado": self.outcome,
        }  # fmt: skip
        return {name: str(value) for name, value in given.items() if value not in ("", None)}

    def without(self, name: str) -> "ContributionFilters":
        """The same, with one filter taken off."""
        empty: dict[str, Any] = {name: next(f.default for f in fields(self) if f.name == name)}
        return replace(self, **empty)

    @property
    def is_empty(self) -> bool:
        return self == ContributionFilters()


def _word(text: str) -> str:
    return text if text.isascii() and len(text) <= 60 and text.replace("-", "").replace("_", "").isalnum() else ""


def _choice(kind: type[Choice], text: str) -> Choice | None:
    try:
        return kind(text)
    except ValueError:
        return None
