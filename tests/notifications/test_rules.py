"""Reading MAIL_URL, trying again, and refusing what could add a header."""

import pytest

from app.notifications.rules import MailServer, is_address, is_for_ever, mail_server, next_attempt, one_line
from tests.world import NOON


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://localhost", MailServer("localhost", 25)),
        ("smtp://ana:cl%40ve@correo.example.pe", MailServer("correo.example.pe", 587, "ana", "cl@ve")),
        (
            "smtps://correo.example.pe?from=Minka%20%3Cavisos@example.pe%3E",
            MailServer("correo.example.pe", 465, is_tls=True, sender="Minka <avisos@example.pe>"),
        ),
        ("smtp://127.0.0.1:2525", MailServer("127.0.0.1", 2525)),
    ],
)
def test_mail_url_says_where_and_from_whom(url: str, server: MailServer) -> None:
    assert mail_server(url) == server


@pytest.mark.parametrize("url", ["http://example.pe", "smtp://", "correo"])
def test_any_other_url_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="MAIL_URL"):
        mail_server(url)


def test_tries_spread_over_about_two_days_and_then_stop() -> None:
    waits = [next_attempt(n, NOON) for n in range(1, 13)]
    assert all(waits[:11]) and waits[11] is None
    total = sum((wait - NOON).total_seconds() for wait in waits[:11] if wait)
    assert 36 * 3600 < total < 60 * 3600


@pytest.mark.parametrize("text", ["a@b.pe\r\nBcc: x@y.pe", "a@b.pe, c@d.pe", "<a@b.pe>", "sin arroba", "a@", "@b.pe", "a b@c.pe"])
def test_what_could_be_two_recipients_or_a_header_is_no_address(text: str) -> None:
    assert not is_address(text)


def test_one_line_leaves_no_line_end() -> None:
    assert one_line("Hola\r\nBcc: x@y.pe\u2028fin") == "Hola Bcc: x@y.pe fin"
    assert is_address("rosa@example.pe")
    assert (is_for_ever(550), is_for_ever(451)) == (True, False)
