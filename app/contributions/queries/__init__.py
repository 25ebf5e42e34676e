"""Reading contributions: one, lists of them, their search, the places they come from."""

from app.contributions.queries.capture import captured_in, captured_row, said_in
from app.contributions.queries.imports import import_map, import_maps, known_import_keys, known_references, stale_uploads, upload_by_key
from app.contributions.queries.lists import (
    ContributionRow,
    all_rows,
    conditions,
    counted,
    counts,
    filtered,
    page_of,
    received_count,
    rows_of,
)
from app.contributions.queries.one import (
    author_of_code,
    authorship,
    codes_by_reference,
    contribution_by_code,
    contribution_by_key,
    public_contribution_by_code,
    receipt_by_hash,
)
from app.contributions.queries.places import Place, place_named, place_of, places_of_space
from app.contributions.queries.search import search_filter
from app.contributions.queries.windows import input_standing

__all__ = [
    "said_in",
    "ContributionRow", "Place", "all_rows", "author_of_code", "authorship", "captured_in", "captured_row", "codes_by_reference",
    "conditions", "contribution_by_code", "contribution_by_key", "counted", "counts", "filtered", "import_map", "import_maps",
    "input_standing", "known_import_keys", "known_references", "page_of", "place_named", "place_of", "places_of_space",
    "public_contribution_by_code", "receipt_by_hash", "received_count", "rows_of", "search_filter", "stale_uploads", "upload_by_key",
]  # fmt: skip
