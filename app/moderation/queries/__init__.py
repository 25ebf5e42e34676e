"""Reading acts of moderation, what waits for one, reports, appeals and the public log."""

from app.moderation.queries.actions import (
    Subject,
    Tombstone,
    actions,
    actions_on,
    author_of,
    convening,
    latest_action,
    latest_of,
    marks_on,
    moderated,
    public_subject,
    sanctions_of,
    suspended_for,
    tombstones,
)
from app.moderation.queries.appeals import action_by_hash, appeal_of, appeal_of_code, appeals_of, appeals_open, open_appeals, own_appealable
from app.moderation.queries.log import LogCounts, LogRow, log_counts, log_page, log_rows, log_version
from app.moderation.queries.merging import known_pairs, merge_suggestions, pair_of, suggestion_of
from app.moderation.queries.queue import Entry, held_count, held_counts, pile_counts, queue_page, reported_since
from app.moderation.queries.reports import open_reports, reports_from, reports_on

__all__ = [
    "Entry", "LogCounts", "LogRow", "Subject", "Tombstone", "action_by_hash", "actions", "actions_on", "appeal_of", "appeal_of_code",
    "appeals_of", "appeals_open", "author_of", "convening", "held_count", "held_counts", "known_pairs", "latest_action", "latest_of",
    "log_counts", "log_page", "log_rows", "log_version", "marks_on", "merge_suggestions", "moderated", "open_appeals", "open_reports",
    "own_appealable", "pair_of", "pile_counts", "public_subject", "queue_page", "reported_since", "reports_from", "reports_on",
    "sanctions_of", "suggestion_of", "suspended_for", "tombstones",
]  # fmt: skip
