"""The search index: written with the contribution, in the same transaction."""

from collections.abc import Iterable, Sequence

from sqlalchemy import text as sql

from app.contributions.queries.search import LONGEST_STEM
from app.contributions.queries.summaries import summary_words
from app.core.db import db, is_sqlite
from app.core.text import stems

_SQLITE = sql("INSERT INTO contribution_search (rowid, stems) VALUES (:id, :stems)")
_POSTGRESQL = sql("INSERT INTO contribution_search (rowid, stems) VALUES (:id, array_to_tsvector(CAST(:stems AS text[])))")


def index(entries: Iterable[tuple[int, Sequence[str]]]) -> None:
    """Make (contribution id, its public texts) findable; what was indexed before under an id must be gone."""
    found = [(number, [stem[:LONGEST_STEM] for text in texts for stem in stems(text)]) for number, texts in entries]
    if is_sqlite():
        db.session.execute(_SQLITE, [{"id": number, "stems": " ".join(words)} for number, words in found])
    else:
        db.session.execute(_POSTGRESQL, [{"id": number, "stems": sorted(set(words))} for number, words in found])


def index_again(contribution_id: int, texts: Sequence[str]) -> None:
    """The same for one whose words changed, its summary in Spanish with it."""
    db.session.execute(sql("DELETE FROM contribution_search WHERE rowid = :id"), {"id": contribution_id})
    index([(contribution_id, [*texts, summary_words(contribution_id)])])
