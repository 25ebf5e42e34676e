"""Before the count nothing but turnout is told, to anybody, by any door; and no output holds what could be joined (B11, B12)."""

import json
import logging
import re
from datetime import timedelta
from unittest import mock

from flask import Flask

from app.audit.models import AuditEntry
from app.core.db import db
from app.voting import services
from app.voting.models import Ballot, Vote
from app.voting.rules import Channel
from app.voting.services import Pass
from app.voting.views import QUIET, Quiet
from tests.cast import EVERYBODY, LUIS, MATEO, MILA, OLGA
from tests.factories.voting import on_roll
from tests.security.rich import build_rich_world
from tests.security.rich_voting import VOTE
from tests.security.walk import READING, client_of, doors, knock
from tests.world import NOON

WALKED = ("/procesos/<slug>/vot", "/mesa/procesos/<slug>/vot", "/procesos/<slug>/presupuesto", "/datos", "/registro", "/mesa")
BALLOTS = 23


def test_b12_no_door_tells_a_result_before_the_count(app: Flask, database: None) -> None:
    """Every address about votes, registers and data, as everybody: no ballot, no receipt, no count of a project."""
    with app.app_context():
        world = build_rich_world()
        vote = db.session.query(Vote).filter_by(slug=VOTE).one()
        for n in range(BALLOTS):
            services.cast(vote, Pass(Channel.WEB, on_roll(vote, f"{70_000_000 + n}")), [[2, 1]], now=NOON)
        db.session.commit()
        hidden = {ballot.id for ballot in db.session.query(Ballot)}
        db.session.remove()
    people = [None, *(member for member in EVERYBODY if member not in (MATEO, LUIS, OLGA)), MILA]  # one of each role
    leaks = []
    with mock.patch("app.core.clock.now", lambda: NOON + timedelta(hours=3)):
        chosen = [door for door in doors(app, world, READING) if str(door.rule.rule).startswith(WALKED)]
        for person in people:
            client = client_of(app, world, person)
            for door in chosen:
                if "vot" not in str(door.rule.rule) and person not in (None, MILA):
                    continue
                body = knock(client, door, app).get_data().decode(errors="replace")
                told = re.sub(r"<[^>]*>", " ", body)
                found = [word for word in hidden if word in body]
                counts = re.findall(rf"\b{BALLOTS}\b (?:votos|votantes|personas votaron|papeletas)", told)
                if found or counts:
                    leaks.append((door.name, person.name if person else "nobody", found[:1] or counts))
    assert len(chosen) > 20 and leaks == []


def test_b12_turnout_is_the_only_number_and_not_the_present_one(app: Flask, database: None) -> None:
    with app.app_context():
        world = build_rich_world()
        vote = db.session.query(Vote).filter_by(slug=VOTE).one()
        for n in range(BALLOTS):
            services.cast(vote, Pass(Channel.WEB, on_roll(vote, f"{70_000_000 + n}")), [[2, 1]], now=NOON)
            services.publish_turnout(vote, now=NOON)
        db.session.commit()
        db.session.remove()
    with mock.patch("app.core.clock.now", lambda: NOON + timedelta(hours=3)):
        page = client_of(app, world, None).get("/procesos/plan-prueba/votaciones/votacion").get_data(as_text=True)
    assert ">10<" in page and str(BALLOTS) not in re.sub(r"\d{4}|[0-9a-f]{64}", "", re.sub(r"<[^>]*>", " ", page)).split()


def test_b11_access_logs_leave_the_ballot_out() -> None:
    def line(path: str) -> logging.LogRecord:
        return logging.LogRecord("granian.access", logging.INFO, "", 0, '"POST %s HTTP/1.1" 303', (path,), None)

    base = "/procesos/plan/votaciones/v1"
    for path in ("votar", "votar/codigo", "votar/impreso", "revisar", "constancia", "comprobar", "mi-marca", "cabina/abc"):
        assert not Quiet().filter(line(f"{base}/{path}")), path
    assert Quiet().filter(line(base)) and Quiet().filter(line("/procesos/plan"))
    assert QUIET.search(f"{base}/votar") is not None
    assert any(isinstance(known, Quiet) for known in logging.getLogger("granian.access").filters)


def test_b11_the_register_holds_no_ballot_and_nobody(app: Flask, database: None) -> None:
    with app.app_context():
        build_rich_world()
        vote = db.session.query(Vote).filter_by(slug=VOTE).one()
        key = on_roll(vote, "71717171")
        before = db.session.query(AuditEntry).count()
        services.cast(vote, Pass(Channel.WEB, key), [[2, 1]], now=NOON)
        db.session.commit()
        assert db.session.query(AuditEntry).count() == before, "an act with its time beside a ballot could be joined to it"
        assert not any(key in entry.body or "71717171" in entry.body for entry in db.session.query(AuditEntry))
        assert json.loads(db.session.query(AuditEntry).first().body)
