"""Reading answers: what is public, what waits, what lies on the desks, the history of each."""

from app.feedback.queries.desk import (
    DeskRow,
    batches,
    in_review,
    oldest_to_publish,
    oldest_to_sign,
    organisation_by_id,
    person_id_by_email,
    returned_to,
    to_publish,
    to_sign,
)
from app.feedback.queries.history import (
    AnswerPage,
    Version,
    answer_page,
    answerable,
    contribution_for_staff,
    current_decision,
    decision_by_id,
    decisions_by_id,
    draft_of,
    history,
    latest_version,
    notes,
    open_decision,
    person_name,
    signatures_of,
    versions_of,
    writers_of,
)
from app.feedback.queries.matrix import approving_posts, matrix_rows, public_files, territory_names
from app.feedback.queries.numbers import (
    DeskCounts,
    WaitingRow,
    coverage,
    desk_counts,
    oldest_unanswered,
    oldest_waiting,
    waiting,
    waiting_codes,
    waiting_count,
)
from app.feedback.queries.pile import Neighbours, PileNumbers, PileRow, deadline, neighbours, pile_numbers, pile_page, workshops
from app.feedback.queries.published import AnswerSummary, answers, answers_count, approved, card_of, current_answers, origins, theme_names
from app.feedback.queries.surroundings import facts_for

__all__ = [
    "AnswerPage", "AnswerSummary", "DeskCounts", "DeskRow", "Neighbours", "PileNumbers", "PileRow", "Version", "WaitingRow", "answer_page",
    "answerable", "answers", "answers_count", "approved", "approving_posts", "batches", "card_of", "contribution_for_staff", "coverage",
    "current_answers", "current_decision", "deadline", "decision_by_id", "decisions_by_id", "desk_counts", "draft_of", "facts_for",
    "history", "in_review", "latest_version", "matrix_rows", "neighbours", "notes", "oldest_to_publish", "oldest_to_sign",
    "oldest_unanswered", "oldest_waiting", "open_decision", "organisation_by_id", "origins", "person_id_by_email", "person_name",
    "pile_numbers", "pile_page", "public_files", "returned_to", "signatures_of", "territory_names", "theme_names", "to_publish", "to_sign", "versions_of",
    "waiting", "waiting_codes", "waiting_count", "workshops", "writers_of",
]  # fmt: skip
