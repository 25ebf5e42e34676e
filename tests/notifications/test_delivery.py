"""Letters delivered to a real SMTP server that fails and comes back."""

import socket
from collections.abc import Iterator
from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import Message
from email.policy import default
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from flask import Flask

from app.core.db import db
from app.notifications import queries, services
from app.notifications.cli import deliver_due
from app.notifications.models import Notification
from app.notifications.rules import NotificationState
from tests.world import NOON


class Mailbox:
    """An SMTP server that keeps what it accepts and answers what it is told to."""

    def __init__(self) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.letters: list[Message] = []
        self.answers: dict[str, str] = {}
        self.controller: Controller | None = None

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802 - aiosmtpd's name
        answer = self.answers.get(address, "250 OK")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        self.letters.append(message_from_bytes(envelope.content, policy=default))
        return "250 accepted"

    def start(self) -> None:
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self.controller.start()

    def stop(self) -> None:
        if self.controller:
            self.controller.stop()
            self.controller = None


@pytest.fixture
def mailbox(app: Flask, context: None) -> Iterator[Mailbox]:
    box = Mailbox()
    before = app.config["MAIL_URL"]
    app.config["MAIL_URL"] = f"smtp://127.0.0.1:{box.port}?from=avisos@example.pe"
    box.start()
    yield box
    box.stop()
    app.config["MAIL_URL"] = before


MOVES = [
    {
        "kind": "opportunity",
        "change": "place",
        "title": "Taller <de> Ccorca",
        "before": "Local comunal",
        "after": "Colegio",
        "days": 7,
        "is_short": True,
    },
    {
        "kind": "start",
        "change": "moved",
        "title": "",
        "before": "2027-03-15T13:00:00+00:00",
        "after": "2027-03-16T13:00:00+00:00",
        "days": 3,
        "is_short": True,
    },
]


def write(address: str, key: str, process: str = "Plan de prueba") -> None:
    services.queue(
        "processes.schedule-changed",
        address=address,
        subject_kind="process",
        subject_id=1,
        dedupe_key=key,
        at=NOON,
        content={
            "process": process,
            "slug": "plan-prueba",
            "space": "Municipalidad",
            "version": 2,
            "reason": "El local cerró.",
            "is_short_notice": True,
            "moves": MOVES,
        },
    )
    db.session.commit()


class Clock:
    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


def test_a_letter_says_what_moved_in_text_and_html(mailbox: Mailbox) -> None:
    write("rosa@example.pe", "a")
    done = deliver_due(Clock())
    assert (done.sent, done.retried, done.dead) == (1, 0, 0)
    (letter,) = mailbox.letters
    assert letter["Subject"] == "Cambio con aviso corto: Plan de prueba"
    assert (letter["To"], letter["From"]) == ("rosa@example.pe", "Minka <avisos@example.pe>")
    assert letter["Date"] and letter["Message-ID"] == db.session.query(Notification).one().message_id
    text = letter.get_body(("plain",)).get_content()  # type: ignore[attr-defined]
    html = letter.get_body(("html",)).get_content()  # type: ignore[attr-defined]
    assert "«Taller <de> Ccorca» cambia de lugar: antes Local comunal, ahora Colegio." in text
    assert "lunes 15 de marzo de 2027, 08:00 hora de Lima" in text
    assert "Motivo: El local cerró." in text and "http://localhost/procesos/plan-prueba/cronograma" in text
    assert "Taller &lt;de&gt; Ccorca" in html and "<html" in html
    assert deliver_due(Clock()).sent == 0
    assert len(mailbox.letters) == 1


def test_an_outage_loses_nothing_and_repeats_nothing(mailbox: Mailbox) -> None:
    for n in range(12):
        write(f"persona{n}@example.pe", f"k{n}")
    clock = Clock()
    mailbox.stop()
    down = deliver_due(clock)
    assert down.is_server_down and down.sent == 0 and down.retried == 1
    mailbox.start()
    for _round in range(5):
        clock.now += timedelta(minutes=6)
        deliver_due(clock)
    ids = [letter["Message-ID"] for letter in mailbox.letters]
    assert len(ids) == len(set(ids)) == 12
    assert queries.count(NotificationState.SENT) == 12


