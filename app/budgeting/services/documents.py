"""Publishing documents: each version stands for ever, with its hash and the reason it replaced the one before."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError

from app.budgeting import queries
from app.budgeting.models import BudgetDocument, BudgetRound, DocumentVersion
from app.budgeting.rules.documents import DocumentDraft, DocumentProblem, problems_with_document
from app.budgeting.services.register import register, sha256
from app.core.clock import lima_day
from app.core.db import db
from app.core.errors import Problem, SomebodyWasFirst, refuse_if_any
from app.core.text import clean, clean_line, to_html
from app.evidence import services as evidence
from app.evidence.rules import FileUpload

ATTEMPTS = 5


def publish_document(
    round_: BudgetRound, draft: DocumentDraft, *, upload: FileUpload | None, person_id: int, now: datetime
) -> BudgetDocument:
    """A document of the round, public at once, in its first version. The caller commits. Raises RuleBroken."""
    refuse_if_any(problems_with_document(draft, lima_day(now), has_file=upload is not None, is_first=True))
    for _attempt in range(ATTEMPTS):
        document = BudgetDocument(round_id=round_.id, number=queries.last_document_number(round_.id) + 1, kind=draft.kind)
        document.round = round_
        try:
            with db.session.begin_nested():
                db.session.add(document)
        except IntegrityError:
            continue
        _version(document, draft, 1, upload, person_id, now)
        return document
    raise SomebodyWasFirst


def publish_version(
    document: BudgetDocument, draft: DocumentDraft, *, upload: FileUpload | None, person_id: int, now: datetime
) -> DocumentVersion:
    """A new version of it, saying why; those before stay readable. The kind never changes. The caller commits. Raises RuleBroken."""
    before = queries.versions_of(document.id)
    problems = list(problems_with_document(draft, lima_day(now), has_file=upload is not None, is_first=False))
    latest = before[0]
    if upload is None and clean(draft.text) == latest.text and clean_line(draft.title) == latest.title:
        problems.append(Problem(DocumentProblem.SAME_AS_BEFORE))
    refuse_if_any(problems)
    return _version(document, draft, latest.n + 1, upload, person_id, now)


def _version(
    document: BudgetDocument, draft: DocumentDraft, n: int, upload: FileUpload | None, person_id: int, now: datetime
) -> DocumentVersion:
    version = DocumentVersion(
        document_id=document.id, n=n, title=clean_line(draft.title), norm_number=clean_line(draft.norm_number), dated_on=draft.dated_on,
        text=clean(draft.text), html=str(to_html(draft.text)), reason=clean(draft.reason) if n > 1 else "",
        published_by_id=person_id, published_at=now,
    )  # fmt: skip
    version.sha256 = sha256(version.text)
    try:
        with db.session.begin_nested():
            db.session.add(version)
    except IntegrityError as lost:
        raise SomebodyWasFirst from lost
    if upload is not None:
        file = evidence.attach(
            upload, subject_kind=queries.DOCUMENT_SUBJECT, subject_id=version.id, kind=None, title=version.title, is_public=True,
            person_id=person_id, now=now, scope=document.scope,
        )  # fmt: skip
        version.sha256 = file.sha256
    facts = {
        "dated_on": version.dated_on.isoformat(), "kind": str(document.kind), "n": n, "norm": version.norm_number,
        "number": document.number, "sha256": version.sha256,
    }  # fmt: skip
    register("budgeting.publish-document", document.round, facts, now)
    return version
