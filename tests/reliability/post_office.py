"""A scratch site whose outbox is full of letters, and the worker that takes them out."""

from pathlib import Path

from flask_migrate import upgrade

from app.core.clock import now
from app.core.db import db
from app.factory import create_app
from app.notifications.services import NewLetter, queue_many
from config import Config
from scripts.post.office import PostOffice
from scripts.post.postman import Postman
from tests.conftest import SECRET
from tests.factories.letters import answered, current
from tests.world import build_world

TWICE = 20
"""How many people get two letters: these must arrive in the order in which they were written."""


def post_office() -> PostOffice:
    """Closed; it keeps the letters to the people of `Outbox`."""
    return PostOffice(lambda address: address.startswith("persona"))


class Outbox(Postman):
    """A scratch site whose outbox holds `count` letters to as many people, twenty of whom get two; and its worker."""

    def __init__(self, folder: Path, port: int, count: int) -> None:
        environ = {"SECRET_KEY": SECRET, "DATA_DIR": str(folder), "SITE_URL": "http://localhost"}
        super().__init__(folder, environ, port, "dedupe_key LIKE 'r08:%'")
        self._fill(count)

    def _fill(self, count: int) -> None:
        app = create_app(Config(self.environ))
        with app.app_context():
            upgrade()
            world = build_world()
            db.session.commit()
            answer = current(answered(world, email=""))
            content = {
                "code": "PRB-C-0001", "title": "Monitores", "process": "Plan de prueba", "space": "Municipalidad de Prueba",
                "said": "Pido monitores.", "outcome": "not_adopted", "text": answer.text, "version": 1, "organisation": "Gerencia de Obras",
                "reply_to": "foro@example.pe", "reply_until": "martes 30 de marzo", "said_language": "es",
                "link": "http://localhost/aportes/PRB-C-0001/respuesta",
            }  # fmt: skip
            letters = [NewLetter(f"persona{n}@example.pe", "contribution", 1, content, f"r08:{n}") for n in range(count - TWICE)]
            letters += [NewLetter(f"persona{n}@example.pe", "contribution", 1, content, f"r08:{n}:otra") for n in range(TWICE)]
            assert queue_many("feedback.answered", letters, at=now()) == count
            db.session.commit()
            db.session.remove()
            db.engine.dispose()
