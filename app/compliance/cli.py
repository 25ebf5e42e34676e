"""`flask compliance report`, and what the worker does every day: visit the site, check the requirements, warn."""

import json
import sys
from datetime import datetime

import click
from flask import current_app
from flask.cli import AppGroup

from app.compliance import documents, messages, queries, services
from app.core import clock
from app.core.db import db
from app.processes import queries as processes

compliance = AppGroup("compliance", help="Requisitos mínimos: qué cumple un proceso y con qué evidencia.")
COMMANDS = [compliance]


@compliance.command("report")
@click.option("--process", "slug", required=True, help="Nombre del proceso en su dirección.")
@click.option("--json", "as_json", is_flag=True, help="Informe en JSON.")
def report(slug: str, as_json: bool) -> None:
    """Dice qué cumple el proceso hoy: la regla, la meta y los hechos de cada requisito. Es una estimación, no una evaluación del IRM."""
    process = processes.process_by_slug(slug)
    if process is None:
        click.echo(f"No hay un proceso «{slug}». Revise el nombre en la dirección de su página.", err=True)
        sys.exit(1)
    judgement = queries.judge(process, clock.now())
    with current_app.test_request_context(base_url=current_app.config["SITE_URL"]):
        if as_json:
            click.echo(json.dumps(documents.as_json(judgement, queries.irm_result(process.id)), ensure_ascii=False, indent=1))
            return
        click.echo(str(messages.BANNER))
        for finding in judgement.findings.values():
            rule, goal = messages.light(finding, finding.rule), messages.light(finding, finding.goal)
            click.echo(f"{finding.id:<13} {rule:<26} meta: {goal}")
            for sentence in messages.advice(finding):
                click.echo(f"{'':<13} {sentence}")


def visit_sites(now: datetime) -> str:
    """Visit what is due as somebody without an account; nothing of the database is held meanwhile."""
    due = services.visits_due(now)
    db.session.rollback()
    found = [services.visit(visit) for visit in due]
    failed = 0
    for result in found:
        kept = services.keep_visit(result, now=now)
        failed += kept is not None and not kept.is_ok
    return f"Visitas al sitio: {len(found)}; con fallas: {failed}." if found else ""


def check_requirements(now: datetime) -> str:
    """Once a day keep what every requirement was found to be; changes and warnings go out with it."""
    checked = services.check_all(now)
    return f"Requisitos revisados en {checked} procesos." if checked else ""


JOBS = [visit_sites, check_requirements]
