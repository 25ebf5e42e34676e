"""`flask territories load`."""

import click
from flask.cli import AppGroup

from app.core.db import db
from app.territories import services

territories = AppGroup("territories", help="Regiones, provincias y distritos del Perú.")
COMMANDS = [territories]


@territories.command("load")
def load() -> None:
    """Carga los territorios que falten (UBIGEO del INEI)."""
    added = services.load_peru()
    db.session.commit()
    click.echo(f"{added} territorios añadidos.")
