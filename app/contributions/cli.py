"""`flask contributions import` and `flask contributions template` (interfaces.md), and what is done by the clock."""

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup
from flask_babel import force_locale, gettext, ngettext

from app.activities import services as activities
from app.contributions import importing, messages, services
from app.contributions.importing.maps import ENCODINGS
from app.contributions.rules.faults import FileProblem
from app.core import clock
from app.core.db import db
from app.core.errors import RuleBroken
from app.core.fields import sentence
from app.processes import queries as processes

contributions = AppGroup("contributions", help="Aportes: importar un archivo, obtener la plantilla.")
COMMANDS = [contributions]
MOST_SHOWN = 200


@contributions.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--process", "process_slug", required=True, help="Proceso que los recibe.")
@click.option("--activity", "activity_slug", help="Taller en que se dijeron.")
@click.option("--map", "map_file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Mapa TOML para un archivo ajeno.")
@click.option("--encoding", type=click.Choice(sorted(ENCODINGS)), help="Codificación, si no es UTF-8. No se adivina.")
@click.option("--create-themes", is_flag=True, help="Crea los temas que falten.")
@click.option("--dry-run", is_flag=True, help="Revisa y no escribe nada.")
@click.option("--json", "as_json", is_flag=True, help="Informe en JSON.")
def import_command(
    file: Path, process_slug: str, activity_slug: str | None, map_file: Path | None, encoding: str | None, create_themes: bool,
    dry_run: bool, as_json: bool,
) -> None:  # fmt: skip
    """Importa aportes de un CSV o XLSX: todos, o ninguno si hay un problema.

    Los aportes quedan públicos, porque ya se oyeron o leyeron al recibirlos; los que parecen llevar datos personales
    esperan a un moderador.
    """
    process = processes.process_by_slug(process_slug)
    if process is None:
        raise click.UsageError(gettext("No existe el proceso «%(slug)s».", slug=process_slug))
    opportunity = processes.opportunity(process_slug, activity_slug) if activity_slug else None
    if activity_slug and opportunity is None:
        raise click.UsageError(gettext("El proceso no tiene la actividad «%(slug)s».", slug=activity_slug))
    with force_locale("es"):
        done = _import(file, process, opportunity, _map(map_file, encoding), create_themes=create_themes, dry_run=dry_run)
        _tell(done, as_json=as_json)
    sys.exit(1 if done["problems"] else 0)


def _import(file: Path, process: Any, opportunity: Any, read: Any, *, create_themes: bool, dry_run: bool) -> dict[str, Any]:
    file_map, map_problems = read
    if map_problems:
        return _report(problems=map_problems)
    now = clock.now()
    found = importing.judge(
        importing.read_table(file.read_bytes(), file_map), file_map, process.id, workshop_id=opportunity.id if opportunity else None,
        said_at=services.day_said(opportunity, now), now=now, create_themes=create_themes,
    )  # fmt: skip
    report = _report(rows=found.rows, unchanged=found.unchanged, skipped=found.skipped, new=len(found.incoming), problems=found.problems)
    if found.problems or dry_run:
        return report | {"dry_run": dry_run}
    try:
        activity = None
        if opportunity is not None and found.incoming:
            person_id = process.created_by_id
            activity = activities.open_record(opportunity, facilitator_id=None, person_id=person_id, now=now)
        imported = services.import_rows(found, process, activity=activity, person_id=None, now=now)
    except RuleBroken as broken:
        db.session.rollback()
        faults = [{"row": 0, "column": "", "code": str(p.code), "message": sentence(messages.IN_FILES, p)} for p in broken.problems]
        return report | {"problems": faults}
    db.session.commit()
    return report | {"imported": len(imported.codes), "codes": list(imported.codes), "held": imported.held}


def _map(map_file: Path | None, encoding: str | None) -> tuple[importing.FileMap, list[FileProblem]]:
    content = map_file.read_bytes().decode("utf-8", "replace") if map_file else ""
    file_map, problems = importing.parse_map(content)
    if encoding:
        file_map = importing.with_encoding(file_map, encoding)
    return file_map, problems


def _report(rows: int = 0, unchanged: int = 0, skipped: int = 0, new: int = 0, problems: list[FileProblem] | None = None) -> dict[str, Any]:
    faults = [{"row": p.row, "column": p.column, "code": str(p.code), "message": messages.fault_sentence(p)} for p in problems or []]
    return {
        "rows": rows, "imported": 0, "unchanged": unchanged, "problems": faults, "codes": [], "skipped": skipped, "new": new, "held": 0,
        "dry_run": False,
    }  # fmt: skip


def _tell(done: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(done, ensure_ascii=False))
        return
    for fault in done["problems"][:MOST_SHOWN]:
        where = gettext("fila %(row)s", row=fault["row"]) + (f", {fault['column']}" if fault["column"] else "")
        click.echo(f"{where}: {fault['message']}", err=True)
    if done["problems"]:
        count = len(done["problems"])
        click.echo(ngettext("%(num)s problema. No se escribió nada.", "%(num)s problemas. No se escribió nada.", count), err=True)
        return
    if done["dry_run"]:
        click.echo(gettext("Sin problemas: %(new)s por importar, %(same)s ya estaban.", new=done["new"], same=done["unchanged"]))
        return
    click.echo(gettext(
        "%(new)s aportes importados (%(held)s esperan a un moderador), %(same)s ya estaban, %(skipped)s omitidos.",
        new=done["imported"], held=done["held"], same=done["unchanged"], skipped=done["skipped"],
    ))  # fmt: skip
    if done["codes"]:
        click.echo(f"{done['codes'][0]} … {done['codes'][-1]}")


@contributions.command("template")
@click.option("--format", "kind", type=click.Choice(["csv", "xlsx"]), default="csv", show_default=True)
@click.option("--output", type=click.Path(dir_okay=False, writable=True, path_type=Path), help="Archivo; por omisión, la salida estándar.")
def template_command(kind: str, output: Path | None) -> None:
    """Escribe la plantilla vacía. La de XLSX se revisa sola: listas, largos, fechas."""
    explained = {column: str(words) for column, words in messages.COLUMNS.items()}
    made = importing.template_csv() if kind == "csv" else importing.template_xlsx(explained, titles=messages.guide_titles())
    if output:
        output.write_bytes(made)
        click.echo(str(output))
        return
    if kind == "xlsx" and sys.stdout.isatty():
        raise click.UsageError(gettext("Un libro no se muestra en pantalla: use --output plantilla.xlsx."))
    sys.stdout.buffer.write(made)


def discard_expired_drafts(now: datetime) -> str:
    """Drafts that nobody sent in time are deleted whole: the names, addresses and words in them are gone."""
    gone = services.discard_expired_drafts(now)
    return ngettext("%(num)s borrador vencido, borrado", "%(num)s borradores vencidos, borrados", gone) if gone else ""


def discard_stale_uploads(now: datetime) -> str:
    """Files brought to be imported go after a day, also where nobody brings another."""
    services.discard_stale_uploads(now)
    return ""


JOBS = [discard_expired_drafts, discard_stale_uploads]
