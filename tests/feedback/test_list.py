"""The list of answers reads the same on each engine, also once its tables were sampled for planning."""

import pytest
from flask import Flask
from sqlalchemy import text

from app.core.clock import lima_day
from app.core.db import db
from app.feedback import queries
from app.feedback.rules.pile import AnswerFilters
from tests.feedback.answers import approve, process_of, publish, say
from tests.postgres import postgres_app, postgres_template  # noqa: F401 - fixtures
from tests.world import NOON, World, build_world


@pytest.mark.parametrize("engine", ["app", "postgres_app"])
def test_pages_follow_each_other_and_instants_are_in_utc(request: pytest.FixtureRequest, database: None, engine: str) -> None:
    app: Flask = request.getfixturevalue(engine)
    with app.app_context():
        world: World = build_world()
        said = [say(world, key) for key in ("uno", "dos", "tres")]
        publish(world, *[approve(world, contribution) for contribution in said])
        waiting = say(world, "cuatro")
        db.session.execute(text("ANALYZE"))
        db.session.commit()
        process = process_of(world)
        pages = [queries.answers(process.id, AnswerFilters(), number, 2) for number in (1, 2, 3)]
        assert [row.code for page in pages for row in page] == [contribution.code for contribution in reversed(said)]
        assert [len(page) for page in pages] == [2, 1, 0]
        assert {row.published_at for page in pages for row in page} == {NOON}
        head = queries.answers_head(process.id)
        assert (head.coverage.published, head.coverage.received) == (3, 4)
        assert head.oldest is not None and (head.oldest.code, lima_day(head.oldest.received_at)) == (waiting.code, lima_day(NOON))
        db.session.remove()
    shown = app.test_client().get(f"/procesos/{world.slug}/respuestas").get_data(as_text=True)
    assert all(f'id="{contribution_code}"' in shown for contribution_code in (row.code for page in pages for row in page))
