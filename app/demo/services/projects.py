"""The projects of the participatory budget: from what people asked for to what the technical team found, with an appeal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.activities import queries as activities
from app.contributions import services as contributions
from app.contributions.rules.drafts import ContributionDraft
from app.contributions.rules.terms import Channel, NameConsent
from app.core.text import first_sentence
from app.demo import importing
from app.demo.importing import known
from app.feedback.rules.outcomes import Outcome, Reason
from app.moderation import services as moderation
from app.projects import messages, queries, services
from app.projects.models import Project
from app.projects.rules.answers import AnswerDraft
from app.projects.rules.appeals import Appellant
from app.projects.rules.evaluating import Conclusion, EvaluationDraft, Finding, Step, criteria_of
from app.projects.rules.writing import ProjectDraft

if TYPE_CHECKING:
    from datetime import datetime

    from app.budgeting.models import BudgetRound
    from app.demo.services.load import Stage

WRITER, APPROVER, DECIDER, NEWCOMER = "tomas", "yeni", "secretariat", "nelida"
ONLINE, MERGED, APPEALED, DECIDED = -92, -84, -65, -63


def tell(stage: Stage, round_: BudgetRound) -> None:
    """Called twice: before the evaluation begins, what people asked for and the projects written from it; before prioritising, what
    the technical team found, the appeal, and the answers."""
    written = importing.read(f"{stage.space.slug}/projects.toml")
    if queries.last_number(round_.id) == 0:
        _write(stage, round_, written)
    else:
        _judge(stage, round_, written)


def _write(stage: Stage, round_: BudgetRound, written: dict[str, Any]) -> None:
    """The criteria, then each project from what somebody asked for, public from the day it was written."""
    team = stage.person(WRITER)
    services.sheets.save_sheet(
        round_, messages.sheet_template(), written["sheet"]["appeal_days"], version=0, person_id=team, now=stage.calendar.at(-95, "10:00")
    )
    services.sheets.publish_sheet(round_, person_id=stage.person(APPROVER), now=stage.calendar.at(-95, "16:00"))
    workshops = {activity.number: activity for activity in activities.activities(round_.process_id)}
    for place, item in enumerate(written["project"], start=1):
        codes = [
            _said(stage, round_, workshops, item, text, f"{place}-{n}")
            for n, text in enumerate([item["said"], *item.get("more", [])], start=1)
        ]
        when = stage.calendar.at(-90, f"{8 + place // 6:02}:{place % 6 * 9:02}")
        made = services.create(round_, _draft(item), codes, person_id=team, now=when)
        services.publish(made, person_id=team, now=when)


def _said(stage: Stage, round_: BudgetRound, workshops: dict[int, Any], item: dict[str, Any], text: str, key: str) -> str:
    """What somebody asked for, in a workshop, at the window or by internet; public after a look. Its code."""
    activity = workshops.get(item.get("workshop", 0))
    channel = Channel.WEB if item.get("web") else Channel.WORKSHOP if activity else Channel.WINDOW
    received = stage.calendar.at(ONLINE, "19:30") if activity is None else activity.started_at
    draft = ContributionDraft(
        text=text, title=first_sentence(text), speaker="Vecina o vecino del taller", consent=NameConsent.ANONYMOUS, channel=channel,
        email=item.get("email", "") if key.endswith("-1") else "", ubigeo=item["ubigeo"], theme_slug=item["theme"],
    )  # fmt: skip
    receipt = contributions.receive(
        draft, known(round_.process), submission_key=f"demo-{known(round_.process).code.lower()}-{key}", received_at=received, now=received,
        captured_by_id=None if channel is Channel.WEB else stage.person("facilitator"), activity=activity,
    )  # fmt: skip
    if receipt.contribution.visibility == "held":
        moderation.publish(receipt.contribution, moderator_id=stage.person("moderator"), now=received)
    return receipt.contribution.code


def _draft(item: dict[str, Any]) -> ProjectDraft:
    latitude, longitude = item.get("point", (None, None))
    return ProjectDraft(
        item["title"], item["problem"], item.get("result", ""), item["description"], item["theme"], item["ubigeo"], item["site"],
        latitude, longitude, item["soles"] * 100, item["basis"], item["yearly"] * 100, item["people"],
    )  # fmt: skip


def _judge(stage: Stage, round_: BudgetRound, written: dict[str, Any]) -> None:
    """The merge, every evaluation published in one batch, and the appeal that was upheld."""
    numbered = dict(enumerate(written["project"], start=1))
    projects = {p.number: known(queries.project_by_code(p.code)) for p in queries.projects_of(round_.id)}
    for number, item in numbered.items():
        if "merged_into" in item:
            _merge(stage, projects[number], projects[item["merged_into"]], item)
    done = [_evaluate(stage, projects[n], item, WRITER, APPROVER, -80 + n % 8) for n, item in numbered.items() if "merged_into" not in item]
    services.publish_batch(done, person_id=stage.person(APPROVER), now=stage.calendar.at(-67, "17:00"))
    for number, item in numbered.items():
        if "appeal" in item:
            _appeal(stage, projects[number], item)


def _merge(stage: Stage, one: Project, into: Project, item: dict[str, Any]) -> None:
    when = stage.calendar.at(MERGED, "11:00")
    services.merge(one, into, item["why"], person_id=stage.person(WRITER), now=when)
    answer = known(queries.open_answer(one.id))
    services.approve_answers([answer], person_id=stage.person(APPROVER), now=stage.calendar.at(MERGED + 2, "11:00"))


def _evaluate(stage: Stage, project: Project, item: dict[str, Any], by: str, approver: str, day: int, *, again: bool = False) -> Any:
    """Assigned, written and approved; published by whoever calls."""
    now: datetime = stage.calendar.at(day, "10:00")
    made = services.assign(project, stage.person(by), due_on=stage.calendar.day(day + 10), person_id=stage.person(APPROVER), now=now)
    services.declare(made, has_conflict=False, note_="", person_id=stage.person(by), now=now)
    draft = _findings(made, item if not again else {k: v for k, v in item.items() if k != "refused"}, stage)
    missing = services.write_evaluation(
        made, draft, and_submit=True, revision=1, person_id=stage.person(by), now=stage.calendar.at(day + 3, "12:00")
    )
    if missing:
        raise ValueError(f"{item['title']}: {missing}")
    services.approve(made, revision=made.revision, person_id=stage.person(approver), now=stage.calendar.at(day + 4, "12:00"))
    return made


def _findings(made: Any, item: dict[str, Any], stage: Stage) -> EvaluationDraft:
    criteria, refused = criteria_of(made.sheet.criteria), item.get("refused")
    if refused is None:
        return EvaluationDraft({c.key: (Finding.MET, "") for c in criteria}, Conclusion.ADMISSIBLE, item["opinion"])
    fails_form = any(c.key == refused and c.step is Step.FORMAL for c in criteria)
    found: dict[str, tuple[Finding | None, str]] = {
        c.key: (Finding.NOT_MET, item["finding"])
        if c.key == refused
        else (None, "")
        if fails_form and c.step is Step.MERIT
        else (Finding.MET, "")
        for c in criteria
    }
    day = item.get("referred_day")
    answer = AnswerDraft(
        Outcome(item["outcome"]), Reason(item["reason"]), item["text"], item.get("criterion", ""), item.get("change", ""),
        item.get("reference", ""), item.get("target", ""), item.get("owner", ""), item.get("referred_to", ""),
        item.get("referred_document", ""), stage.calendar.day(day) if day else None, item.get("where", ""),
    )  # fmt: skip
    return EvaluationDraft(found, Conclusion.NOT_ADMISSIBLE, "", answer)


def _appeal(stage: Stage, project: Project, item: dict[str, Any]) -> None:
    """By whoever proposed it; decided by the secretariat, and judged again by people who had not seen it."""
    origin = queries.origins([project.id])[project.id][0]
    made = services.appeal(
        project, item["appeal"], by=Appellant.AUTHOR, contribution_id=origin.contribution_id, person_id=None,
        now=stage.calendar.at(APPEALED, "09:40"),
    )  # fmt: skip
    services.decide(made, is_upheld=True, reason=item["decision"], person_id=stage.person(DECIDER), now=stage.calendar.at(DECIDED, "16:00"))
    again = _evaluate(stage, project, item, NEWCOMER, DECIDER, -63, again=True)
    services.publish_batch([again], person_id=stage.person(APPROVER), now=stage.calendar.at(-59, "12:00"))
