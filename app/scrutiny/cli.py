"""`flask scrutiny`: what a large vote, or a busy database, leaves for the terminal."""

import click
from flask.cli import AppGroup

from app.core import clock
from app.core.db import db
from app.scrutiny import queries, services
from app.scrutiny.queries.counts import recounts_waiting
from app.scrutiny.services.closing import mark_scrubbed

scrutiny = AppGroup("scrutiny", help="Escrutinio de las votaciones.")


def recount_waiting() -> int:
    """Run the second program on the counts that wait for it; how many it settled."""
    settled = 0
    for row in recounts_waiting():
        found = queries.vote_by_id(row.vote_id)
        if found is not None and services.recount(found, row, now=clock.now()) is not None:
            settled += 1
        db.session.commit()
    return settled


@scrutiny.command("recount")
def recount() -> None:
    """Cuenta otra vez, con el segundo programa, lo que lo espera."""
    click.echo(f"{recount_waiting()} conteos revisados.")


@scrutiny.command("scrub")
@click.argument("process")
@click.argument("vote")
def scrub(process: str, vote: str) -> None:
    """Termina de borrar el orden en que se votó, si al cerrar alguien estaba leyendo la base de datos."""
    found = queries.staff_vote(process, vote)
    if found is None or found.closed_at is None:
        raise click.ClickException("No hay una votación cerrada con esa dirección.")
    db.session.rollback()
    if not services.scrub():
        raise click.ClickException("Alguien está leyendo la base de datos. Inténtelo otra vez en un minuto.")
    found = queries.staff_vote(process, vote)
    assert found is not None  # noqa: S101 - it was there a moment ago
    mark_scrubbed(found, now=clock.now())
    db.session.commit()
    click.echo("Listo: el orden en que se votó ya no está en la base de datos.")


COMMANDS = [scrutiny]
