"""A real mail server that keeps whole letters, so that a person can open hers and follow its link."""

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from scripts.post.office import PostOffice


class Mailbox(PostOffice):
    def __init__(self) -> None:
        super().__init__(lambda _address: True)
        self.kept: list[EmailMessage] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        letter = message_from_bytes(envelope.content, policy=default)
        assert isinstance(letter, EmailMessage)
        self.kept.append(letter)
        return "250 accepted"

    def words_to(self, address: str, about: str) -> str:
        """The plain text of the newest letter to an address that names a code."""
        found = [text for letter in self.kept if address in str(letter["To"]) and about in (text := plain(letter))]
        assert found, f"no letter to {address} about {about}"
        return found[-1]


def plain(letter: EmailMessage) -> str:
    body = letter.get_body(("plain",))
    assert body is not None
    return str(body.get_content())
