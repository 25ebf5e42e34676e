"""Reading a scrutiny: a vote with what was announced of it, its tables, its books, its box, its counts."""

from app.scrutiny.queries.books import books_of, tokens_of
from app.scrutiny.queries.box import ballots, ballots_by_territory, has_receipt, receipts, turnout
from app.scrutiny.queries.counts import (
    closing_of,
    count_by_id,
    count_of,
    counts_of,
    file_of,
    is_waiting,
    published_count,
    published_of_round,
    recounts_waiting,
    results_with,
    signatures,
)
from app.scrutiny.queries.tables import keyings, places_of, table_of, tables, tables_waiting
from app.scrutiny.queries.votes import contest_of, counted_vote, entry_asked, options, public_vote, published_vote, staff_vote, vote_by_id

__all__ = [
    "ballots", "ballots_by_territory", "books_of", "closing_of", "contest_of", "count_by_id", "count_of", "counted_vote", "counts_of",
    "entry_asked", "file_of", "has_receipt", "is_waiting", "keyings", "options", "places_of", "public_vote", "published_count",
    "published_of_round", "published_vote", "receipts", "recounts_waiting", "results_with", "signatures", "staff_vote", "table_of",
    "tables", "tables_waiting", "tokens_of", "turnout", "vote_by_id",
]  # fmt: skip
