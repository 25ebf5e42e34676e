"""Publishing a result: each sector signs its fingerprint; with the second signature it is public and every project knows its fate."""

from collections.abc import Mapping
from datetime import datetime

from app.core.db import db
from app.core.errors import refuse_if_any
from app.projects import services as projects
from app.projects.rules import ProjectState
from app.scrutiny import queries
from app.scrutiny.models import VoteCount
from app.scrutiny.rules import acts, books
from app.scrutiny.rules.acts import Act, Key
from app.scrutiny.services.register import as_signatures, record, take_key
from app.voting.models import Vote
from app.voting.rules import VoteState

SECTORS = {Key.GOVERNMENT: "gobierno", Key.NON_GOVERNMENT: "sociedad civil"}


def sign(
    vote: Vote, row: VoteCount, key: Key, *, source: str, reasons: Mapping[int, str], person_id: int, now: datetime
) -> bool:  # fmt: skip
    """One sector signs; with the second one the result is published: True. The caller commits. Raises RuleBroken.

    `source` names the vote in public, `reasons` say for each project (by number) why it won or what it lacked. Nothing is published
    unless both programs found the same winners and the books balance; each problem says its difference.
    """
    db.session.refresh(vote, attribute_names=["state"], with_for_update=True)
    signed = as_signatures(queries.signatures(vote.id, Act.PUBLISH))
    refuse_if_any(
        acts.publishing_problems(
            vote.state, key, row.result_sha256, agrees=row.agrees, signed=signed, person_id=person_id,
            books=books.problems(queries.books_of(vote.id)),
        )
    )  # fmt: skip
    take_key(vote, Act.PUBLISH, key, row.result_sha256, person_id=person_id, now=now)
    if not signed:
        record("scrutiny.sign", vote, {"sector": SECTORS[key], "result_sha256": row.result_sha256}, now, SECTORS[key])
        return False
    vote.state, vote.revision = VoteState.PUBLISHED, vote.revision + 1
    row.published_at = now
    record("scrutiny.publish", vote, {
        "number": row.number, "winners": row.result["winners"], "result_sha256": row.result_sha256, "seed": row.seed,
        "pabulib_sha256": row.pabulib_sha256, "sealed_sha256": row.result["sealed_sha256"], "version": row.version,
    }, now, SECTORS[key])  # fmt: skip
    _tell_projects(vote, row, source, reasons, person_id=person_id, now=now)
    return True


def _tell_projects(vote: Vote, row: VoteCount, source: str, reasons: Mapping[int, str], *, person_id: int, now: datetime) -> None:
    """Each project is chosen or not, with its reason; those that changed their state since the ballot was printed are left as they are."""
    winners = set(row.result["winners"])
    for option in queries.options(vote.id):
        if option.project.state is not ProjectState.ADMISSIBLE:
            continue
        say = projects.prioritise if str(option.number) in winners else projects.not_prioritise
        say(option.project, source=source, reason=reasons[option.number], person_id=person_id, now=now)
