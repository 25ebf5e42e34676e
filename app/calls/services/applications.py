"""Applications: received from anybody, checked with a reason, claimed against; each is answered in writing."""

import hashlib
import secrets
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from app.calls import queries
from app.calls.models import Application, Call, Claim
from app.calls.rules import applying as rules
from app.calls.rules.applying import ApplicationDraft, ApplicationProblem, ApplicationState, Outcome
from app.calls.rules.course import CallKind, CallProblem, CallStage
from app.calls.services import letters
from app.calls.services.calls import register, sha256, stage_of
from app.core.db import db
from app.core.errors import Problem, RuleBroken, refuse_if_any
from app.core.text import clean, clean_line, fold
from app.evidence import services as evidence
from app.evidence.rules import FileUpload
from app.organisations.models import Organisation

ATTEMPTS = 5
PREFIX = {CallKind.RENEWAL: "REN", CallKind.CONTEST: "CON"}
ORGANISATION = "organización"


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8")).hexdigest()


def apply(
    call: Call, draft: ApplicationDraft, *, organisation: Organisation | None, upload: FileUpload | None, submission_key: str,
    person_id: int | None, now: datetime,
) -> tuple[Application, str]:  # fmt: skip
    """Receive an application; returns it with the token of its private page, "" for a form sent twice. The caller commits.

    A file sent without an account is kept for the team in the name of whoever is in charge of the call. Raises RuleBroken.
    """
    known = queries.application_by_key(submission_key)
    if known is not None and known.call_id == call.id:
        return known, ""
    sectors = [seat.sector for seat in queries.call_seats(call.id)]
    refuse_if_any(rules.problems_with_application(draft, call.kind, stage_of(call, now), sectors))
    token = secrets.token_urlsafe(24)
    application = Application(
        call_id=call.id, submission_key=submission_key, token_hash=token_hash(token),
        organisation_id=organisation.id if organisation else None,
        organisation_name=clean_line(draft.organisation), folded_organisation=fold(clean_line(draft.organisation)), sector=draft.sector,
        representative=clean_line(draft.representative), alternate=clean_line(draft.alternate), email=draft.email.strip().lower(),
        phone=clean_line(draft.phone), person_id=person_id, motive=clean(draft.motive), reform=clean(draft.reform),
        is_ongoing=draft.is_ongoing, received_at=now, state=ApplicationState.RECEIVED,
    )  # fmt: skip
    _number(application, call)
    if upload is not None:
        evidence.attach(
            upload, subject_kind=queries.APPLICATION_SUBJECT, subject_id=application.id, kind=None, title="", is_public=False,
            person_id=person_id or call.created_by_id, now=now, scope=call.scope,
        )  # fmt: skip
    facts = {"number": application.code, "sector": str(application.sector), "text_sha256": sha256(application.motive)}
    register("calls.receive", call, facts, now, ORGANISATION)
    letters.queue("calls.received", application, {"token": token}, now=now)
    return application, token


def _number(application: Application, call: Call) -> None:
    """Give it the next number of the call. Raises RuleBroken when the organisation has applied already."""
    application.call = call
    for _attempt in range(ATTEMPTS):
        application.number = queries.last_application_number(call.id) + 1
        application.code = f"{PREFIX[call.kind]}-{call.id:02}-{application.number:03}"
        try:
            with db.session.begin_nested():
                db.session.add(application)
        except IntegrityError:
            same = select(Application.id).where(
                Application.call_id == call.id, Application.folded_organisation == application.folded_organisation
            )
            if db.session.scalar(same):
                break
        else:
            return
    raise RuleBroken([Problem(ApplicationProblem.REPEATED, "organisation")])


def withdraw(application: Application, *, now: datetime) -> None:
    """The organisation takes it back before there are results. Twice changes nothing. The caller commits. Raises RuleBroken."""
    if application.state is ApplicationState.WITHDRAWN:
        return
    if stage_of(application.call, now) not in (CallStage.OPEN, CallStage.CLOSED, CallStage.EVALUATING):
        raise RuleBroken([Problem(ApplicationProblem.NOT_CHECKABLE)])
    application.state = ApplicationState.WITHDRAWN
    register("calls.withdraw", application.call, {"number": application.code}, now, ORGANISATION)


def check(application: Application, *, is_eligible: bool, reason: str, person_id: int, now: datetime) -> None:
    """Whether the requirements are met, with the reason that will be public. The caller commits. Raises RuleBroken."""
    call = application.call
    refuse_if_any(rules.problems_with_checking(stage_of(call, now), application.state, reason))
    application.state = ApplicationState.ELIGIBLE if is_eligible else ApplicationState.INELIGIBLE
    application.eligibility_reason, application.checked_by_id, application.checked_at = clean(reason), person_id, now
    facts = {"number": application.code, "to": str(application.state), "reason_sha256": sha256(application.eligibility_reason)}
    register("calls.check", call, facts, now)


def claim(application: Application, text: str, *, now: datetime) -> Claim:
    """A claim against a published result, within its days; one for each application. The caller commits. Raises RuleBroken."""
    if stage_of(application.call, now) is not CallStage.CLAIMS:
        raise RuleBroken([Problem(CallProblem.CLAIMS_CLOSED)])
    refuse_if_any(rules.problems_with_claim(text))
    made = Claim(application_id=application.id, text=clean(text), received_at=now, answer="")
    made.application = application
    try:
        with db.session.begin_nested():
            db.session.add(made)
    except IntegrityError as lost:
        raise RuleBroken([Problem(ApplicationProblem.CLAIM_REPEATED)]) from lost
    register("calls.claim", application.call, {"number": application.code, "text_sha256": sha256(made.text)}, now, ORGANISATION)
    return made


def answer_claim(made: Claim, answer: str, *, is_upheld: bool, outcome: Outcome | None, person_id: int, now: datetime) -> None:
    """The written answer to a claim, public and by letter; an upheld one may change the outcome. The caller commits. Raises RuleBroken."""
    refuse_if_any(rules.problems_with_claim_answer(answer, is_answered=made.answered_at is not None))
    application = made.application
    changes = is_upheld and outcome is not None and application.outcome is not None and outcome is not application.outcome
    won = db.session.execute(
        update(Claim)
        .where(Claim.id == made.id, Claim.answered_at.is_(None))
        .values(answer=clean(answer), is_upheld=is_upheld, answered_at=now, previous_outcome=application.outcome if changes else None)
        .returning(Claim.id),
        execution_options={"synchronize_session": False},
    ).all()
    if not won:
        raise RuleBroken([Problem(ApplicationProblem.CLAIM_ANSWERED)])
    db.session.refresh(made, ["answer", "is_upheld", "answered_at", "previous_outcome"])
    if changes:
        application.outcome = outcome
    facts = {"number": application.code, "upheld": is_upheld, "outcome": str(application.outcome or ""), "text_sha256": sha256(made.answer)}
    register("calls.answer-claim", application.call, facts, now)
    letters.queue("calls.claim-answered", application, {"answer": made.answer}, now=now)
