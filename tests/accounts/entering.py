"""What a person does with letters and an application while entering: reads the code, opens the link, types what the telephone shows."""

import re
from datetime import datetime

import pyotp
from flask import Flask

from app.accounts import services
from app.accounts.models import Authenticator, Person
from app.accounts.services.sealing import unseal
from app.core.db import db
from app.notifications.models import Notification
from tests.browser import Browser
from tests.cast import CastMember


def letters(app: Flask, address: str) -> list[Notification]:
    """Letters queued for that address, oldest first."""
    with app.app_context():
        found = db.session.query(Notification).filter_by(address=address).order_by(Notification.id).all()
        for letter in found:
            db.session.expunge(letter)
        return found


def code_sent_to(app: Flask, address: str) -> str:
    return letters(app, address)[-1].content["code"]


def link_sent_to(app: Flask, address: str) -> str:
    """The path of the link in the last letter."""
    return re.sub(r"^https?://[^/]+", "", letters(app, address)[-1].content["link"])


def give_authenticator(app: Flask, member: CastMember, now: datetime) -> tuple[str, list[str]]:
    """The person prepared an application some time before `now`: its secret and the codes of the sheet."""
    with app.app_context():
        person = db.session.query(Person).filter_by(email=member.email).one()
        secret = pyotp.random_base32()
        codes = services.add_authenticator(person, secret, pyotp.TOTP(secret).at(now), now=now)
        db.session.query(Authenticator).update({"last_step": 0})
        db.session.commit()
        return secret, codes


def secret_of(app: Flask, person_id: int) -> str:
    with app.app_context():
        held = db.session.get(Authenticator, person_id)
        assert held is not None
        return unseal(held.sealed_secret, f"authenticator:{person_id}") or ""


def enter_with_code(app: Flask, browser: Browser, address: str) -> None:
    """Asks for a code and types it; ends wherever that leads."""
    browser.post("accounts.send_code", {"email": address})
    browser.post("accounts.prove_code", {"code": code_sent_to(app, address)})
