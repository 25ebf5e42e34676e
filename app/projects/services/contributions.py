"""From what became of a project to the answers of the contributions it came from; each goes the usual way from there."""

from dataclasses import dataclass, fields
from datetime import datetime

from app.contributions import queries as contributions
from app.core.errors import RuleBroken
from app.feedback import queries as answers
from app.feedback import services as feedback
from app.feedback.rules.drafts import DecisionDraft
from app.feedback.rules.outcomes import Outcome, Reason
from app.projects import queries
from app.projects.models import Project
from app.projects.rules import ProjectState
from app.projects.rules.answers import AnswerDraft
from app.projects.services.answers import draft_of

TAKEN_UP = (ProjectState.PRIORITISED, ProjectState.AGREED)
_SAME = tuple({f.name for f in fields(AnswerDraft)} & {f.name for f in fields(DecisionDraft)} - {"merged_into", "correction_reason"})


@dataclass(frozen=True)
class Prepared:
    """The codes of the contributions that got a draft, and of those left alone because somebody is answering them or did."""

    drafted: tuple[str, ...]
    skipped: tuple[str, ...]


def prepare_answers(project: Project, *, person_id: int, now: datetime) -> Prepared:
    """A draft of answer for each contribution of a project that ended with a published answer, or was chosen; a contribution that
    already has an answer or a draft is left alone. The drafts are checked and signed as every other. The caller commits."""
    wanted = _decision(project)
    drafted, skipped = [], []
    for origin in queries.origins([project.id]).get(project.id, []):
        contribution = contributions.contribution_by_code(origin.code)
        busy = answers.open_decision(origin.contribution_id) or answers.current_decision(origin.contribution_id)
        if wanted is None or contribution is None or busy is not None:
            skipped.append(origin.code)
            continue
        try:
            feedback.draft(contribution, wanted, revision=0, person_id=person_id, now=now)
        except RuleBroken:  # in a group, or assigned to somebody else: it is answered there
            skipped.append(origin.code)
        else:
            drafted.append(origin.code)
    return Prepared(tuple(drafted), tuple(skipped))


def _decision(project: Project) -> DecisionDraft | None:
    where = f"Proyecto {project.code}: /proyectos/{project.code}"
    if project.state in TAKEN_UP:
        text = (
            f"Su aporte se convirtió en el proyecto {project.code}, «{project.title}», que fue priorizado en el presupuesto participativo. "
            f"En la página del proyecto se ve de qué aportes viene, cómo se evaluó, cuánto cuesta y, desde ahora, cómo se ejecuta."
        )
        return DecisionDraft(outcome=Outcome.ALREADY_COVERED, reason_code=Reason.R01, text=text, reference=where)
    target = queries.merged_into(project)
    if project.state is ProjectState.MERGED and target is not None:
        return None  # it goes on in the other project, whose origins it joined
    answer = queries.current_answer(project.id)
    if answer is None or answer.about is not project.state:
        return None
    said = draft_of(answer)
    values = {name: getattr(said, name) for name in _SAME}
    return DecisionDraft(**{**values, "reference": values["reference"] or where})
