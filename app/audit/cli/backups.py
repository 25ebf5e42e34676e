"""`flask backup create|restore|mail-on`."""

import subprocess
from pathlib import Path

import click
from flask.cli import AppGroup
from sqlalchemy.exc import OperationalError

from app.audit import documents, services
from app.audit.importing import BackupRefused, opened
from app.core import clock, restored

backup = AppGroup("backup", help="Copias de respaldo: base de datos, archivos y dónde termina el registro.")


@backup.command("create")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def create(file: Path) -> None:
    """Guarda en FILE una copia completa y coherente, aunque el sitio esté atendiendo. La llave del registro no va dentro."""
    try:
        manifest = documents.write_backup(file.absolute(), clock.now())
    except (OSError, OperationalError, subprocess.CalledProcessError) as failure:
        said = failure.stderr.decode(errors="replace").strip() if isinstance(failure, subprocess.CalledProcessError) else str(failure)
        click.echo(f"No se pudo guardar la copia: {said}", err=True)
        raise SystemExit(1) from failure
    click.echo(f"Copia guardada en {file}: {file.stat().st_size:,} bytes, {len(manifest['members']) - 1} archivos.")
    click.echo(f"El registro termina en el acto {manifest['head']['seq']}, huella {manifest['head']['hash']}.")
    click.echo("Guarde aparte, y no junto a la copia, la llave del registro (REGISTER_KEY) y SECRET_KEY.")


@backup.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore(file: Path) -> None:
    """Pone la copia FILE en un sitio vacío; rechaza una copia dañada. El correo queda apagado hasta «backup mail-on»."""
    try:
        with opened(file) as found:
            verdict = services.restore(found)
            made_at = found.made_at
    except BackupRefused as refusal:
        click.echo(str(refusal), err=True)
        raise SystemExit(1) from refusal
    click.echo(f"Restaurada la copia del {made_at}: {verdict.good} actos, registro completo.")
    click.echo("El correo está apagado. Cuando este sea el sitio que atiende: flask --app wsgi backup mail-on")


@backup.command("mail-on")
def mail_on() -> None:
    """Este sitio restaurado es el que atiende: salen las cartas que esperan."""
    restored.clear()
    click.echo("Correo encendido. Las cartas que esperan salen en la próxima ronda de «flask worker».")
