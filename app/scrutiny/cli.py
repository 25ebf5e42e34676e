"""What a large vote leaves for the worker, and a busy database for the terminal (`flask scrutiny`)."""

from datetime import datetime

import click
from flask.cli import AppGroup

from app.core import clock
from app.core.db import db
from app.scrutiny import queries, services
from app.scrutiny.documents import recounting
from app.scrutiny.services.closing import mark_scrubbed

scrutiny = AppGroup("scrutiny", help="Escrutinio de las votaciones.")


def recount(now: datetime) -> str:
    """Job: run the second program on the counts that wait for it. The database is let go while it works, which may take minutes."""
    settled = sum(_settled(row.vote_id, row.id, now) for row in queries.recounts_waiting(now))
    return f"{settled} conteos revisados con el segundo programa." if settled else ""


def _settled(vote_id: int, count_id: int, now: datetime) -> bool:
    vote, row = queries.vote_by_id(vote_id), queries.count_by_id(count_id)
    bundles = services.begin_recount(vote, row, now=now) if vote is not None and row is not None else None
    db.session.commit()
    if bundles is None:
        return False
    try:
        found = recounting.winners(bundles)
    except recounting.TookTooLong:
        return False  # an hour later it is tried again; the page says since when
    vote, row = queries.vote_by_id(vote_id), queries.count_by_id(count_id)
    if vote is None or row is None or row.agrees is not None:
        return False
    services.settle_recount(vote, row, found, now=clock.now())
    db.session.commit()
    return True


@scrutiny.command("recount")
def recount_command() -> None:
    """Cuenta otra vez, con el segundo programa, lo que lo espera."""
    click.echo(recount(clock.now()) or "Ningún conteo espera.")


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
LONG_JOBS = [recount]
