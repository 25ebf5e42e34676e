"""`flask evidence verify`: every stored file still is what its hash says."""

import hashlib
import sys

import click
from flask.cli import AppGroup
from flask_babel import gettext

from app.evidence import queries

group = AppGroup("evidence", help="Archivos de evidencia.")
COMMANDS = [group]


@group.command("verify")
def verify() -> None:
    """Compara cada archivo guardado con su huella SHA-256; termina con 1 si alguno falta o cambió."""
    wrong, checked = 0, 0
    for attachment in queries.every_attachment():
        checked += 1
        try:
            is_sound = hashlib.sha256(queries.content(attachment)).hexdigest() == attachment.sha256
        except FileNotFoundError:
            is_sound = False
        if not is_sound:
            wrong += 1
            click.echo(gettext("Falta o cambió: %(name)s (/documentos/%(key)s)", name=attachment.file_name, key=attachment.key), err=True)
    click.echo(gettext("%(checked)d archivos revisados, %(wrong)d con problemas.", checked=checked, wrong=wrong))
    sys.exit(1 if wrong else 0)
