"""`flask settings`: every environment variable, its default and what it does."""

import click
from flask.cli import with_appcontext

from config import SETTINGS


@click.command("settings")
@with_appcontext
def settings_command() -> None:
    """Muestra las variables de entorno que Minka lee."""
    for setting in SETTINGS:
        click.echo(f"{setting.name}\n    {setting.purpose}\n    por omisión: {setting.default or '(vacía)'}")
