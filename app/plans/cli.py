"""What plans do by the clock, and loading the library of past plans."""

from datetime import datetime

import click
from flask.cli import AppGroup

from app.core import clock
from app.core.db import db
from app.plans import services

plans = AppGroup("plans", help="Planes de acción: biblioteca y recordatorios.")


@plans.command("load-library")
def load_library() -> None:
    """Carga los planes anteriores del Perú que vienen con el programa, cada hecho con su fuente; repetirlo no cambia nada."""
    written = services.load_library(clock.now())
    db.session.commit()
    click.echo(f"Planes escritos: {written}.")


def remind_of_progress(now: datetime) -> str:
    """The letters of 30 and 7 days before a semester ends."""
    queued = services.remind(now)
    return f"Recordatorios de avance: {queued}." if queued else ""


COMMANDS = [plans]
JOBS = [remind_of_progress]
