"""From what became of a project to the answers of the contributions it came from; each goes the usual way from there."""

from dataclasses import dataclass, fields
from datetime import datetime

from flask import current_app

from app.budgeting.models import BudgetRound
from app.contributions import queries as contributions
from app.core.errors import RuleBroken
from app.feedback import services as feedback
from app.feedback.rules.drafts import DecisionDraft
from app.feedback.rules.outcomes import Outcome
from app.projects import queries
from app.projects.models import Project
from app.projects.rules import TAKEN_UP
from app.projects.rules.answers import AnswerDraft
from app.projects.services.answers import draft_of

_SAME = tuple({f.name for f in fields(AnswerDraft)} & {f.name for f in fields(DecisionDraft)} - {"merged_into", "correction_reason"})


@dataclass(frozen=True)
class Prepared:
    """The codes of the contributions that got a draft, and of those left alone because somebody is answering them or did."""

    drafted: tuple[str, ...]
    skipped: tuple[str, ...]


def prepare_answers(round_: BudgetRound, organisation: str, *, person_id: int, now: datetime) -> Prepared:
    """A draft of answer for each contribution of the projects that were chosen, or ended with a published answer; what already has an
    answer or a draft is left alone. `organisation` is the slug of who answers. They are checked and signed as every other answer.

    `round_.process` is loaded. The caller commits.
    """
    drafted, skipped = [], []
    for project_id, codes in queries.contributions_to_answer(round_.id).items():
        project = queries.project_by_id(project_id)
        wanted = _decision(project, organisation) if project else None
        for code in codes if wanted else ():
            contribution = contributions.contribution_by_code(code)
            try:
                feedback.draft(contribution, wanted, revision=0, person_id=person_id, now=now)  # type: ignore[arg-type]
            except RuleBroken:  # in a group, or assigned to somebody else: it is answered there
                skipped.append(code)
            else:
                drafted.append(code)
    return Prepared(tuple(drafted), tuple(skipped))


def _decision(project: Project, organisation: str) -> DecisionDraft | None:
    where = f"{current_app.config['SITE_URL']}/proyectos/{project.code}"
    if project.state in TAKEN_UP:
        changed = f"Entró al presupuesto participativo {project.round.fiscal_year} como el proyecto {project.code}, «{project.title}»."
        text = (
            f"Su aporte se convirtió en el proyecto {project.code}, «{project.title}», que fue priorizado en el presupuesto participativo. "
            f"En la página del proyecto se ve de qué aportes viene, cómo se evaluó, cuánto cuesta y, desde ahora, cómo se ejecuta."
        )
        return DecisionDraft(outcome=Outcome.ADOPTED, what_changed=changed, text=text, reference=where, organisation=organisation)
    answer = queries.current_answer(project.id)
    if answer is None or answer.about is not project.state:
        return None
    said = draft_of(answer)
    values = {name: getattr(said, name) for name in _SAME}
    return DecisionDraft(organisation=organisation, **{**values, "reference": values["reference"] or where})