def test_a_temporary_refusal_is_tried_again_and_a_final_one_is_not(mailbox: Mailbox) -> None:
    mailbox.answers = {"luego@example.pe": "451 try later", "nadie@example.pe": "550 no such user"}
    for address in ("luego@example.pe", "nadie@example.pe", "rosa@example.pe"):
        write(address, address)
    clock = Clock()
    done = deliver_due(clock)
    assert (done.sent, done.retried, done.dead) == (1, 1, 1)
    mailbox.answers = {}
    clock.now += timedelta(minutes=2)
    deliver_due(clock)
    assert sorted(letter["To"] for letter in mailbox.letters) == ["luego@example.pe", "rosa@example.pe"]
    dead = db.session.query(Notification).filter_by(state=NotificationState.DEAD).one()
    assert "550" in dead.last_error


def test_letters_to_one_address_keep_their_order(mailbox: Mailbox) -> None:
    mailbox.answers = {"rosa@example.pe": "451 later"}
    write("rosa@example.pe", "first", "Primera")
    clock = Clock()
    deliver_due(clock)
    write("rosa@example.pe", "second", "Segunda")
    mailbox.answers = {}
    assert deliver_due(clock).sent == 0
    clock.now += timedelta(minutes=2)
    deliver_due(clock)
    assert [str(letter["Subject"]).rsplit(": ")[-1] for letter in mailbox.letters] == ["Primera", "Segunda"]


def test_nothing_written_by_people_adds_a_header(mailbox: Mailbox) -> None:
    write("rosa@example.pe", "a", "Plan\r\nBcc: espia@example.pe\r\n\r\nOtro cuerpo")
    write("rosa@example.pe\r\nBcc: espia@example.pe", "b")
    done = deliver_due(Clock())
    assert (done.sent, done.dead) == (1, 1)
    (letter,) = mailbox.letters
    assert letter["Bcc"] is None and len(letter.get_all("Subject") or []) == 1 and len(letter.get_all("To") or []) == 1


def test_a_letter_another_worker_holds_is_left_alone(mailbox: Mailbox) -> None:
    write("rosa@example.pe", "a")
    letter = db.session.query(Notification).one()
    letter.next_attempt_at = NOON + timedelta(minutes=5)
    db.session.commit()
    clock = Clock()
    assert deliver_due(clock).sent == 0
    clock.now += timedelta(minutes=6)  # that worker died: its lease is over
    assert deliver_due(clock).sent == 1


def test_a_kind_without_texts_waits_instead_of_being_lost(mailbox: Mailbox) -> None:
    services.queue(
        "processes.unknown", address="rosa@example.pe", subject_kind="process", subject_id=1, content={}, dedupe_key="x", at=NOON
    )
    db.session.commit()
    assert deliver_due(Clock()).retried == 1


def test_without_mail_url_letters_stay_and_the_worker_says_so(app: Flask, context: None) -> None:
    write("rosa@example.pe", "a")
    result = app.test_cli_runner().invoke(args=["worker", "--once"])
    assert result.exit_code == 0 and "Hay 1 cartas" in result.output
    assert queries.count(NotificationState.QUEUED) == 1


def test_the_worker_sends_once_and_stops(app: Flask, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.core.clock.now", lambda: NOON)
    write("rosa@example.pe", "a")
    result = app.test_cli_runner().invoke(args=["worker", "--once"])
    assert result.exit_code == 0 and "Enviadas: 1" in result.output


def test_no_letter_waits_for_what_takes_a_minute(app: Flask, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.core.clock.now", lambda: NOON)
    write("rosa@example.pe", "a")
    gone_before: list[int] = []

    def slow(_now: datetime) -> str:
        gone_before.append(len(mailbox.letters))
        return "Informes en PDF: uno."

    monkeypatch.setitem(app.extensions, "minka.long_jobs", [slow])
    result = app.test_cli_runner().invoke(args=["worker", "--once"])
    assert gone_before == [1] and "Informes en PDF: uno." in result.output


def test_drawing_long_reports_is_what_no_letter_waits_for(app: Flask) -> None:
    assert "draw_reports" in [job.__name__ for job in app.extensions["minka.long_jobs"]]
    assert "draw_reports" not in [job.__name__ for job in app.extensions["minka.jobs"]]
