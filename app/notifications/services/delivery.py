"""Delivering letters: lease, render, send, settle. The worker commits after leasing and after settling each letter.

A letter is sent once, unless the machine dies between sending and settling it (RFC 5321 6.1); then it is repeated with
the same Message-ID.
"""

import logging
import smtplib
import ssl
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from typing import Any
from urllib.parse import urlsplit

from flask import current_app, render_template
from jinja2 import TemplateError, TemplateNotFound
from sqlalchemy import update

from app.core import languages
from app.core.db import db
from app.core.text import trusted
from app.notifications.models import Notification
from app.notifications.rules import MailServer, NotificationState, is_address, is_for_ever, next_attempt, one_line

LEASE = timedelta(minutes=5)
PATIENCE_SECONDS = 20
LONGEST_ERROR = 300
GOODBYE = 421
log = logging.getLogger(__name__)


class ServerUnavailable(Exception):
    """The mail server does not answer or does not let us in: no letter is to blame."""


@dataclass
class Round:
    """What a round of deliveries did. `is_server_down` when it ended because the server did not answer."""

    sent: int = 0
    retried: int = 0
    dead: int = 0
    is_server_down: bool = False


def lease(notification_id: int, now: datetime) -> bool:
    """Take the letter for five minutes; False when another worker has it. If this worker dies it becomes due again."""
    taken = db.session.execute(
        update(Notification)
        .where(Notification.id == notification_id, Notification.state == NotificationState.QUEUED, Notification.next_attempt_at <= now)
        .values(next_attempt_at=now + LEASE),
        execution_options={"synchronize_session": False},
    )
    return bool(taken.rowcount)  # type: ignore[attr-defined]


def deliver(connection: smtplib.SMTP, letter: Notification, server: MailServer, done: Round, now: datetime) -> None:
    """Send one leased letter and settle it. Raises ServerUnavailable when the connection is what failed."""
    try:
        message = compose(letter, server, now)
    except (TemplateError, ValueError, KeyError) as fault:
        log.exception("letter %s cannot be written", letter.id)
        put_off(letter, f"{type(fault).__name__}: {fault}", done, now)
        return
    if not is_address(letter.address):
        _bury(letter, "address refused", done, now)
        return
    try:
        connection.send_message(message, to_addrs=[letter.address])
    except smtplib.SMTPRecipientsRefused as refusal:
        code, words = next(iter(refusal.recipients.values()))
        _refused(letter, code, words, done, now)
    except smtplib.SMTPResponseException as refusal:
        _refused(letter, refusal.smtp_code, refusal.smtp_error, done, now)
    except (smtplib.SMTPException, OSError) as failure:
        raise ServerUnavailable(f"{type(failure).__name__}: {failure}") from failure
    else:
        letter.state, letter.sent_at, letter.last_error = NotificationState.SENT, now, ""
        done.sent += 1


def _refused(letter: Notification, code: int, words: bytes | str, done: Round, now: datetime) -> None:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    if code == GOODBYE:
        raise ServerUnavailable(f"{code} {text}")
    if is_for_ever(code):
        _bury(letter, f"{code} {text}", done, now)
    else:
        put_off(letter, f"{code} {text}", done, now)


def put_off(letter: Notification, error: str, done: Round, now: datetime) -> None:
    """Settle a failure that may pass: another try later, or giving up after about two days."""
    letter.attempts += 1
    letter.last_error = one_line(error)[:LONGEST_ERROR]
    again = next_attempt(letter.attempts, now)
    if again is None:
        letter.state, letter.next_attempt_at = NotificationState.DEAD, now
        done.dead += 1
    else:
        letter.next_attempt_at = again
        done.retried += 1


def _bury(letter: Notification, error: str, done: Round, now: datetime) -> None:
    letter.attempts += 1
    letter.state, letter.last_error = NotificationState.DEAD, one_line(error)[:LONGEST_ERROR]
    letter.next_attempt_at = now
    done.dead += 1


def compose(letter: Notification, server: MailServer, now: datetime) -> EmailMessage:
    """The letter as a message with text and HTML; its Message-ID is the one it was queued with."""
    package, _, name = letter.kind.partition(".")
    folder = f"emails/{package}/{name}"
    content = {**letter.content, "instant": _instant}
    site = current_app.config["SITE_URL"]
    with current_app.test_request_context(base_url=site), languages.speaking(letter.locale):
        subject = one_line(render_template(f"{folder}.subject.txt", **content))
        text = render_template(f"{folder}.txt", **content).strip() + "\n"
        body = trusted(render_template(f"{folder}.html", **content))
        html = render_template("layouts/email.html", letter=body, subject=subject)
        leave = _leaving(folder, content)
    message = EmailMessage(policy=SMTP)
    message["Subject"] = subject
    message["From"] = _sender(server, site)
    message["To"] = Address(addr_spec=letter.address) if is_address(letter.address) else "undisclosed-recipients:;"
    message["Date"] = format_datetime(now)
    message["Message-ID"] = letter.message_id
    message["Auto-Submitted"] = "auto-generated"
    if leave:  # RFC 8058: a button of the mail program, which asks for the address with POST
        message["List-Unsubscribe"] = f"<{site}{leave}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(text, cte="quoted-printable")
    message.add_alternative(html, subtype="html", cte="quoted-printable")
    if calendar := content.get("calendar"):
        message.add_attachment(calendar, subtype="calendar", filename="actividad.ics", params={"method": "PUBLISH"})
    return message


def _leaving(folder: str, content: dict[str, Any]) -> str:
    """The path that ends letters of this kind, for those that have <name>.leave.txt; empty for the others."""
    try:
        return one_line(render_template(f"{folder}.leave.txt", **content))
    except TemplateNotFound:
        return ""


def _instant(text: str | None) -> datetime | None:
    """For templates: the instant that a text of the letter's content writes, or None when it is something else."""
    try:
        return datetime.fromisoformat(text) if text and "T" in text else None
    except ValueError:
        return None


def _sender(server: MailServer, site: str) -> Address:
    name, address = parseaddr(one_line(server.sender))
    return Address(name or "Minka", addr_spec=address if is_address(address) else f"minka@{urlsplit(site).hostname or 'localhost'}")


def connect(server: MailServer) -> smtplib.SMTP:
    """A connection that is ready to send: TLS when there is any, signed in when there is a user. Raises ServerUnavailable."""
    context = ssl.create_default_context()
    try:
        if server.is_tls:
            connection: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=PATIENCE_SECONDS, context=context)
        else:
            connection = smtplib.SMTP(server.host, server.port, timeout=PATIENCE_SECONDS)
            connection.ehlo()
            if connection.has_extn("starttls"):
                connection.starttls(context=context)
                connection.ehlo()
        if server.user:
            connection.login(server.user, server.password)
    except (smtplib.SMTPException, OSError) as failure:
        raise ServerUnavailable(f"{type(failure).__name__}: {failure}") from failure
    return connection


def close(connection: smtplib.SMTP | None) -> None:
    """Say goodbye to the server, if anybody is there."""
    if connection is None:
        return
    try:
        connection.quit()
    except (smtplib.SMTPException, OSError):
        connection.close()
