"""Many contributions pasted at once: one per line, optionally `Nombre | Organización | texto`."""

import re
from dataclasses import dataclass

MOST_LINES = 100
_BULLET = re.compile(r"^\s*(?:[-*•·–—]|\(?\d{1,3}[.)])\s+")


@dataclass(frozen=True)
class PastedLine:
    text: str
    speaker: str = ""
    organisation: str = ""


def pasted_lines(pasted: str) -> list[PastedLine]:
    """One entry per line that is not blank, bullets and numbers taken off; what follows a second `|` is all text."""
    return [_line(_BULLET.sub("", line).strip()) for line in pasted.splitlines() if _BULLET.sub("", line).strip()]


def _line(line: str) -> PastedLine:
    parts = [part.strip() for part in line.split("|", 2)]
    if len(parts) == 3:
        return PastedLine(parts[2], parts[0], parts[1])
    if len(parts) == 2:
        return PastedLine(parts[1], parts[0])
    return PastedLine(parts[0])
