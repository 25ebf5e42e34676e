"""`flask demo load`."""

import json

import click
from flask import current_app
from flask.cli import AppGroup

from app.core import clock
from app.core.db import db
from app.demo import services
from app.demo.importing import demo_people
from app.demo.services.voting import TO_TRY, code_of
from app.processes import queries as processes

demo = AppGroup("demo", help="Contenido de demostración, con personas inventadas.")
COMMANDS = [demo]


@demo.command("load")
@click.option("--json", "as_json", is_flag=True, help="Procesos y personas en JSON.")
def load(as_json: bool) -> None:
    """Carga la demostración; repetirlo no cambia nada."""
    made = services.load(clock.now())
    db.session.commit()
    people = demo_people()
    if as_json:
        shown = [{"slug": process.slug, "kind": str(process.kind)} for process in processes.public_processes()]
        keys = ("email", "password", "roles")
        click.echo(json.dumps({"processes": shown, "people": [{key: p[key] for key in keys} for p in people]}, ensure_ascii=False))
        return
    click.echo(f"Demostración lista ({', '.join(made) or 'ya estaba cargada'}).")
    click.echo(f"Sitio: {current_app.config['SITE_URL']}")
    for person in people:
        click.echo(f"  {person['email']:<32} {person['does']}")
    click.echo(f"Clave de todas: {people[0]['password']}")
    click.echo(f"Votación abierta para probar: DNI {TO_TRY[0]} (la carta está en /demo/correo) o el código impreso {code_of(1)};")
    click.echo(f"  hay más en {current_app.config['SITE_URL']}/demo/papeletas")
