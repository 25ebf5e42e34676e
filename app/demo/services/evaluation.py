"""How part of the contributions was judged: a committee, its conflicts, its marks, the published order; and what a workshop voted."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from app.activities import queries as activities
from app.core.db import db
from app.demo import importing
from app.demo.importing import known
from app.evaluation import queries
from app.evaluation import services as evaluation
from app.evaluation.models import EvaluationCommittee
from app.feedback import services as feedback
from app.processes import queries as processes
from app.processes.models import Process

if TYPE_CHECKING:
    from app.demo.services.load import Stage


def tell(stage: Stage, process: Process) -> None:
    """Everything of evaluation.toml; a space without that file judged nothing."""
    file = f"{stage.cast['content']}/evaluation.toml"
    if not (importing.CONTENT / file).exists():
        return
    written = importing.read(file)
    _vote(stage, process, written["votes"])
    committee = _committee(stage, process, written)
    codes = " ".join(stage.codes[key] for key in written["marks"])
    secretariat = stage.person("secretariat")
    evaluation.add_items(committee, codes, person_id=secretariat, now=stage.calendar.at(written["day"] + 1))
    _score(stage, committee, written)
    evaluation.publish_ranking(committee, person_id=secretariat, now=stage.calendar.at(written["ranking"]["published_day"], "17:00"))
    db.session.flush()


def _committee(stage: Stage, process: Process, written: dict[str, Any]) -> EvaluationCommittee:
    secretariat, when = stage.person("secretariat"), stage.calendar.at(written["day"], "09:30")
    evaluation.appoint(process, written["appointed_by"], person_id=secretariat, now=when)
    committee = known(queries.committee_of(process.id))
    for n, item in enumerate(written["member"], start=1):
        seat = evaluation.add_member(
            committee, stage.person(item["person"]), item["post"], person_id=secretariat, now=when + timedelta(minutes=n)
        )
        evaluation.declare(
            committee, seat, has_conflict="statement" in item, codes=" ".join(stage.codes[key] for key in item.get("codes", [])),
            organisations="\n".join(item.get("organisations", [])), statement=item.get("statement", ""),
            now=stage.calendar.at(item["declared_day"], "11:00"),
        )  # fmt: skip
    return committee


def _score(stage: Stage, committee: EvaluationCommittee, written: dict[str, Any]) -> None:
    measures = [criterion.id for criterion in processes.criteria(committee.process_id)]
    ids = queries.contributions_named(committee.process_id, [stage.codes[key] for key in written["marks"]])
    when = stage.calendar.at(written["ranking"]["scored_day"], "15:00")
    for n, item in enumerate(written["member"]):
        seat = known(queries.member_of(committee.id, stage.person(item["person"])))
        for key, marks in written["marks"].items():
            if marks[n]:
                given = dict(zip(measures, map(int, marks[n].split()), strict=True))
                evaluation.score(committee, seat, ids[stage.codes[key]], given, now=when)


def _vote(stage: Stage, process: Process, written: dict[str, Any]) -> None:
    activity = next(a for a in activities.activities(process.id) if a.number == written["workshop"])
    votes: dict[str, int | None] = {stage.codes[key]: count for key, count in written.items() if key in stage.codes}
    feedback.record_votes(
        activity, votes, person_id=stage.person("facilitator"), now=stage.calendar.at(written["day"], "18:00"),
        voters=written["voters"], votes_each=written["votes_each"],
    )  # fmt: skip
