"""Who is in a group, and what that does to the answers being written: approval binds to what was read, codes included."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from flask_babel import gettext
from sqlalchemy import select, update

from app.core.db import db
from app.core.errors import Problem, RuleBroken
from app.feedback import queries
from app.feedback.models import Decision
from app.feedback.queries import GroupStanding
from app.feedback.rules.drafts import DecisionDraft, content_sha256
from app.feedback.rules.outcomes import DecisionState
from app.feedback.rules.personal_data import leaks
from app.feedback.services.together import drop_signatures, write_rows
from app.groups import services as groups
from app.groups.models import ContributionGroup
from app.groups.rules.groups import GroupProblem
from app.processes.models import Process

_QUIETLY = {"synchronize_session": False}


def make_group(
    process: Process, codes: Sequence[str], title: str, rationale: str = "", *, person_id: int, now: datetime, role: str = "secretaría"
) -> ContributionGroup:  # fmt: skip
    """Put contributions together to be answered once. Answers on their way to one of them go back to draft: they were for it alone.

    Title and reason will be public: they hold no personal data. `process.space` is loaded; the caller commits. Raises RuleBroken.
    """
    _refuse_leaks(process, title=title, rationale=rationale)
    group = groups.make(process, codes, title, rationale, person_id=person_id, now=now, role=role)
    _bring_back(queries.group_standing(group), now)
    return group


def add_to_group(
    group: ContributionGroup, codes: Sequence[str], *, person_id: int, now: datetime, revision: int | None = None, role: str = "secretaría"
) -> tuple[str, ...]:  # fmt: skip
    """Put more contributions in. An answer of the group that is not public yet now answers them too: back to draft, no signature.

    `group.process.space` is loaded; the caller commits. Raises RuleBroken.
    """
    writing = _writing(queries.group_standing(group))
    added = groups.add(group, codes, revision=revision, person_id=person_id, now=now, role=role)
    _follow(group, writing, now)
    return added


def remove_from_group(
    group: ContributionGroup, code: str, reason: str, *, revision: int, person_id: int, now: datetime, role: str = "secretaría"
) -> None:  # fmt: skip
    """Take one out, with why. What was being written for the group stays with both, as drafts: of the group, and of the one alone.

    The caller commits. Raises RuleBroken.
    """
    before = queries.group_standing(group)
    writing = _writing(before)
    contribution_id = groups.remove(group, code, reason, revision=revision, person_id=person_id, now=now, role=role)
    _leave_alone(before, [contribution_id], gettext("Salió del grupo %(group)s: %(reason)s", group=before.reference, reason=reason), now)
    _follow(group, writing, now)


def dissolve_group(
    group: ContributionGroup, reason: str, *, revision: int, person_id: int, now: datetime, role: str = "secretaría"
) -> None:  # fmt: skip
    """Take the group apart, with why. What was being written stays with each, as a draft of its own. The caller commits."""
    before = queries.group_standing(group)
    ids = groups.dissolve(group, reason, revision=revision, person_id=person_id, now=now, role=role)
    _leave_alone(before, ids, gettext("Se deshizo el grupo %(group)s: %(reason)s", group=before.reference, reason=reason), now)


def retitle_group(group: ContributionGroup, title: str, rationale: str, *, revision: int, person_id: int, now: datetime) -> None:
    """Another title or reason. `group.process.space` is loaded; the caller commits. Raises RuleBroken."""
    _refuse_leaks(group.process, title=title, rationale=rationale)
    groups.retitle(group, title, rationale, revision=revision, person_id=person_id, now=now)


def review_group(group: ContributionGroup, *, revision: int, person_id: int, now: datetime, role: str = "") -> None:
    """Somebody who grouped none of them agrees that they say the same. The caller commits. Raises RuleBroken."""
    groups.review(group, revision=revision, person_id=person_id, now=now, role=role)


def say_different(process: Process, codes: Sequence[str], *, against: Sequence[str] = (), person_id: int, now: datetime) -> int:
    """These do not say the same: not suggested together again (groups.services). The caller commits. Raises RuleBroken."""
    return groups.say_different(process, codes, against=against, person_id=person_id, now=now)


def _refuse_leaks(process: Process, **texts: str) -> None:
    found = [
        Problem(GroupProblem.PERSONAL_DATA, name, {"found": leak.found})
        for name, text in texts.items()
        for leak in leaks(text, official=(process.space.contact,))
    ]
    if found:
        raise RuleBroken(found)


@dataclass(frozen=True)
class _Writing:
    """The group's answer as it was before its members changed."""

    draft: DecisionDraft
    was_sent: bool
    writer_id: int


def _writing(before: GroupStanding) -> _Writing | None:
    lead = before.lead
    return _Writing(queries.draft_of(lead), lead.state is not DecisionState.DRAFT, lead.drafted_by_id) if lead else None


def _follow(group: ContributionGroup, writing: _Writing | None, now: datetime) -> None:
    """The group's answer, when somebody was writing it, now names exactly who is present."""
    here = queries.group_standing(group)
    if writing is None:
        _bring_back(here, now)
        return
    wanted = replace(writing.draft, group=here.codes)
    note = (
        gettext("Cambió quiénes están en el grupo %(group)s. Léala otra vez y envíela.", group=here.reference) if writing.was_sent else ""
    )
    write_rows(here, wanted, process_id=group.process_id, person_id=writing.writer_id, now=now, return_note=note)


def _bring_back(here: GroupStanding, now: datetime) -> None:
    """Answers of one member alone that were sent or approved are drafts again."""
    ids = [decision.id for _, decision in here.apart if decision.state is not DecisionState.DRAFT]
    if ids:
        drop_signatures(ids)
        note = gettext("Ahora está en el grupo %(group)s: se responde con él.", group=here.reference)
        db.session.execute(
            update(Decision)
            .where(Decision.id.in_(ids), Decision.state != DecisionState.PUBLISHED)
            .values(state=DecisionState.DRAFT, revision=Decision.revision + 1, return_note=note, saved_at=now),
            execution_options=_QUIETLY,
        )
        db.session.expire_all()


def _leave_alone(before: GroupStanding, contribution_ids: Sequence[int], note: str, now: datetime) -> None:
    """Their rows of the group's text become drafts of their own: the same words, no group named, no signature."""
    codes = {member.contribution_id: member.code for member in before.members}
    rows = [before.open[id_] for id_ in contribution_ids if id_ in before.open and before.open[id_].group_number == before.number]
    if not rows:
        return
    db.session.execute(select(Decision.id).where(Decision.id.in_([row.id for row in rows])).with_for_update())
    drop_signatures([row.id for row in rows])
    alone = replace(queries.draft_of(rows[0]), group=())
    changed = [
        {
            "id": row.id, "sha256": content_sha256(alone, codes[row.contribution_id]), "group_number": None, "group_place": 0,
            "group_codes": "", "state": DecisionState.DRAFT, "revision": row.revision + 1, "return_note": note, "saved_at": now,
        }
        for row in rows
    ]  # fmt: skip
    db.session.execute(update(Decision), changed)
    db.session.expire_all()
