"""Counting a closed box with the frozen rules, and counting it again with the other program."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import update

from app.core.db import db
from app.core.errors import Problem, RuleBroken, refuse_if_any
from app.scrutiny import queries
from app.scrutiny.documents import files, recounting
from app.scrutiny.models import CountFile, VoteCount
from app.scrutiny.queries.box import names_of
from app.scrutiny.rules import acts, counts
from app.scrutiny.rules.acts import Act, ScrutinyProblem
from app.scrutiny.rules.counts import Box, Counted
from app.scrutiny.rules.elections import Contest, from_totals, parameters_from
from app.scrutiny.rules.tables import Entry, sheet_from
from app.scrutiny.services.register import record
from app.scrutiny.services.sums import canonical_sha256
from app.voting import queries as ballots
from app.voting import services as voting
from app.voting.models import Vote
from app.voting.rules import RollStatus, VoteState

AT_ONCE = 20_000
"""Ballots up to which the second program runs before the answer to the button; above, the worker runs it."""
PATIENCE_SECONDS = 60.0
PABULIB, BUNDLE = "eleccion.pb", "conteo.zip"


def count(vote: Vote, *, person_id: int, now: datetime) -> VoteCount:
    """Count the box twice. The caller commits. Raises RuleBroken.

    The seed is in, the rules are those that were announced. A count may be repeated until somebody signs it; each is kept.
    """
    db.session.refresh(vote, attribute_names=["state", "seed"], with_for_update=True)
    closing, before = queries.closing_of(vote.id), queries.count_of(vote.id)
    refuse_if_any(
        acts.counting_problems(
            vote.state, seed=vote.seed, is_scrubbed=closing is not None and closing.scrubbed_at is not None,
            rules_sha256=files.sha256(voting.rules_text(vote.rules).encode()), announced_sha256=vote.rules_sha256,
            is_signed=bool(queries.signatures(vote.id, Act.PUBLISH)),
        )
    )  # fmt: skip
    contest, box, done = counted(vote)
    bundles = files.sealed(done)
    data = _told(vote, contest, box, done) | {"sealed_sha256": files.of_all(bundles)}
    opened = pabulib_of(done, data)
    row = VoteCount(
        vote_id=vote.id, number=before.number + 1 if before else 1, version=files.bundle.program_version(), seed=vote.seed,
        sheet=files.report_sheet(done), result=data, result_sha256=canonical_sha256(data),
        pabulib_sha256=files.sha256(opened), recount=None, agrees=None, counted_by_id=person_id, counted_at=now,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    for name, content in ((PABULIB, opened), (BUNDLE, bundle_of(done, row))):
        db.session.add(CountFile(count_id=row.id, name=name, content=content, sha256=files.sha256(content)))
    vote.state, vote.revision = VoteState.COUNTED, vote.revision + 1
    db.session.flush()
    record("scrutiny.count", vote, {
        "number": row.number, "version": row.version, "seed": row.seed, "result_sha256": row.result_sha256,
        "pabulib_sha256": row.pabulib_sha256, "sealed_sha256": data["sealed_sha256"],
    }, now)  # fmt: skip
    if len(box.papers) <= AT_ONCE:
        with suppress(recounting.TookTooLong):  # then it is for the worker
            settle_recount(vote, row, recounting.winners(bundles, PATIENCE_SECONDS), now=now)
    return row


def unseal(vote: Vote, row: VoteCount, *, now: datetime) -> dict[str, bytes]:
    """By territory, the bundle with every ballot, for observers to count at the office; the public register says it was opened.

    The caller commits. Raises RuleBroken when it is not the one whose fingerprint was published with the count.
    """
    _, _, done = counted(vote)
    bundles = files.sealed(done)
    if files.of_all(bundles) != row.result["sealed_sha256"]:
        raise RuleBroken([Problem(ScrutinyProblem.SEALED_DIFFERENT, None, {"version": row.version})])
    record("scrutiny.unseal", vote, {"number": row.number, "sealed_sha256": row.result["sealed_sha256"]}, now)
    return bundles


def begin_recount(vote: Vote, row: VoteCount, *, now: datetime) -> dict[str, bytes] | None:
    """What the second program is to count, or None when another worker has taken it up. The caller commits, and only then counts:
    the database waits for nobody meanwhile."""
    taken = db.session.execute(
        update(VoteCount).where(VoteCount.id == row.id, queries.is_waiting(now)).values(recount_began_at=now),
        execution_options={"synchronize_session": False},
    )
    if not taken.rowcount:  # type: ignore[attr-defined]
        return None
    _, _, done = counted(vote)
    return files.sealed(done)


def settle_recount(vote: Vote, row: VoteCount, found: Mapping[str, list[str] | None], *, now: datetime) -> bool:
    """Write down what the second program found: whether the winners are the same. The caller commits."""
    ours = {part["zone"]: sorted(part["winners"]) for part in row.result["parts"]}
    row.recount, row.agrees = dict(found), found == ours
    db.session.flush()
    record("scrutiny.recount", vote, {"number": row.number, "agrees": row.agrees}, now)
    return row.agrees


def counted(vote: Vote) -> tuple[Contest, Box, Counted]:
    """The count itself; nothing is written. Raises RuleBroken."""
    try:
        parameters = parameters_from(vote.rules["sheet"], vote.seed)
    except (KeyError, ValueError) as wrong:
        raise RuleBroken([Problem(ScrutinyProblem.RULES_CHANGED)]) from wrong
    out = {str(number): reason for number, reason in ballots.excluded(vote.id).items()}
    parameters = replace(parameters, exclusions={**parameters.exclusions, **out})
    contest = queries.contest_of(vote)
    made: list[Any] = []
    for table in queries.tables(vote.id):
        if table.entry is Entry.TOTALS and table.settled_at is not None:
            sheet = sheet_from(table.content)
            made += [(table.ubigeo, choices) for choices in from_totals(sheet.totals, sheet.valid, sheet.blank)]
    box = Box(queries.ballots(vote.id), made)
    return contest, box, counts.counted(contest, parameters, box)


def pabulib_of(done: Counted, data: dict[str, Any]) -> bytes:
    """The open file of a count, as its result says it may be published."""
    return files.pabulib(done, with_ballots=data["with_ballots"], discreet=files.discreet_zones(data))


def bundle_of(done: Counted, row: VoteCount) -> bytes:
    """`conteo.zip` of a count."""
    names = {part["zone"]: part["name"] for part in row.result["parts"]}
    return files.published(done, with_ballots=row.result["with_ballots"], names=names, told=row.result)


def _told(vote: Vote, contest: Contest, box: Box, done: Counted) -> dict[str, Any]:
    """The data of the pages, with who took part and how the ballots may be published."""
    people: dict[str | None, list[int]] = {}
    channels: dict[str, int] = {}
    for ubigeo, channel, status, number in queries.turnout(vote.id):
        here = people.setdefault(ubigeo, [0, 0])
        here[0] += number
        if status is RollStatus.VOTED:
            here[1] += number
            channels[channel.value if channel else ""] = channels.get(channel.value if channel else "", 0) + number
    turnout = [(ubigeo, on_roll, voted) for ubigeo, (on_roll, voted) in people.items()]
    places = {ubigeo or "" for ubigeo in people} | {option.ubigeo or "" for option in contest.options}
    data = counts.told(
        done, contest, box, names=names_of(sorted(places)), turnout=turnout, fewest=int(vote.rules.get("fewest_shown") or 10)
    )
    with_ballots = counts.may_publish_ballots(done, is_wanted=bool(vote.rules.get("ballots_published")))
    with_ballots = with_ballots and not box.made and not any(part["is_discreet"] for part in data["parts"])
    return data | {
        "with_ballots": with_ballots,
        "turnout": {"on_roll": sum(row[1] for row in turnout), "voted": sum(row[2] for row in turnout), "channels": channels},
        "papers": _papers(vote),
    }


def _papers(vote: Vote) -> dict[str, int]:
    """The paper of all tables together: of a single one nothing is told."""
    found = queries.tables(vote.id)
    return {"tables": len(found)} | {
        name: sum(getattr(table, name) for table in found) for name in ("signatures", "in_box", "valid", "blank", "spoilt")
    }
