"""Every route times every person (S20). `python -m tests.security.matrix --write` writes what the code does today into matrix.csv;
a human then reads the difference against domain.md 13. The test compares, it never writes.
"""

import argparse
import csv
import sys
import tempfile
from pathlib import Path
from unittest import mock

from flask import Flask

from app.core.db import db
from tests import cast
from tests.security.rich import RichWorld, build_rich_world
from tests.security.walk import client_of, doors, knock, verdict
from tests.world import NOON

# a round has its own people: Mateo is an accredited agent of it, Mila runs it for the municipality, Carmen is of its vigilance committee
TABLE = Path(__file__).with_name("matrix.csv")
PEOPLE: dict[str, cast.CastMember | None] = {
    "anonymous": None, "rosa": cast.ROSA, "mateo": cast.MATEO, "ines": cast.INES, "marco": cast.MARCO, "ana": cast.ANA, "luis": cast.LUIS, "sara": cast.SARA,
    "gloria": cast.GLORIA, "felix": cast.FELIX, "vera": cast.VERA, "dario": cast.DARIO, "mila": cast.MILA,
    "carmen": cast.CARMEN, "olga": cast.OLGA,
}  # fmt: skip
COLUMNS = ("route", "method", *PEOPLE)
Row = dict[str, str]


def measured(app: Flask, world: RichWorld) -> dict[tuple[str, str], Row]:
    """What each person gets at each door. The caller sees to it that nothing is kept."""
    clients = {name: client_of(app, world, person) for name, person in PEOPLE.items()}
    cookies = {name: client.get_cookie(app.config["SESSION_COOKIE_NAME"]) for name, client in clients.items()}
    found: dict[tuple[str, str], Row] = {}
    broken: list[str] = []
    for door in doors(app, world):
        row = {"route": door.name, "method": door.method}
        for name, client in clients.items():
            response = knock(client, door, app)
            row[name] = verdict(response)
            if response.status_code >= 500:
                broken.append(f"{door.method} {door.name} as {name}: {response.text[:200]}")
            kept = cookies[name]
            if kept is not None:  # leaving the site, or changing the password, must not sign the next request out
                client.set_cookie(app.config["SESSION_COOKIE_NAME"], kept.value)
            else:
                client.delete_cookie(app.config["SESSION_COOKIE_NAME"])
        found[door.name, door.method] = row
    assert broken == [], "\n".join(broken)
    return found


def expected() -> dict[tuple[str, str], Row]:
    with open(TABLE, encoding="utf-8", newline="") as file:
        return {(row["route"], row["method"]): row for row in csv.DictReader(file, delimiter=";")}


def write(rows: dict[tuple[str, str], Row]) -> None:
    with open(TABLE, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, delimiter=";", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows[key] for key in sorted(rows))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="replace matrix.csv; read the difference afterwards")
    options = parser.parse_args()
    from flask_migrate import upgrade

    from app.factory import create_app
    from config import Config

    with tempfile.TemporaryDirectory() as folder:
        environ = {"SECRET_KEY": "x" * 32, "DATA_DIR": folder, "SITE_URL": "http://localhost"}
        app = create_app(Config(environ, TESTING=True, WTF_CSRF_ENABLED=False))
        with app.app_context():
            upgrade()
            world = build_rich_world()
            db.session.commit()
            db.session.remove()
        with mock.patch.object(db.session, "commit", db.session.flush), mock.patch("app.core.clock.now", lambda: NOON):
            rows = measured(app, world)
    if options.write:
        write(rows)
        return 0
    known = expected() if TABLE.exists() else {}
    different = [key for key in sorted(set(rows) | set(known)) if rows.get(key) != known.get(key)]
    for key in different:
        print(f"{key}\n  table: {known.get(key)}\n  now:   {rows.get(key)}", file=sys.stderr)
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
