"""What authors do with what they sent: change it before it is public, withdraw it, retire it in favour of another."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError

from app.audit import services as audit
from app.contributions import queries
from app.contributions.models import Contribution, ContributionVersion, Withdrawal
from app.contributions.rules import naming
from app.contributions.rules.drafts import ContributionDraft, problems_with
from app.contributions.rules.own_acts import (
    OwnProblem,
    WithdrawalReason,
    problems_with_changing,
    problems_with_ending,
    problems_with_reason,
    problems_with_target,
)
from app.contributions.rules.terms import Language, Visibility
from app.contributions.services.indexing import index_again
from app.contributions.services.receiving import indexed_texts
from app.contributions.services.visibility import FILES_OF
from app.core.db import db
from app.core.errors import Problem, RuleBroken, refuse_if_any
from app.core.text import clean, clean_line
from app.evidence import services as evidence
from app.processes import services as processes

ROLE = "autoría"


def change_words(contribution: Contribution, *, title: str, text: str, language: Language, now: datetime) -> None:
    """The author's own text, again, while nobody has let it through; what it said before is kept for the moderator.

    The caller commits. Raises RuleBroken: also when a moderator was first.
    """
    _lock(contribution)
    standing = queries.own_standing(contribution)
    refuse_if_any(problems_with_changing(standing))
    draft = ContributionDraft(text=clean(text), title=clean_line(title), language=language, speaker="-")
    refuse_if_any(problems_with(draft, themes=()))
    title = naming.title_of(draft)
    if (title, draft.text, language) == (contribution.title, contribution.text, contribution.language):
        raise RuleBroken([Problem(OwnProblem.UNCHANGED)])
    row = ContributionVersion(
        contribution_id=contribution.id, n=standing.changes + 1, title=contribution.title, text=contribution.text,
        language=contribution.language, replaced_at=now,
    )  # fmt: skip
    db.session.add(row)
    voice = queries.voice_text(contribution.id)
    if voice is not None and voice.confirmed_at is None:
        voice.is_whole = False  # their own written words are the text now
    contribution.title, contribution.text, contribution.language = title, draft.text, language
    db.session.flush()
    index_again(contribution.id, indexed_texts(contribution.title, contribution.text, contribution.organisation_name))


def withdraw(contribution: Contribution, reason: WithdrawalReason | None, note: str, *, now: datetime) -> None:
    """Take it from the public view for good: its code and its reason stay, its words are kept restricted. The caller commits.

    Raises RuleBroken: it is answered, hidden, or ended already.
    """
    note = clean(note)
    _lock(contribution)
    refuse_if_any([*problems_with_reason(reason, note), *problems_with_ending(queries.own_standing(contribution))])
    assert reason is not None  # noqa: S101 - refused above
    contribution.visibility = Visibility.WITHDRAWN
    evidence.conceal(FILES_OF, contribution.id)
    _end(Withdrawal(contribution_id=contribution.id, reason=reason, note=note, at=now))
    audit.record("contributions.withdraw", "contribution", contribution.code, {"reason": str(reason)}, at=now, role=ROLE)
    processes.touch_public(contribution.process_id)


def retire(contribution: Contribution, code: str, *, now: datetime) -> Contribution:
    """Leave it in favour of another public one of the process: both say so, and its words stay. The other comes back.

    The caller commits. Raises RuleBroken.
    """
    code = clean_line(code).upper()[:40]
    target = queries.public_contribution_by_code(code) if code else None
    if target is not None and target.process_id != contribution.process_id:
        target = None
    _lock(contribution, *([target] if target is not None and target.id != contribution.id else []))
    refuse_if_any(problems_with_ending(queries.own_standing(contribution)))
    is_public = target is not None and target.visibility is Visibility.PUBLIC
    is_retired = target is not None and queries.withdrawal_of(target.id) is not None
    refuse_if_any(problems_with_target(code, contribution.code, is_public=is_public, is_retired=is_retired))
    assert target is not None  # noqa: S101 - refused above
    _end(Withdrawal(contribution_id=contribution.id, reason=WithdrawalReason.SAID_BETTER, in_favour_of_id=target.id, at=now))
    audit.record("contributions.retire", "contribution", contribution.code, {"in_favour_of": target.code}, at=now, role=ROLE)
    processes.touch_public(contribution.process_id)
    return target


def _lock(*contributions: Contribution) -> None:
    """Read them again, alone, always in the same order: whoever comes second finds what the first did."""
    for contribution in sorted(contributions, key=lambda one: one.id):
        db.session.refresh(contribution, attribute_names=["visibility", "title", "text", "answered_at"], with_for_update=True)


def _end(row: Withdrawal) -> None:
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:
        raise RuleBroken([Problem(OwnProblem.GONE)]) from None
