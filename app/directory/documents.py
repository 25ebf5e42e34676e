"""The directory as open data: what it holds of each organisation, and nothing of people."""

from collections.abc import Iterator, Sequence
from typing import Any

from app.core import dates
from app.directory.queries import Listed

COLUMNS = (
    "organizacion", "nombre", "sector", "alcance", "ruc", "forma_legal", "temas", "lugares", "verificada", "verificada_por",
    "verificada_el", "aportes", "correo", "telefono", "url",
)  # fmt: skip
"""Declared, with their meaning, in opendata.documents."""


def rows(listed: Sequence[Listed], site: str) -> Iterator[tuple[Any, ...]]:
    """One line of the dataset for each; a contact only while the organisation agrees to show it."""
    for line in listed:
        of = line.organisation
        shows = of.contact_published_at is not None
        yield (
            of.slug, of.name, of.sector.value, of.reach.value if of.reach else "", of.ruc or "",
            of.legal_status.value if of.legal_status else "", ", ".join(of.topics), line.places, "si" if of.is_verified else "no",
            line.space, dates.rfc3339(line.since) if line.since else "", line.contributed, of.contact_email if shows else "",
            of.contact_phone if shows else "", f"{site}/organizaciones/{of.slug}",
        )  # fmt: skip
