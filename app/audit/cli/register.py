"""`flask audit verify|change-key`, and what the worker does for the register each round."""

import time
from datetime import datetime, timedelta
from pathlib import Path

import click
from flask.cli import AppGroup

from app.audit import messages, queries, services
from app.audit.documents import verify as proof
from app.core import clock
from app.core.db import db

CHECK_EVERY = timedelta(hours=24)
audit = AppGroup("audit", help="El registro público.")
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@audit.command("verify")
@click.option("--bundle", type=FILE, help="Comprueba una prueba descargada, no la base de datos.")
@click.option("--note", "notes", multiple=True, type=FILE, help="Punto de control guardado fuera. Se puede repetir.")
def verify(bundle: Path | None, notes: tuple[Path, ...]) -> None:
    """Recalcula la cadena completa y sus puntos de control; sale con 1 y nombra el primer acto malo si algo cambió."""
    if bundle is not None:
        raise SystemExit(proof.main([str(bundle), *map(str, notes)]))
    began = time.perf_counter()
    verdict = queries.verdict()
    if not verdict.is_sound:
        click.echo(f"Registro alterado: el acto {verdict.first_bad} no coincide. Los {verdict.good} anteriores están bien.", err=True)
        raise SystemExit(1)
    try:
        trusted = services.public_key_of_file()
    except services.KeyUnavailable as trouble:
        trusted = ""
        click.echo(f"La llave no se puede leer ({trouble}): se comprueba con las llaves publicadas.", err=True)
    first_bad = queries.first_unproved(trusted)
    if first_bad is None:
        first_bad = min((bad for note in notes if (bad := queries.first_against(note.read_text("utf-8"))) is not None), default=None)
    if first_bad is not None:
        click.echo(f"Registro alterado: desde el acto {first_bad} no coincide con un punto de control.", err=True)
        raise SystemExit(1)
    newest = queries.newest()
    click.echo(f"Actos: {verdict.good}")
    click.echo(f"Última huella: {verdict.head}")
    click.echo(f"Último acto: {newest.action} {newest.subject_ref}" if newest else "El registro está vacío.")
    for line in _outside(clock.now()):
        click.echo(line)
    click.echo(f"Comprobado en {time.perf_counter() - began:.2f} s.")


def _outside(now: datetime) -> list[str]:
    """The last checkpoint and the last anchor, with their age."""
    last, anchor = queries.newest_checkpoint(), queries.newest_anchor()
    said = [
        f"Último punto de control: actos 1 a {last.size}, {messages.age(now - last.made_at)}."
        if last
        else "Puntos de control firmados: ninguno todavía."
    ]
    if anchor is not None and anchor.at is not None:
        said.append(f"Última constancia de fuera: actos 1 a {anchor.checkpoint.size}, {messages.age(now - anchor.at)}.")
    else:
        said.append("Constancias de fuera: ninguna todavía. Defina TSA_URL y TSA_CERTS, o invite a seguir el registro por correo.")
    return said


@audit.command("change-key")
def change_key() -> None:
    """Crea otra llave para firmar el registro; el cambio queda como acto público y la llave anterior sigue publicada."""
    try:
        new = services.change_key(clock.now())
    except services.KeyUnavailable as trouble:
        click.echo(f"No se pudo crear la llave: {trouble}.", err=True)
        raise SystemExit(1) from trouble
    db.session.commit()
    click.echo(f"Llave nueva: {new}")


def sign_register(now: datetime) -> str:
    """Sign what waits for the key, and the checkpoint of the day."""
    signed, trouble = services.sign_waiting(now)
    made = services.daily_checkpoint(now)
    if trouble:
        return f"Registro: la llave no se puede leer ({trouble}). Los puntos de control esperan su firma."
    if signed or made:
        return f"Registro: {signed + bool(made)} puntos de control firmados."
    return ""


def stamp_register(now: datetime) -> str:
    """Have new checkpoints stamped by the authority of TSA_URL."""
    done, trouble = services.stamp_due(now)
    said = [f"Registro: {done} sellos de tiempo."] if done else []
    return " ".join([*said, f"La autoridad de sellado no responde bien: {trouble}."] if trouble else said)


def check_register(now: datetime) -> str:
    """Recompute the whole register once a day."""
    last = queries.last_check()
    if last is not None and now - last.at < CHECK_EVERY:
        return ""
    found = services.check_register(now)
    return "" if found.first_bad is None else f"REGISTRO ALTERADO: desde el acto {found.first_bad}."


def record_release(now: datetime) -> str:
    """Write down when the program or its settings changed."""
    return "Registro: cambió el programa o su configuración." if services.record_release(now) else ""
