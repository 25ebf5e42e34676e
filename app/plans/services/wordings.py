"""Another wording for a part of the draft: it comes as a comment of the consultation, and when accepted it becomes the draft's text."""

from datetime import datetime

from app.contributions.models import Authorship, Contribution
from app.contributions.rules.drafts import ContributionDraft
from app.contributions.services import Receipt
from app.contributions.services.receiving import Letter
from app.core.arrival import Arrival
from app.core.errors import Problem, refuse_if_any
from app.core.text import clean
from app.deliberation import services as deliberation
from app.deliberation.queries import AmendmentRow
from app.deliberation.rules.amendments import AmendmentProblem, AmendmentState, problems_with_deciding, problems_with_wording
from app.plans import queries
from app.plans.models import ActionPlan
from app.plans.queries.consultation import Consultation
from app.plans.rules.clauses import ClauseProblem, amendable, commitment_of
from app.plans.rules.template import BY_CLAUSE, BY_SECTION
from app.plans.services.comments import comment
from app.plans.services.commitments import save_section
from app.processes.models import Process


def propose_wording(
    draft: ContributionDraft, plan: ActionPlan, consultation: Consultation, clause: str, proposed: str, *, submission_key: str,
    letter: Letter, now: datetime, came: Arrival | None = None, person_id: int | None = None,
) -> Receipt:  # fmt: skip
    """A citizen's wording for a part, with its reasons as the text of a contribution. The caller commits. Raises RuleBroken.

    The same `submission_key` gives what was received the first time. `plan.process` is loaded.
    """
    refuse_if_any(problems_with_proposal(consultation, clause, proposed))
    receipt = comment(
        draft, plan, consultation, clause, submission_key=submission_key, letter=letter, now=now, came=came, person_id=person_id
    )
    part = consultation.clause(clause)
    if receipt.is_new and part is not None and consultation.version is not None:
        deliberation.propose_wording(
            receipt.contribution, clause=clause, version_n=consultation.version.n, base=part.text, proposed=proposed
        )
    return receipt


def problems_with_proposal(consultation: Consultation, clause: str, proposed: str) -> tuple[Problem, ...]:
    """What keeps a wording from being received, besides what keeps its reasons; nothing is written."""
    part = consultation.clause(clause) if amendable(clause) else None
    if not consultation.is_open:
        return (Problem(ClauseProblem.CONSULTATION_CLOSED),)
    if part is None:
        return (Problem(ClauseProblem.UNKNOWN, "clause"),)
    return problems_with_wording(part.text, clean(proposed))


def decide_wording(
    row: AmendmentRow, plan: ActionPlan, to: AmendmentState, answer: str, *, applies: bool, person_id: int, role: str, now: datetime
) -> None:
    """Accept or reject it with a public reason; accepted and `applies`, the commitment says it from now on. The caller commits.

    Raises RuleBroken: decided already, not public, a short reason, or the commitment no longer says what the draft said; then
    nothing is written. Raises SomebodyWasFirst when somebody saves the commitment meanwhile.
    """
    amendment = row.amendment
    is_public = amendment.contribution.visibility.value == "public"
    problems = list(problems_with_deciding(amendment.state, to, clean(answer), is_public=is_public))
    if to is AmendmentState.ACCEPTED and applies and not _stands(plan, amendment.clause, amendment.base):
        problems.append(Problem(AmendmentProblem.TEXT_MOVED, "applies"))
    refuse_if_any(problems)
    deliberation.decide_amendment(amendment, to, answer, process=plan.process, person_id=person_id, role=role, now=now)
    if to is AmendmentState.ACCEPTED and applies:
        _apply(plan, amendment.clause, amendment.proposed, person_id, now)


def promote_wording(row: AmendmentRow, author: Authorship, process: Process, *, now: datetime) -> Contribution:
    """The author makes a proposal of its own of a wording that was not accepted. The caller commits. Raises RuleBroken."""
    return deliberation.promote_amendment(row.amendment, author, process, now=now)


def _stands(plan: ActionPlan, clause: str, base: str) -> bool:
    """Whether the commitment still says what the draft put to consultation said."""
    commitment = queries.commitment_by_number(plan.id, commitment_of(clause))
    field = BY_CLAUSE[clause.partition("/")[2]]
    return commitment is not None and queries.field_texts(commitment).get(field.name, "") == base


def _apply(plan: ActionPlan, clause: str, proposed: str, person_id: int, now: datetime) -> None:
    commitment = queries.commitment_by_number(plan.id, commitment_of(clause))
    assert commitment is not None  # noqa: S101 - `_stands` has just found it
    commitment = queries.commitment_by_slug(plan.process.slug, commitment.number) or commitment
    field = BY_CLAUSE[clause.partition("/")[2]]
    values = queries.values_of(commitment)
    changed = {known.name: values[known.name] for known in BY_SECTION[field.section]} | {field.name: proposed}
    save_section(commitment, field.section, changed, revision=commitment.revision, person_id=person_id, now=now)
