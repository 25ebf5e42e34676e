"""What people said of each other's contributions, whom they supported, and what moderation did: the pages of a lively process."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert

from app.accounts import queries as accounts
from app.accounts.models import Person
from app.contributions import queries as contributions
from app.contributions.models import Contribution
from app.core.arrival import Arrival
from app.core.db import db
from app.deliberation import queries
from app.deliberation import services as deliberation
from app.deliberation.models import Comment, Support
from app.deliberation.rules.amendments import AmendmentState
from app.deliberation.rules.comments import CommentDraft, Side
from app.demo import importing
from app.demo.importing import known
from app.moderation import services as moderation
from app.moderation.rules import HidingReason
from app.moderation.rules.appeals import AppealOutcome
from app.processes.models import Process

if TYPE_CHECKING:
    from app.demo.services.load import Stage

FILE = "deliberation.toml"
AN_ACCOUNT_OF = timedelta(days=60)
NO_PASSWORD = "!"  # noqa: S105 - nobody signs in as these people: no password has this hash


def tell(stage: Stage, process: Process) -> None:
    """Nothing where there is no deliberation.toml."""
    name = f"{stage.cast['content']}/{FILE}"
    written = importing.read(name) if (importing.CONTENT / name).exists() else {}
    people = _citizens(stage, written.get("citizens", []))
    _supports(stage, process, written.get("supports", {}), people)
    for number, item in enumerate(written.get("comment", [])):
        _comment(stage, item, people, f"demo-comment-{process.slug}-{number}")
    for item in written.get("amendment", []):
        _amendment(stage, process, item)
    db.session.flush()


def _citizens(stage: Stage, names: list[str]) -> list[int]:
    since = stage.calendar.at(-120) - AN_ACCOUNT_OF
    rows = [Person(email=_address(name), name=name, password_hash=NO_PASSWORD, created_at=since) for name in names]
    db.session.add_all(rows)
    db.session.flush()
    return [row.id for row in rows]


def _address(name: str) -> str:
    first, *rest = re.sub(r"[^a-z ]", "", name.lower()).split()
    return f"{first}.{rest[0]}@demo.example.pe"


def _supports(stage: Stage, process: Process, counts: dict[str, int], people: list[int]) -> None:
    ids = {key: known(contributions.contribution_by_code(stage.codes[key])).id for key in counts}
    rows = [
        {"process_id": process.id, "contribution_id": ids[key], "person_id": person_id, "stands": True,
         "changed_at": stage.calendar.at(-60 + place, "12:00")}
        for key, count in counts.items()
        for place, person_id in enumerate(people[:count])
    ]  # fmt: skip
    if rows:
        db.session.execute(insert(Support), rows)


def _comment(stage: Stage, item: dict[str, Any], people: list[int], key: str) -> None:
    when = stage.calendar.at(item["day"], "18:40")
    target: Contribution = known(contributions.contribution_by_code(stage.codes[item["key"]]))
    person = db.session.get_one(Person, people[item["by"]])
    draft = CommentDraft(Side(item["side"]), item["text"])
    came = Arrival(seconds=90, address=f"demo-{item['by']}")
    comment = deliberation.comment(draft, target, person, submission_key=key, came=came, now=when).comment
    if "answer" in item:
        official = known(accounts.person_by_email(_official(item["answered_by"])))
        at = stage.calendar.at(item["answer_day"], "11:15")
        deliberation.answer(comment, item["answer"], item["post"], item["office"], official, now=at)
    if "moderated" in item:
        _moderate(stage, item, comment)


def _official(key: str) -> str:
    return next(str(item["email"]) for item in importing.read(importing.PEOPLE)["person"] if item["key"] == key)


def _moderate(stage: Stage, item: dict[str, Any], comment: Comment) -> None:
    """Reported, without its personal data, or hidden with its appeal; "held" stays where it is."""
    by, seen = stage.person("moderator"), stage.calendar.at(item["day"] + 1, "09:10")
    if item["moderated"] == "redacted":
        moderation.publish_without(comment, moderation.found_in(comment), moderator_id=by, now=seen)
    elif item["moderated"] == "reported":
        came = Arrival(seconds=40, address="demo-report")
        when = stage.calendar.at(item["report_day"], "20:00")
        moderation.report(comment, HidingReason(item["reason"]), item["report_words"], person=None, came=came, now=when)
    elif item["moderated"] == "hidden":
        subject = known(queries.comment_by_code(comment.code))
        act = moderation.hide(subject, HidingReason(item["reason"]), "", moderator_id=by, now=seen)
        appeal = moderation.appeal(act, item["appeal"], now=stage.calendar.at(item["appeal_day"], "21:00"))
        if "outcome" not in item:
            return
        moderation.decide_appeal(
            appeal, AppealOutcome(item["outcome"]), item["decision"], decider_id=stage.person(item["decided_by"]),
            now=stage.calendar.at(item["appeal_day"] + 2, "16:30"),
        )  # fmt: skip


def _amendment(stage: Stage, process: Process, item: dict[str, Any]) -> None:
    """Another wording of the draft, decided by the forum; the plan's own story writes it into the commitment."""
    carrier = known(contributions.contribution_by_code(stage.codes[item["key"]]))
    made = deliberation.propose_wording(carrier, clause=item["clause"], version_n=1, base=item["base"], proposed=item["proposed"])
    made.contribution = carrier
    deliberation.decide_amendment(
        made, AmendmentState(item["state"]), item["answer"], process=process, person_id=stage.person("civil"), role="foro y secretaría",
        now=stage.calendar.at(item["day"], "10:00"),
    )  # fmt: skip
