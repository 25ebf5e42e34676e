"""Reading letters, replies, and what a person said."""

from app.letters.queries.deliveries import (
    LetterRow,
    LogLine,
    arrived,
    counts,
    current_among,
    letters,
    letters_of_run,
    log,
    oldest_to_print,
    run,
    runs,
    state_of,
    to_print,
)
from app.letters.queries.mine import Said, newest_code_under, one_of, requests_since, said_as, said_under
from app.letters.queries.replies import (
    Changed,
    ReplyRow,
    Settled,
    answer_facts,
    author_address,
    corrections_after,
    counts_by_state,
    how_many,
    last_number,
    open_reply,
    page_of_replies,
    replies_held,
    replies_of,
    replies_open,
    reply_by_number,
    reviews,
    secretariat_addresses,
)
from app.letters.queries.sheets import AboutLetter, about_letters, registered

__all__ = [
    "AboutLetter", "Changed", "LetterRow", "LogLine", "ReplyRow", "Said", "Settled", "about_letters", "answer_facts", "arrived",
    "author_address", "corrections_after", "counts", "counts_by_state", "current_among", "how_many", "last_number", "letters",
    "letters_of_run", "log",
    "newest_code_under", "oldest_to_print", "one_of", "open_reply", "page_of_replies", "registered", "replies_held", "replies_of",
    "replies_open", "reply_by_number", "requests_since", "reviews", "run", "runs", "said_as", "said_under", "secretariat_addresses",
    "state_of", "to_print",
]  # fmt: skip
