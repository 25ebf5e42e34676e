"""`flask audit verify`: recompute the whole register."""

import click
from flask.cli import AppGroup

from app.audit import queries

audit = AppGroup("audit", help="El registro público.")


@audit.command("verify")
def verify() -> None:
    """Recalcula la cadena completa; sale con 1 y nombra el primer acto malo si algo cambió."""
    verdict = queries.verdict()
    if not verdict.is_sound:
        click.echo(f"Registro alterado: el acto {verdict.first_bad} no coincide. Los {verdict.good} anteriores están bien.", err=True)
        raise SystemExit(1)
    newest = queries.newest()
    click.echo(f"Actos: {verdict.good}")
    click.echo(f"Última huella: {verdict.head}")
    click.echo(f"Último acto: {newest.action} {newest.subject_ref}" if newest else "El registro está vacío.")
    click.echo("Puntos de control firmados: ninguno todavía.")


COMMANDS = [audit]
