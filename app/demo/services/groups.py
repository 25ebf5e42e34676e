"""Contributions that say the same: put together by the secretariat, reviewed by somebody else, answered once."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from app.contributions import queries as contributions
from app.demo.importing import known
from app.feedback import queries
from app.feedback import services as feedback
from app.feedback.models import Decision
from app.feedback.rules.drafts import DecisionDraft
from app.groups import queries as groups
from app.processes.models import Process

if TYPE_CHECKING:
    from app.demo.services.load import Stage


def tell(stage: Stage, process: Process) -> None:
    """Make each group on its day, and let somebody of the forum review it the day after."""
    for item in stage.content.groups:
        when = stage.calendar.at(item["day"], "11:20")
        codes = [stage.codes[key] for key in item["members"]]
        group = feedback.make_group(process, codes, item["title"], item["rationale"], person_id=stage.person("secretariat"), now=when)
        feedback.review_group(
            group, revision=group.revision, person_id=stage.person(item["reviewed_by"]), now=when + timedelta(hours=29), role="foro"
        )


def answered(stage: Stage) -> list[dict[str, Any]]:
    """The answers of the groups as if each were the answer to its first member."""
    return [{"key": item["members"][0], "answer": item["answer"]} for item in stage.content.groups]


def write(code: str, draft: DecisionDraft, writer: int, when: datetime) -> Decision:
    """The draft of an answer: to the contribution, or to the whole group it is in."""
    contribution = known(contributions.contribution_by_code(code))
    group = groups.group_of([contribution.id]).get(contribution.id)
    if group is None:
        return feedback.draft(contribution, draft, revision=0, person_id=writer, now=when)
    token = queries.group_standing_by_id(group.id).token
    return feedback.write(contribution, draft, and_submit=False, revision=token, person_id=writer, now=when).decision
