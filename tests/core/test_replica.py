"""Public pages read from the replica when there is one; people at work never do."""

import shutil

from app.core.db import db
from app.factory import create_app
from app.processes.models import Process
from config import Config
from tests.browser import Browser
from tests.cast import SARA
from tests.conftest import SECRET


def test_the_public_reads_the_replica_and_the_desk_reads_the_primary(app, world, data_dir, tmp_path):
    replica = tmp_path / "replica.db"
    with app.app_context():
        raw = db.engine.raw_connection()
        raw.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        raw.close()
        shutil.copyfile(data_dir / "minka.db", replica)
        db.session.get(Process, world.process_id).title = "Título nuevo en la principal"
        db.session.commit()
    environ = {
        "SECRET_KEY": SECRET,
        "DATA_DIR": str(data_dir),
        "SITE_URL": "http://localhost",
        "DATABASE_REPLICA_URL": f"sqlite:///{replica}",
    }
    other = Browser(create_app(Config(environ, TESTING=True, WTF_CSRF_ENABLED=False)))
    assert "Plan de prueba" in other.get("portal.process", slug=world.slug)
    assert "Título nuevo en la principal" in other.sign_in(SARA).get("desk.index")
    with other.app.app_context():
        for engine in db.engines.values():
            engine.dispose()
