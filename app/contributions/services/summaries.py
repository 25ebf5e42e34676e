"""Adding a summary in Spanish to what was said in another language."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError

from app.audit import services as audit
from app.contributions import queries
from app.contributions.models import Contribution, ContributionSummary
from app.contributions.rules.summaries import SummaryProblem, problems_with_summary
from app.contributions.services.indexing import index_again
from app.contributions.services.receiving import indexed_texts
from app.contributions.services.visibility import text_sha256
from app.core.db import db
from app.core.errors import Problem, RuleBroken, refuse_if_any
from app.core.text import clean
from app.processes import services as processes


def summarise(contribution: Contribution, text: str, *, seen: int, person_id: int, now: datetime) -> ContributionSummary:
    """Put a summary beside the words, findable like them; an earlier one stays as a row. The caller commits.

    `seen` is the number of the summary that was on the page, 0 for none. Raises RuleBroken, also when somebody wrote one meanwhile.
    """
    text = clean(text)
    db.session.refresh(contribution, attribute_names=["visibility", "language"], with_for_update=True)
    refuse_if_any(problems_with_summary(text, language=contribution.language, visibility=contribution.visibility))
    present = queries.summaries([contribution.id]).get(contribution.id)
    if seen != (present.n if present else 0):
        raise RuleBroken([Problem(SummaryProblem.SOMEBODY_FIRST)])
    row = ContributionSummary(contribution_id=contribution.id, n=seen + 1, text=text, written_by_id=person_id, written_at=now)
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:
        raise RuleBroken([Problem(SummaryProblem.SOMEBODY_FIRST)]) from None
    index_again(contribution.id, indexed_texts(contribution.title, contribution.text, contribution.organisation_name))
    facts = {"text_sha256": text_sha256(text), "version": row.n}
    audit.record("contributions.summarise", "contribution", contribution.code, facts, at=now, role="equipo del proceso")
    processes.touch_public(contribution.process_id)
    return row
