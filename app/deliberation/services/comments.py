"""Receiving comments and answering them; what looks sent by a machine waits for a moderator, nothing is thrown away."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError

from app.accounts.models import Person
from app.accounts.rules.joining import AgeBand
from app.audit import services as audit
from app.contributions.models import Contribution
from app.contributions.rules import floods, naming
from app.contributions.rules.terms import NameConsent, ProponentKind, Visibility
from app.contributions.services import text_sha256
from app.core.arrival import Arrival
from app.core.db import db, is_sqlite
from app.core.errors import Problem, RuleBroken, refuse_if_any
from app.core.text import clean, clean_line
from app.deliberation import queries
from app.deliberation.models import Comment, CommentSequence, OfficialAnswer
from app.deliberation.rules import comments as rules
from app.deliberation.rules.comments import CommentDraft, CommentProblem
from app.processes import services as processes
from app.processes.models import Process

OFFICIAL = "funcionariado"


@dataclass(frozen=True)
class Received:
    """A comment and whether it is new; `is_held` when a moderator sees it before the public."""

    comment: Comment
    is_new: bool

    @property
    def is_held(self) -> bool:
        return self.comment.visibility is Visibility.HELD


def comment(
    draft: CommentDraft, contribution: Contribution, person: Person, *, submission_key: str, came: Arrival, now: datetime
) -> Received:
    """Store a comment on a public contribution; the same key gives what was stored first. The caller commits.

    It is public at once unless something about it deserves a look first (contributions.rules.floods): then it waits, and its author is
    told so. `contribution.process.space` is loaded. Raises RuleBroken before anything is written.
    """
    draft = _as_age_asks(replace(draft, text=clean(draft.text), pseudonym=clean_line(draft.pseudonym)), person)
    known = _known(submission_key, draft, person)
    if known:
        return known
    refuse_if_any(problems_of_comment(draft, contribution, person, now))
    try:
        with db.session.begin_nested():
            made = _store(draft, contribution, person, submission_key, came, now)
    except IntegrityError:
        known = _known(submission_key, draft, person)
        if known is None:
            raise
        return known
    if made.visibility is Visibility.PUBLIC:
        _announce(made, now, "ciudadanía")
    return Received(made, is_new=True)


def problems_of_comment(draft: CommentDraft, contribution: Contribution, person: Person, now: datetime) -> tuple[Problem, ...]:
    """Everything that would keep `comment` from receiving it; nothing is written."""
    process = contribution.process
    problems = rules.problems_with(
        _as_age_asks(draft, person), is_open=queries.deliberation_standing(process, now).is_open,
        is_suspended=queries.suspension_of(person.id, process.space_id, now) is not None,
    )  # fmt: skip
    if contribution.visibility is not Visibility.PUBLIC:
        return (*problems, Problem(CommentProblem.NOT_PUBLIC))
    return problems


def answer(target: Comment, text: str, post: str, organisation: str, person: Person, *, now: datetime) -> OfficialAnswer:
    """What an official says to a public comment, with their name, post and entity. The caller commits. Raises RuleBroken."""
    text, post = clean(text), clean_line(post)
    problems = list(rules.problems_with_answer(text, post))
    if target.visibility is not Visibility.PUBLIC:
        problems.append(Problem(CommentProblem.NOT_PUBLIC))
    refuse_if_any(problems)
    made = OfficialAnswer(
        comment_id=target.id, person_id=person.id, name=person.name, post=post, organisation=organisation, text=text, at=now
    )
    db.session.add(made)
    db.session.flush()
    processes.touch_public(target.process_id)
    facts = {"post": post, "text_sha256": text_sha256(text)}
    audit.record("deliberation.answer", "comment", target.code, facts, at=now, role=OFFICIAL)
    return made


def make_comment_public(target: Comment, *, now: datetime, role: str = "moderación") -> None:
    """Anyone may read it from now on; nothing happens when it is public already. The caller commits."""
    if target.visibility is not Visibility.PUBLIC:
        target.visibility = Visibility.PUBLIC
        db.session.flush()
        _announce(target, now, role)


def hide_comment(target: Comment) -> None:
    """Its words are no longer public; its code stays. Who hides it records the act and its reason. The caller commits."""
    target.visibility = Visibility.HIDDEN
    db.session.flush()
    processes.touch_public(target.process_id)


def withhold_in_comment(target: Comment, pieces: Sequence[str], stand_in: str) -> dict[str, str]:
    """Put `stand_in` for each piece, longest first; the words as they were come back. The caller keeps them apart and commits."""
    before = {"text": target.text}
    for piece in sorted(pieces, key=len, reverse=True):
        target.text = target.text.replace(piece, stand_in)
    db.session.flush()
    return before


def forget_addresses(before: datetime) -> None:
    """Marks of addresses serve for a few days. The caller commits."""
    db.session.execute(update(Comment).where(Comment.written_at < before, Comment.address != "").values(address=""))


def _store(draft: CommentDraft, contribution: Contribution, person: Person, key: str, came: Arrival, now: datetime) -> Comment:
    process = contribution.process
    number = _next_number(process.id)
    found = floods.marks(_facts(draft.text, process, person, came, now))
    assert draft.side is not None and draft.consent is not None  # noqa: S101 - judged by `comment`
    made = Comment(
        process_id=process.id, process=process, contribution_id=contribution.id, contribution=contribution,
        code=rules.code(process.code, number), number=number, side=draft.side, author_id=person.id, author=person,
        consent=draft.consent, public_name=public_name(person, draft.consent, draft.pseudonym), language=draft.language, text=draft.text,
        visibility=Visibility.HELD if found else Visibility.PUBLIC, marks=floods.written(found), address=came.address,
        submission_key=key, written_at=now,
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    return made


def public_name(person: Person, consent: NameConsent, pseudonym: str = "") -> str:
    """As the author agreed to be named (BR-29)."""
    return naming.public_name(ProponentKind.PERSON, consent, person.name, "", pseudonym)


def _as_age_asks(draft: CommentDraft, person: Person) -> CommentDraft:
    """Who is 14 to 17 appears by the pseudonym of their account, whatever the form says (P07)."""
    return replace(draft, consent=NameConsent.PSEUDONYM, pseudonym=person.pseudonym) if person.age is AgeBand.TEENAGER else draft


def rename_in_comments(person: Person, pseudonym_before: str) -> None:
    """Correct how the person is named on what they commented; another pseudonym they chose stays, but of who is 14 to 17 none does.

    The caller commits.
    """
    is_teenager = person.age is AgeBand.TEENAGER
    for made in db.session.scalars(select(Comment).where(Comment.author_id == person.id).order_by(Comment.id)):
        if is_teenager:
            made.consent = NameConsent.PSEUDONYM
        is_of_account = is_teenager or made.public_name == pseudonym_before
        own = person.pseudonym if is_of_account and person.pseudonym else made.public_name
        shown = public_name(person, made.consent, own)
        if made.public_name != shown:
            made.public_name = shown
            processes.touch_public(made.process_id)


def _facts(text: str, process: Process, person: Person, came: Arrival, now: datetime) -> floods.Facts:
    return floods.Facts(
        text, is_trapped=came.is_trapped, seconds=came.seconds, of_person=queries.comments_of_person(person.id, now - floods.WINDOW),
        of_address=queries.comments_from_address(came.address, now - floods.WINDOW),
        is_new_account=now - person.created_at < floods.NEW_ACCOUNT,
        recent=queries.recent_comments(process.id, now - floods.COMPARED),
    )  # fmt: skip


def _next_number(process_id: int) -> int:
    """One statement, so that two first comments of a process cannot collide; others wait until the caller ends."""
    upsert = sqlite.insert if is_sqlite() else postgresql.insert
    raised = (
        upsert(CommentSequence)
        .values(process_id=process_id, last=1)
        .on_conflict_do_update(index_elements=["process_id"], set_={"last": CommentSequence.last + 1})
        .returning(CommentSequence.last)
    )
    number: int = db.session.execute(raised).scalar_one()
    return number


def _known(submission_key: str, draft: CommentDraft, person: Person) -> Received | None:
    found = queries.comment_by_key(submission_key)
    if found is None:
        return None
    if found.author_id != person.id or (found.text, found.side) != (draft.text, draft.side):
        raise RuleBroken([Problem(CommentProblem.KEY_REUSED, None, {"code": found.code})])
    return Received(found, is_new=False)


def _announce(made: Comment, now: datetime, role: str) -> None:
    """The public register gets the code and the hash of the words; never a name."""
    processes.touch_public(made.process_id)
    audit.record("deliberation.publish", "comment", made.code, {"text_sha256": text_sha256(made.text)}, at=now, role=role)
