"""The database: one handle, one naming convention, instants always in UTC, SQLite made durable."""

from collections.abc import Callable
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from flask import g, has_request_context, request
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session
from sqlalchemy import ColumnElement, Connection, DateTime, Engine, Enum, Integer, MetaData, bindparam, event, literal_column
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, registry
from sqlalchemy.types import TypeDecorator

try:  # the wheel carries a SQLite without the WAL-reset fault; other machines use their own
    from pysqlite3 import dbapi2 as sqlite_driver
except ImportError:  # pragma: no cover - depends on the machine
    import sqlite3 as sqlite_driver

BUSY_TIMEOUT_MS = 8_000
REPLICA = "replica"
NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


def _text_values(kind: type[StrEnum]) -> list[str]:
    return [member.value for member in kind]


class Base(DeclarativeBase):
    """Enums are stored as the text of their values, so that a row reads the same in every database."""

    registry = registry(
        metadata=MetaData(naming_convention=NAMING),
        type_annotation_map={StrEnum: Enum(StrEnum, native_enum=False, length=40, values_callable=_text_values)},
    )


class RoutingSession(Session):
    """Reads of public pages go to the replica when there is one; everything else to the primary database."""

    def get_bind(self, *args: Any, **kwargs: Any) -> Engine | Connection:
        if has_request_context() and g.get("reads_replica") and REPLICA in db.engines:
            return db.engines[REPLICA]
        return super().get_bind(*args, **kwargs)


db = SQLAlchemy(model_class=Base, session_options={"class_": RoutingSession})

if TYPE_CHECKING:

    class Model(Base):
        __abstract__ = True
else:
    Model = db.Model


class UTCDateTime(TypeDecorator[datetime]):
    """An instant, stored without zone in UTC; a naive value is refused."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs its zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any] | None:
        """SQLite keeps text: read in one step, because a list has thirty instants."""
        return _instant if dialect.name == "sqlite" else super().result_processor(dialect, coltype)


def _instant(stored: str | None) -> datetime | None:
    return None if stored is None else datetime.fromisoformat(stored + "+00:00")


def engine_options(url: str) -> dict[str, Any]:
    """Options for the engine of `url`: the good SQLite driver, or a pool that survives a restart of the server."""
    if url.startswith("sqlite"):
        return {"module": sqlite_driver, "connect_args": {"timeout": BUSY_TIMEOUT_MS / 1000}}
    return {"pool_pre_ping": True, "pool_size": 8}


def make_durable(engine: Engine) -> None:
    """On SQLite: WAL, full sync, foreign keys, and writers that take the lock when they begin (reliability.md R02, R04)."""
    if engine.dialect.name != "sqlite":
        return

    @event.listens_for(engine, "connect")
    def _settings(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={BUSY_TIMEOUT_MS}"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    def begin(connection: Any) -> None:
        only_reads = has_request_context() and request.method in ("GET", "HEAD", "OPTIONS")
        connection.driver_connection.execute("BEGIN" if only_reads else "BEGIN IMMEDIATE")

    engine.dialect.do_begin = begin  # type: ignore[assignment] # an event would make every statement look for listeners


def given(name: str) -> ColumnElement[int]:
    """A whole number given when the statement runs. Once ANALYZE has sampled the tables, SQLite plans a statement anew for each value of a
    bare parameter it could look up in the samples, which costs more than running it; a sum it does not look up."""
    return bindparam(name, type_=Integer) + literal_column("0", Integer)


def reader() -> Connection:
    """One connection for a request that only reads what is public: no session, one snapshot; `close_reader` ends it."""
    kept: Connection | None = g.get("reader")
    if kept is None:
        engines = db.engines
        kept = g.reader = (engines.get(REPLICA) or engines[None]).connect()
    return kept


def connection() -> Connection:
    """Where plain statements run: on the reader this request opened, or in the transaction of the session."""
    return g.get("reader") or db.session.connection()


def close_reader(_problem: BaseException | None) -> None:
    kept = g.pop("reader", None)
    if kept is not None:
        kept.close()


def is_sqlite() -> bool:
    return db.engine.dialect.name == "sqlite"
