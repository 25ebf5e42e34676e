"""Runs migrations on SQLite and PostgreSQL alike."""

from alembic import context
from flask import current_app
from sqlalchemy import text

LEFT_TO_SQL = ("contribution_search",)


def include_name(name, kind, parent_names):
    """The search index is made by hand in SQL: FTS5 and tsvector are nothing autogenerate knows."""
    return not (kind in ("table", "index", "column") and name and name.startswith(LEFT_TO_SQL))


def render_item(kind, item, autogen_context):
    """Migrations never import the application: instants are written as what the database stores."""
    return "sa.DateTime()" if kind == "type" and type(item).__name__ == "UTCDateTime" else False


def run() -> None:
    db = current_app.extensions["migrate"].db
    engine = db.engine
    with engine.connect() as connection:
        is_sqlite = engine.dialect.name == "sqlite"
        if is_sqlite:  # batch mode rebuilds tables: with keys on, dropping the old one would delete children
            raw = connection.connection.driver_connection
            raw.execute("PRAGMA foreign_keys=OFF")
        else:
            connection.execute(text("SET lock_timeout = '4s'"))
            connection.commit()
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            render_as_batch=True,
            transactional_ddl=True,
            include_name=include_name,
            render_item=render_item,
            compare_type=True,
        )
        with context.begin_transaction():
            context.run_migrations()
            if is_sqlite:
                broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
                if broken:
                    raise RuntimeError(f"migration leaves rows without their parent: {broken[:5]}")
        if is_sqlite:
            raw.execute("PRAGMA foreign_keys=ON")


run()
