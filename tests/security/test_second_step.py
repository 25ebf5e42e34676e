"""Staff without a second step reach no staff page, by any door (S36)."""

import pytest
from flask import Flask

from tests.cast import CARMEN, MILA, ROSA, STAFF
from tests.security.rich import RichWorld
from tests.security.walk import client_of, doors, knock


def test_no_staff_page_opens_without_the_second_step(
    app: Flask, rich: RichWorld, nothing_is_kept: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "STAFF_SECOND_FACTOR", True)
    guarded = [door for door in doors(app, rich) if app.view_functions[door.endpoint].access.permission is not None]
    early = {door.endpoint for door in guarded if app.view_functions[door.endpoint].access.before_second_factor}
    assert len(guarded) > 150 and 0 < len(early) < 15
    for member in (*STAFF, MILA, CARMEN):
        client = client_of(app, rich, member)
        for door in guarded:
            if door.endpoint not in early:
                response = knock(client, door, app)
                assert response.status_code == 303 and response.location.startswith("/mi-cuenta/segundo-paso"), (member.name, door.name)
    citizen = client_of(app, rich, ROSA)
    assert citizen.get("/mi-cuenta").status_code == 200
