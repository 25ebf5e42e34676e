"""`flask worker`: sends the letters of the outbox."""

import logging
import smtplib
import time
from collections.abc import Callable
from datetime import datetime

import click
from flask import current_app
from flask.cli import with_appcontext

from app.core import clock, restored
from app.core.db import db
from app.notifications import queries, services
from app.notifications.rules import MailServer, NotificationState, mail_server

PAUSE_SECONDS = 5.0
log = logging.getLogger(__name__)


def deliver_due(now: Callable[[], datetime]) -> services.Round:
    """Send every letter whose turn has come, one commit after another; several workers may run at once.

    Raises ValueError when MAIL_URL cannot be read. Without MAIL_URL, or on a site just restored, nothing is touched.
    """
    done = services.Round()
    url = current_app.config["MAIL_URL"]
    if not url or restored.is_marked():
        return done
    server = mail_server(url)
    connection: smtplib.SMTP | None = None
    try:
        while ids := queries.due(now()):
            db.session.rollback()  # lets go of the database while the server is talked to
            for notification_id in ids:
                connection = _one(notification_id, connection, server, done, now)
                if done.is_server_down:
                    return done
    finally:
        services.close(connection)
        db.session.rollback()
    return done


def _one(
    notification_id: int, connection: smtplib.SMTP | None, server: MailServer, done: services.Round, now: Callable[[], datetime]
) -> smtplib.SMTP | None:
    """Lease, send and settle one letter; gives the connection to go on with."""
    is_ours = services.lease(notification_id, now())
    db.session.commit()
    letter = queries.letter(notification_id) if is_ours else None
    if letter is None:
        return connection
    try:
        connection = connection or services.connect(server)
        services.deliver(connection, letter, server, done, now())
    except services.ServerUnavailable as failure:
        services.put_off(letter, str(failure), done, now())
        done.is_server_down = True
    db.session.commit()
    return connection


def run_jobs(now: datetime, *, long: bool = False) -> list[str]:
    """Run what each package does by the clock (`JOBS` in its cli room): each in its own transaction, one failure never stops the next.

    A job takes the instant, commits nothing, may be repeated, and returns a sentence for the operator or an empty one. `long`: those
    that may take a minute (`LONG_JOBS`), for which no letter waits.
    """
    said = []
    for job in current_app.extensions["minka.long_jobs" if long else "minka.jobs"]:
        try:
            sentence = job(now)
            db.session.commit()
        except Exception as failure:
            db.session.rollback()
            log.exception("job %s failed", job.__name__)
            sentence = f"{job.__name__}: {type(failure).__name__}"
        if sentence:
            said.append(sentence)
    db.session.remove()
    return said


@click.command("worker")
@click.option("--once", is_flag=True, help="Envía lo que está por enviar y termina.")
@with_appcontext
def worker(once: bool) -> None:
    """Hace lo que tiene hora fijada y envía las cartas de la bandeja de salida por MAIL_URL; sin ella quedan guardadas."""
    if not current_app.config["MAIL_URL"]:
        waiting = queries.count(NotificationState.QUEUED)
        click.echo(f"Hay {waiting} cartas en la bandeja de salida. Defina MAIL_URL para enviarlas.")
    elif restored.is_marked():
        click.echo("Sitio restaurado: el correo espera a «flask backup mail-on».")
    while True:
        for sentence in run_jobs(clock.now()):
            click.echo(sentence)
        try:
            done = deliver_due(clock.now)
        except ValueError as refusal:
            click.echo(str(refusal), err=True)
            raise SystemExit(2) from refusal
        if once or done.sent or done.retried or done.dead:
            click.echo(f"Enviadas: {done.sent}. Por reintentar: {done.retried}. Sin entregar: {done.dead}.")
        if done.is_server_down:
            click.echo("El servidor de correo no responde; se intentará de nuevo.", err=True)
        for sentence in run_jobs(clock.now(), long=True):
            click.echo(sentence)
        if once:
            return
        db.session.remove()
        time.sleep(PAUSE_SECONDS)


COMMANDS = [worker]
