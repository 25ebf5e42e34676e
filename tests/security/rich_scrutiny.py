"""The rich world's scrutiny: a vote that ended and is published, and a paper table of the one that is open."""

from typing import Any

from app.budgeting import queries as budgeting
from app.budgeting.rules import RoundState
from app.scrutiny import services
from app.voting import queries as voting
from tests.cast import SARA
from tests.factories.budgeting import bring_to
from tests.factories.scrutiny import SHARES, an_ended_vote, neighbours, published
from tests.security.rich_voting import VOTE
from tests.world import NOON, World

ENDED, TABLE = "terminada", 7


def build_scrutiny(world: World) -> dict[str, dict[str, Any]]:
    """Arguments for every address of a scrutiny; after `build_voting`. The caller commits."""
    round_ = budgeting.round_of(world.slug)
    assert round_ is not None
    vote = an_ended_vote(world, neighbours(24), sheet=SHARES, on=round_, slug=ENDED, title="Votación del año pasado")
    before = round_.state
    bring_to(round_, RoundState.PRIORITISATION)
    published(vote, world, scrubs=False)
    bring_to(round_, before)
    still_open = voting.desk_vote(world.slug, VOTE)
    assert still_open is not None
    services.open_table(still_open, TABLE, "Colegio Garcilaso", None, "", person_id=world.id_of(SARA), now=NOON)
    ended = {"vote": ENDED, "number": 11}
    base = "/procesos/<slug>/votaciones/<vote>"
    return {
        f"{base}/resultados": ended, f"{base}/conteo": ended, f"{base}.pb": ended, f"{base}/constancias": ended, f"{base}/secreto": ended,
        f"/mesa{base}/escrutinio": {"vote": VOTE, "number": TABLE},
    }  # fmt: skip
