"""What an author changes about themselves: taking a contribution into their account, their name, being forgotten."""

from datetime import datetime

from sqlalchemy import update

from app.contributions.models import Assistance, Authorship
from app.contributions.rules import naming
from app.contributions.rules.authors import AuthorProblem
from app.contributions.rules.terms import NameConsent, ProponentKind
from app.core.db import db
from app.core.errors import Problem, RuleBroken
from app.processes import services as processes


def claim(author: Authorship, person_id: int) -> None:
    """Take into an account what was sent without one; whoever holds the receipt's link may. The caller commits.

    Of two accounts that claim it at once, one gets it. Raises RuleBroken.
    """
    taken = db.session.execute(
        update(Authorship)
        .where(Authorship.contribution_id == author.contribution_id, Authorship.person_id.is_(None))
        .values(person_id=person_id),
        execution_options={"synchronize_session": False},
    )
    if not taken.rowcount:  # type: ignore[attr-defined]
        raise RuleBroken([Problem(AuthorProblem.CLAIMED_ALREADY, "receipt")])


def rename(author: Authorship, before: str, name: str, pseudonym: str, *, is_minor: bool = False) -> None:
    """Correct how the author is named wherever they appear as they are named now; another name they chose stays.

    Who turns out to be 14 to 17 appears by their pseudonym from now on (P07). The caller commits.
    """
    if is_minor and author.contribution.proponent_kind is not ProponentKind.ORGANISATION:
        author.consent = NameConsent.PSEUDONYM
    if author.name == before:
        author.name = name
    if author.consent is NameConsent.PSEUDONYM and pseudonym:
        author.pseudonym = pseudonym
    contribution = author.contribution
    shown = naming.public_name(contribution.proponent_kind, author.consent, author.name, contribution.organisation_name, author.pseudonym)
    if contribution.public_name != shown:
        contribution.public_name = shown
        processes.touch_public(contribution.process_id)


def forget_author(author: Authorship, stand_in: str, *, now: datetime) -> None:
    """Nothing of the author stays with the contribution but its code, its words and its answer. The caller commits.

    An organisation keeps its name: it is the organisation that spoke. The consent to be named ends.
    """
    contribution = author.contribution
    if contribution.proponent_kind is not ProponentKind.ORGANISATION and contribution.public_name != naming.ANONYMOUS:
        contribution.public_name = stand_in
    author.name = author.pseudonym = author.email = author.phone = ""
    author.consent, author.consented_at = NameConsent.ANONYMOUS, now
    author.consent_text, author.sent_sha256 = "", ""
    if author.assistance_id is not None:
        db.session.execute(update(Assistance).where(Assistance.id == author.assistance_id).values(person_name=stand_in))
    processes.touch_public(contribution.process_id)
