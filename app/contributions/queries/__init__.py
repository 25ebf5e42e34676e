"""Reading contributions: one, lists of them, their search, the places they come from."""

from app.contributions.queries.arrivals import arrivals_since, marks_of, moderated_rows, recent_texts, sent_by_author_of
from app.contributions.queries.assisting import assistance_by_code, assistances_of, written_in
from app.contributions.queries.authors import authored_by, is_of
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
from app.contributions.queries.media import (
    awaiting_voice,
    contribution_with_media,
    media_of,
    medium_of,
    voice_text,
    voices_to_type,
    with_media,
)
from app.contributions.queries.one import (
    author_of_code,
    authorship,
    codes_by_reference,
    codes_of,
    contribution_by_code,
    contribution_by_key,
    public_contribution_by_code,
    receipt_by_hash,
    whereabouts,
)
from app.contributions.queries.own_acts import changed_by_author, earlier_words, own_standing, retired_for, withdrawal_of
from app.contributions.queries.places import Picking, Place, picking, place_named, place_of, places_of_space
from app.contributions.queries.saving import DRAFT_LETTER, draft_letters_since, drafts_of, saved_draft
from app.contributions.queries.search import search_filter
from app.contributions.queries.similar import PublicAlike, public_alike
from app.contributions.queries.summaries import Summary, summaries, to_summarise
from app.contributions.queries.windows import input_standing

__all__ = [
    "DRAFT_LETTER", "ContributionRow", "Picking", "Place", "PublicAlike", "Summary", "all_rows", "arrivals_since", "assistance_by_code",
    "assistances_of", "author_of_code", "authored_by", "authorship", "awaiting_voice", "captured_in", "captured_row", "changed_by_author",
    "codes_by_reference", "codes_of", "conditions", "contribution_by_code", "contribution_by_key", "contribution_with_media", "counted",
    "counts", "draft_letters_since", "drafts_of", "earlier_words", "filtered", "import_map", "import_maps", "input_standing", "is_of",
    "known_import_keys", "known_references", "marks_of", "media_of", "medium_of", "moderated_rows", "own_standing", "page_of",
    "picking", "place_named", "place_of", "places_of_space", "public_alike", "public_contribution_by_code", "receipt_by_hash",
    "received_count",
    "recent_texts", "retired_for", "rows_of", "said_in", "saved_draft", "search_filter", "sent_by_author_of",
    "stale_uploads", "summaries", "to_summarise",
    "upload_by_key", "voice_text", "voices_to_type", "whereabouts", "with_media", "withdrawal_of", "written_in",
]  # fmt: skip
