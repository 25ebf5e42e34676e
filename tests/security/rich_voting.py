"""The rich world's vote: open, with a booth, printed codes, an addition and an exclusion that wait: every door can be tried."""

from typing import Any

from app.budgeting import queries as budgeting
from app.core.db import db
from app.voting import services
from app.voting.models import RollAddition
from tests.cast import SARA
from tests.factories.budgeting import SOLES, a_round
from tests.factories.voting import a_token, on_roll, vote_on
from tests.world import NOON, World

VOTE = "votacion"
AMPLE_CENTS = 4_000_000 * SOLES  # a vote and a matrix both choose in the rich round: one act must hold all of it


def build_voting(world: World) -> dict[str, dict[str, Any]]:
    """Arguments for every address of votes. The caller commits."""
    round_ = budgeting.round_of(world.slug) or a_round(world, ceiling_cents=AMPLE_CENTS)
    vote = vote_on(round_, title="Vote por su barrio")
    on_roll(vote, "40506070", email="votante@example.pe")
    a_token(vote)
    sara = world.id_of(SARA)
    _booth, handle = services.open_booth(vote, "Local comunal", "918273", person_id=sara, now=NOON)
    services.ask_run(vote, 5, None, person_id=sara, now=NOON)
    db.session.add(
        RollAddition(
            vote_id=vote.id, number=1, reason="Personas sin DNI vigente el día del corte", people=1, asked_by_id=sara, asked_at=NOON
        )
    )
    services.ask_exclusion(vote, 4, "El terreno del alumbrado pasó a otra entidad.", person_id=sara, now=NOON)
    at = {"vote": VOTE, "handle": handle, "number": 1}
    return {"/procesos/<slug>/votaciones/": at, "/mesa/procesos/<slug>/votaciones/": at}
