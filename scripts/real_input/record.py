"""The record as it is loaded: a scratch copy with invented addresses, because the record has none. Nothing of it is kept."""

import csv
import hashlib
import io
from collections.abc import Sequence

EMAIL = "correo_inventado"
OF_A_HUNDRED, UNKNOWN_OF_A_HUNDRED = 60, 1
"""How many proposals of a hundred get an address; of how many of these nobody is behind it."""
_WRITES, _NOBODY = "persona-", "nadie-"


def invented_address(reference: str) -> str:
    """The address of who made a proposal of the record, always the same; empty for those who get their answer on paper."""
    place = int(hashlib.sha256(reference.encode()).hexdigest()[:8], 16) % 100
    if place >= OF_A_HUNDRED:
        return ""
    return f"{_NOBODY if place < UNKNOWN_OF_A_HUNDRED else _WRITES}{reference}@example.org"


def is_invented(address: str) -> bool:
    return address.startswith((_WRITES, _NOBODY))


def is_known(address: str) -> bool:
    """Whether the mail server of the rehearsal knows somebody by that address."""
    return not address.startswith(_NOBODY)


def with_addresses(content: str, every: int = 1) -> str:
    """The record's CSV with a column of invented addresses; one row of each `every`."""
    rows = list(csv.reader(io.StringIO(content)))
    head, reference = rows[0], rows[0].index("id")
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([*head, EMAIL])
    writer.writerows([*row, invented_address(row[reference])] for row in rows[1::every])
    return out.getvalue()


def counted(content: str) -> tuple[int, int]:
    """How many rows a copy has, and how many of them an address."""
    rows: Sequence[dict[str, str]] = list(csv.DictReader(io.StringIO(content)))
    return len(rows), sum(bool(row[EMAIL]) for row in rows)
