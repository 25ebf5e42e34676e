"""The file a person takes along: one JSON with everything, and a CSV for each part that a spreadsheet opens."""

import io
import json
import zipfile
from collections.abc import Sequence
from datetime import datetime

from app.core.web import csv_lines
from app.privacy.queries import Section, plain

README = "LEAME.txt"


def bundle(found: Sequence[Section], words: str, now: datetime) -> bytes:
    """A ZIP of the sections; `words` says what each part is."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(README, words)
        archive.writestr("datos.json", as_json(found, now))
        for section in found:
            if section.rows:
                cells = [[json.dumps(v, ensure_ascii=False) if isinstance(v, (dict, list)) else v for v in row] for row in section.rows]
                archive.writestr(f"{section.name}.csv", "".join(csv_lines(section.columns, cells)))
    return packed.getvalue()


def as_json(found: Sequence[Section], now: datetime) -> str:
    content = {section.name: [dict(zip(section.columns, row, strict=True)) for row in section.rows] for section in found}
    return json.dumps({"hecho": plain(now), **content}, ensure_ascii=False, indent=1, default=str)
