"""What plans do by the clock, and loading the library of past plans."""

import sys
from datetime import datetime
from pathlib import Path

import click
from flask.cli import AppGroup

from app.core import clock
from app.core.db import db
from app.plans import services
from app.plans.importing import LibraryFault

plans = AppGroup("plans", help="Planes de acción: biblioteca y recordatorios.")


@plans.command("load-library")
@click.option("--file", "file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Otro archivo TOML de la misma forma.")
def load_library(file: Path | None) -> None:
    """Carga los planes anteriores, cada hecho con su fuente y los códigos del IRM con su informe; repetirlo no cambia nada.

    Sin --file, los del Perú que vienen con el programa (app/plans/importing/past_plans.toml). Para agregar códigos u otros planes,
    copie ese archivo, complételo y cárguelo con --file.
    """
    try:
        written = services.load_library(clock.now(), file)
    except (LibraryFault, UnicodeDecodeError) as fault:
        db.session.rollback()
        click.echo(f"No se cargó nada. {fault}", err=True)
        sys.exit(1)
    db.session.commit()
    click.echo(f"Planes escritos: {written}.")


def remind_of_progress(now: datetime) -> str:
    """The letters of 30 and 7 days before a semester ends."""
    queued = services.remind(now)
    return f"Recordatorios de avance: {queued}." if queued else ""


COMMANDS = [plans]
JOBS = [remind_of_progress]
