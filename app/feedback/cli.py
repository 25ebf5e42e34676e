"""`flask feedback export|import`, and the batches the worker releases at their hour."""

import json
import sys
from datetime import datetime
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from app.core import clock
from app.core.db import db
from app.core.web import csv_lines
from app.feedback import documents, queries, services
from app.feedback.messages import in_words, told
from app.feedback.rules.matrix import COLUMNS
from app.processes import queries as processes
from app.processes.models import Process

feedback = AppGroup("feedback", help="Respuestas: exportar la matriz pública, importar borradores.")
COMMANDS = [feedback]


def publish_scheduled(now: datetime) -> str:
    """Release the scheduled batches whose hour has come, or hold them and say why."""
    return services.publish_due(now, in_words)


def remind_entities(now: datetime) -> str:
    """Letters to entities whose answers are due soon, or late."""
    letters = services.remind(now)
    return f"Recordatorios a entidades: {letters}." if letters else ""


JOBS = [publish_scheduled, remind_entities]


def _process(slug: str) -> Process:
    process = processes.process_by_slug(slug)
    if process is None:
        click.echo(f"No hay un proceso «{slug}». Revise el nombre en la dirección de su página.", err=True)
        sys.exit(1)
    return process


@feedback.command("export")
@click.option("--process", "slug", required=True, help="Nombre del proceso en su dirección.")
@click.option("--format", "kind", type=click.Choice(["csv", "json"]), default="csv", show_default=True)
def export(slug: str, kind: str) -> None:
    """Escribe la matriz pública: las 32 columnas y «respondido»."""
    process = _process(slug)
    with current_app.test_request_context(base_url=current_app.config["SITE_URL"]):
        if kind == "json":
            click.echo(json.dumps(documents.as_json(process), ensure_ascii=False, indent=1))
            return
        for lines in csv_lines(COLUMNS, documents.matrix(process)):
            click.echo(lines.replace("\r\n", "\n"), nl=False)


@feedback.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--process", "slug", required=True, help="Nombre del proceso en su dirección.")
@click.option(
    "--map", "map_file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Mapa TOML para un archivo con otras columnas."
)
@click.option("--by", "email", default="", help="Correo de quien las escribe; si falta, quien creó el proceso.")
@click.option("--dry-run", is_flag=True, help="Solo revisa; no escribe nada.")
@click.option("--json", "as_json", is_flag=True, help="Informe en JSON.")
def import_(file: Path, slug: str, map_file: Path | None, email: str, dry_run: bool, as_json: bool) -> None:
    """Lee respuestas preparadas en una hoja de cálculo y las deja en borrador: todas o ninguna."""
    process = _process(slug)
    person_id = queries.person_id_by_email(email) if email else process.created_by_id
    if person_id is None:
        click.echo(f"Nadie tiene el correo {email}.", err=True)
        sys.exit(1)
    with current_app.test_request_context(base_url=current_app.config["SITE_URL"], method="POST"):
        report = services.import_answers(
            process, file.read_bytes(), map_file.read_text() if map_file else "", person_id=person_id, now=clock.now(), dry_run=dry_run
        )
        problems = told(report.problems)
        if report.problems or dry_run:
            db.session.rollback()
        else:
            db.session.commit()
    if as_json:
        told_apart = {name: value for name, value in report.__dict__.items() if name != "unknown_values"}
        click.echo(json.dumps({**told_apart, "problems": problems}, ensure_ascii=False, indent=1))
    elif not report.problems:
        click.echo(f"{report.rows} filas: {report.imported} en borrador, {report.unchanged} sin cambio.")
    if report.problems:
        for problem in () if as_json else problems:
            click.echo(f"fila {problem['row']}, columna {problem['column'] or '-'}: {problem['message']}", err=True)
        sys.exit(1)
