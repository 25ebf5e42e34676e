"""Reading comments, supports, other wordings, and who may take part."""

from app.deliberation.queries.amendments import (
    AmendmentRow,
    amendment_counts,
    amendment_of,
    amendment_of_code,
    amendment_states,
    amendments_page,
)
from app.deliberation.queries.comments import (
    answers_to,
    comment_by_code,
    comment_by_key,
    comments_by_ids,
    comments_of,
    open_questions,
    public_comments,
    questions_waiting,
    written_by,
)
from app.deliberation.queries.floods import comments_from_address, comments_of_person, recent_comments
from app.deliberation.queries.standing import (
    Tally,
    address_hash,
    change_of_process,
    deliberation_standing,
    suspension_of,
    suspensions_in,
    tally,
)
from app.deliberation.queries.supports import does_support, support_counts, supported_by

__all__ = [
    "AmendmentRow", "Tally", "address_hash", "amendment_counts", "amendment_of", "amendment_of_code", "amendment_states",
    "amendments_page", "answers_to",
    "change_of_process", "comment_by_code", "comment_by_key", "comments_by_ids", "comments_from_address", "comments_of",
    "comments_of_person", "deliberation_standing", "does_support", "open_questions", "public_comments", "questions_waiting",
    "recent_comments", "support_counts", "supported_by", "suspension_of", "suspensions_in", "tally", "written_by",
]  # fmt: skip
