"""What an import of answers did, or would do."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.contributions.rules.faults import FileProblem


@dataclass(frozen=True)
class Report:
    """With one problem nothing was written; `codes` are those of the answers now in draft; `unknown_values` are words of the file,
    by our column, that mean nothing here until somebody says what they mean."""

    rows: int = 0
    imported: int = 0
    unchanged: int = 0
    problems: tuple[FileProblem, ...] = ()
    codes: tuple[str, ...] = ()
    unknown_values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
