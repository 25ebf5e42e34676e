"""What an import of answers did, or would do."""

from dataclasses import dataclass

from app.contributions.rules.faults import FileProblem


@dataclass(frozen=True)
class Report:
    """With one problem nothing was written; `codes` are those of the answers now in draft."""

    rows: int = 0
    imported: int = 0
    unchanged: int = 0
    problems: tuple[FileProblem, ...] = ()
    codes: tuple[str, ...] = ()
