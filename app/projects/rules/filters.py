"""The filters of the list of projects, as they stand in the query string."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from app.projects.rules import ProjectState

LONGEST_QUERY = 100


@dataclass(frozen=True)
class ProjectFilters:
    """What the list is narrowed to; an empty value narrows nothing."""

    q: str = ""
    state: ProjectState | None = None
    theme: str = ""
    territory: str = ""

    @classmethod
    def parse(cls, args: Mapping[str, str]) -> "ProjectFilters":
        """From the query string (q, estado, tema, territorio); nonsense is ignored."""
        territory, theme, state = args.get("territorio", ""), args.get("tema", ""), args.get("estado", "")
        return cls(
            q=" ".join(args.get("q", "").replace("\x00", "").split())[:LONGEST_QUERY],
            state=next((s for s in ProjectState if s.value == state), None),
            theme=theme if theme.isascii() and len(theme) <= 60 and theme.replace("-", "").isalnum() else "",
            territory=territory if territory.isascii() and territory.isdigit() and len(territory) in (2, 4, 6) else "",
        )

    def arguments(self) -> dict[str, str]:
        """The query string that gives these filters back; empty ones are left out."""
        given = {"q": self.q, "estado": self.state.value if self.state else "", "tema": self.theme, "territorio": self.territory}
        return {name: value for name, value in given.items() if value}

    def with_(self, **changes: object) -> "ProjectFilters":
        return replace(self, **changes)  # type: ignore[arg-type]

    @property
    def is_empty(self) -> bool:
        return self == ProjectFilters()
