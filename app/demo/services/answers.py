"""The plan, and what was answered: drafted, sent to review, signed by both sectors, published in batches."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any

from app.core.db import db
from app.demo.services import groups, letters, plans
from app.feedback import services as feedback
from app.feedback.models import Decision
from app.feedback.rules.drafts import PART_WRITTEN, DecisionDraft, PartDraft
from app.feedback.rules.outcomes import Outcome, Reason, Seat
from app.processes.models import Process

if TYPE_CHECKING:
    from app.demo.services.load import Stage

POSTS = {Seat.GOVERNMENT: "Integrante del foro por el gobierno", Seat.NON_GOVERNMENT: "Integrante del foro por la sociedad civil"}
MERGED_AT = "19:30"
UNPUBLISHED = {"draft": -2, "review": -2, "approved": -2}


def tell(stage: Stage, process: Process) -> None:
    """Write the plan, then every answer in the order of its publication, then approve the plan if it was approved."""
    plans.write(stage, process)
    answered = [item for item in stage.content.contributions if "answer" in item] + groups.answered(stage)
    published = [item for item in answered if _state(item) == "published"]
    for (day, is_merged), batch in groupby(sorted(published, key=_batch), key=_batch):
        together = list(batch)
        clock = MERGED_AT if is_merged else max(_published_time(item) for item in together)
        _publish(stage, process, together, stage.calendar.at(day, clock))
    for item in answered:
        if _state(item) in UNPUBLISHED:
            _leave_open(stage, item)
    letters.arrive(stage)
    for item in published:
        if "correction" in item["answer"]:
            _correct(stage, process, item)
    plans.settle(stage, process)


def _batch(item: dict[str, Any]) -> tuple[int, bool]:
    """One batch a day, and a second one for those that merge into what the first published."""
    return int(item["answer"]["published_day"]), item["answer"]["outcome"] == "merged"


def _published_time(item: dict[str, Any]) -> str:
    return str(item["answer"].get("published_time", "10:00"))


def _state(item: dict[str, Any]) -> str:
    return str(item["answer"].get("state", "published"))


def _draft(stage: Stage, answer: dict[str, Any], **changes: Any) -> DecisionDraft:
    values = {**answer, **changes}
    day = stage.calendar.day
    plain = (
        "what_changed",
        "adopted_part",
        "rejected_part",
        "change_needed",
        "reference",
        "criterion",
        "target_cycle",
        "carry_over_owner",
        "referred_to",
        "referred_document",
        "where_to_go",
        "question",
        "request_record",
    )
    return DecisionDraft(
        outcome=Outcome(values["outcome"]),
        reason_code=Reason(values["reason_code"]) if values.get("reason_code") else None,
        text=values["text"].strip(),
        organisation=values["entity"],
        commitment=values.get("commitment") or None,
        milestone=values.get("milestone", ""),
        referred_on=day(values["referred_day"]) if "referred_day" in values else None,
        clarify_by=day(values["clarify_day"]) if "clarify_day" in values else None,
        fallback=Outcome(values["fallback"]) if values.get("fallback") else None,
        merged_into=stage.codes[values["merged_into"]] if values.get("merged_into") else "",
        correction_reason=values.get("correction_reason", ""),
        parts=tuple(_part(stage, part) for part in values.get("part", [])),
        **{name: values.get(name, "") for name in plain},
    )


def _part(stage: Stage, written: dict[str, Any]) -> PartDraft:
    plain = ("idea", *PART_WRITTEN, "milestone")
    return PartDraft(
        outcome=Outcome(written["outcome"]),
        reason_code=Reason(written["reason_code"]) if written.get("reason_code") else None,
        commitment=written.get("commitment"),
        referred_on=stage.calendar.day(written["referred_day"]) if "referred_day" in written else None,
        **{name: written.get(name, "") for name in plain},
    )


def _write(stage: Stage, item: dict[str, Any], when: datetime, **changes: Any) -> Decision:
    writer = stage.person(item["answer"].get("drafted_by", "secretariat"))
    return groups.write(stage.codes[item["key"]], _draft(stage, item["answer"], **changes), writer, when)


def _agree(stage: Stage, decision: Decision, when: datetime, seats: tuple[Seat, ...] = tuple(Seat)) -> None:
    people = {Seat.GOVERNMENT: "government", Seat.NON_GOVERNMENT: "civil"}
    for seat in seats:
        feedback.sign(decision, seat, decision.sha256, person_id=stage.person(people[seat]), post=POSTS[seat], now=when)


def _publish(stage: Stage, process: Process, batch: list[dict[str, Any]], when: datetime, **changes: Any) -> None:
    decisions = []
    for item in batch:
        decision = _write(stage, item, when - timedelta(hours=40), **changes)
        feedback.submit(decision, person_id=decision.drafted_by_id, now=when - timedelta(hours=36))
        _agree(stage, decision, when - timedelta(hours=16))
        decisions.append(decision)
    feedback.publish_batch(process, decisions, person_id=stage.person("secretariat"), now=when)
    db.session.flush()


def _leave_open(stage: Stage, item: dict[str, Any]) -> None:
    when = stage.calendar.at(-3, "16:30")
    decision = _write(stage, item, when)
    state = _state(item)
    if state in ("review", "approved"):
        feedback.submit(decision, person_id=decision.drafted_by_id, now=when + timedelta(hours=1))
    if state == "approved":
        _agree(stage, decision, when + timedelta(days=1))


def _correct(stage: Stage, process: Process, item: dict[str, Any]) -> None:
    written = item["answer"]["correction"]
    changes = {
        "text": written["text"],
        "outcome": written.get("outcome") or item["answer"]["outcome"],
        "correction_reason": written["reason"],
    }
    _publish(stage, process, [item], stage.calendar.at(written["day"], "12:00"), **changes)
