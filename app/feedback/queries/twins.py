"""Other answers of the process that say almost the same: candidates by their length, then by their words (Q5)."""

from collections.abc import Collection

from rapidfuzz import fuzz, process, utils
from sqlalchemy import func, select

from app.contributions.models import Contribution
from app.core.db import db
from app.feedback.models import Decision
from app.feedback.rules.outcomes import DecisionState

MOST_CANDIDATES = 12
SHARES_LETTERS = 75
SHORTEST_PART, LONGEST_PART = 0.7, 1.45


def other_answers(contribution: Contribution, text: str, group: Collection[str] = ()) -> dict[str, str]:
    """Code -> text of the answers of the process, drafts included, that may be too like `text`; those of the same group left out.

    Two texts with nine words of ten in common have much the same length and, their words in order, three letters of four in
    common: the first is asked of the database and the second of rapidfuzz, so that rules judge a dozen texts and not ten thousand.
    """
    length = len(text)
    rows = db.session.execute(
        select(Contribution.code, Decision.text)
        .join(Contribution, Contribution.id == Decision.contribution_id)
        .where(
            Decision.process_id == contribution.process_id, Decision.contribution_id != contribution.id,
            func.length(Decision.text).between(int(length * SHORTEST_PART), int(length * LONGEST_PART) + 1), Decision.text != "",
            (Decision.state != DecisionState.PUBLISHED) | Decision.is_current,
        )
        .order_by(Decision.id)
    ).all()  # fmt: skip
    texts = {code: words for code, words in rows if code not in group}
    found = process.extract(
        text, texts, scorer=fuzz.token_sort_ratio, processor=utils.default_process, limit=MOST_CANDIDATES, score_cutoff=SHARES_LETTERS
    )
    return {code: texts[code] for _, _, code in found}
