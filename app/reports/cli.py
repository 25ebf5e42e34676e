"""`flask snapshot build`: the public site as a folder of files. And what the worker does: draws the long reports."""

from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from app.core import clock
from app.reports import services

snapshot = AppGroup("snapshot", help="Copia del sitio público que se lee sin servidor, por ejemplo desde una memoria USB.")


@snapshot.command("build")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def build(folder: Path) -> None:
    """Copia en FOLDER, que debe estar vacía, todas las páginas y archivos públicos."""
    try:
        made = services.build(current_app._get_current_object(), folder, now=clock.now(), say=lambda text: click.echo(text, err=True))
    except FileExistsError:
        click.echo(f"La carpeta {folder} tiene contenido. Elija otra, o vacíela.", err=True)
        raise SystemExit(1) from None
    click.echo(f"{len(made.pages)} páginas y {len(made.files) - len(made.pages)} archivos en {folder}. Abra {folder / 'index.html'}.")
    if made.failed:
        click.echo(f"No se pudieron copiar {len(made.failed)}: {', '.join(made.failed[:10])}", err=True)
        raise SystemExit(1)


COMMANDS = [snapshot]
LONG_JOBS = [services.draw_reports]
