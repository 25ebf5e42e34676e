"""The seed of the lot, read from its public source by two people after the close and before the count."""

from datetime import datetime

from sqlalchemy import delete

from app.core.db import db
from app.core.errors import Problem, RuleBroken, refuse_if_any
from app.core.text import clean_line
from app.scrutiny import queries
from app.scrutiny.models import VoteSignature
from app.scrutiny.rules import acts
from app.scrutiny.rules.acts import Act, ScrutinyProblem
from app.scrutiny.services.register import as_signatures, record, take_key
from app.voting.models import Vote


def read_seed(vote: Vote, seed: str, *, person_id: int, now: datetime) -> bool:
    """One reading of the source; the second, equal one writes it: True. Nobody sees what the other read. The caller commits.

    Raises RuleBroken.
    """
    seed = clean_line(seed)
    db.session.refresh(vote, attribute_names=["state", "seed"], with_for_update=True)
    signed = as_signatures(queries.signatures(vote.id, Act.SEED))
    shape = vote.rules.get("seed_shape") or acts.shape_of(vote.seed_source)
    refuse_if_any(acts.seed_problems(vote.state, seed, shape, is_set=bool(vote.seed), signed=signed, person_id=person_id))
    take_key(vote, Act.SEED, acts.next_key(signed), seed, person_id=person_id, now=now)
    if not signed:
        record("scrutiny.begin-seed", vote, {}, now)
        return False
    vote.seed, vote.revision = seed, vote.revision + 1
    record("scrutiny.read-seed", vote, {"seed": seed, "source": vote.seed_source}, now)
    return True


def discard_reading(vote: Vote, *, person_id: int, now: datetime) -> None:
    """The first reading was a slip: both begin again. Registered, because a seed may not be chosen.

    The caller commits. Raises RuleBroken.
    """
    if vote.seed:
        raise RuleBroken([Problem(ScrutinyProblem.SEED_SET)])
    signed = queries.signatures(vote.id, Act.SEED)
    if not signed:
        raise RuleBroken([Problem(ScrutinyProblem.SEED_MISSING)])
    record("scrutiny.discard-seed", vote, {"seed": signed[0].content}, now)
    db.session.execute(delete(VoteSignature).where(VoteSignature.vote_id == vote.id, VoteSignature.act == Act.SEED))
