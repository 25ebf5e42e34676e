"""What a large vote leaves for the worker, and a busy database for the terminal (`flask scrutiny`)."""

from datetime import datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import click
from flask.cli import AppGroup

from app.core import clock
from app.core.db import db
from app.core.errors import RuleBroken
from app.scrutiny import messages, queries, services
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


@scrutiny.command("unseal")
@click.argument("process")
@click.argument("vote")
@click.argument("folder", type=click.Path(path_type=Path))
def unseal(process: str, vote: str, folder: Path) -> None:
    """Escribe en FOLDER el paquete sellado, con cada papeleta, para que quienes observan cuenten otra vez en la sede.

    Lleva papeletas que pocas personas marcaron igual: no sale de la sede, y se borra al terminar. Queda en el registro público.
    """
    found = queries.published_vote(process, vote)
    row = queries.published_count(found.id) if found else None
    if found is None or row is None:
        raise click.ClickException("No hay una votación publicada con esa dirección.")
    try:
        folder.mkdir(mode=0o700)
    except OSError as wrong:
        raise click.ClickException(f"No se puede crear la carpeta {folder}: elija una que no exista.") from wrong
    try:
        bundles = services.unseal(found, row, now=clock.now())
    except RuleBroken as broken:
        folder.rmdir()
        raise click.ClickException(" ".join(messages.problem(problem) for problem in broken.problems)) from broken
    with ZipFile(BytesIO(next(iter(bundles.values())))) as archive:
        (folder / "recount.py").write_bytes(archive.read("recount.py"))
    click.echo(f"Huella publicada: {row.result['sealed_sha256']}")
    for zone, content in bundles.items():
        name = f"{zone or 'todo'}.zip"
        (folder / name).write_bytes(content)
        click.echo(f"python3 {folder / 'recount.py'} {folder / name}")
    db.session.commit()


COMMANDS = [scrutiny]
LONG_JOBS = [recount]
