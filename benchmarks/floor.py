"""The floor: the page anybody would write with Flask, Flask-SQLAlchemy and Jinja, on the same 30 rows of the same database.

It reads them with the ORM in one query, as the same page measured for shared/figures.md did, and counts them in a second one.
Nothing else: no layout, no filters, no translations, no headers.
"""

from datetime import datetime
from pathlib import Path

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import ForeignKey, func, select
from sqlalchemy.orm import DeclarativeBase, Mapped, joinedload, mapped_column, relationship

from app.core.db import engine_options

PAGE = """<!doctype html><html lang="es"><head><meta charset="utf-8"><title>Respuestas</title></head><body><h1>Respuestas</h1>
<p>{{ total }} aportes</p>
{% for row in rows %}<article id="{{ row.contribution.code }}"><h2>{{ row.contribution.title }}</h2><p>{{ row.contribution.text }}</p>
<p>{{ row.outcome }}</p><p>{{ row.text }}</p><p>{{ row.published_at }}</p></article>{% endfor %}</body></html>"""


class Base(DeclarativeBase):
    pass


class Contribution(Base):
    __tablename__ = "contribution"
    id: Mapped[int] = mapped_column(primary_key=True)
    process_id: Mapped[int]
    code: Mapped[str]
    title: Mapped[str]
    text: Mapped[str]


class Decision(Base):
    __tablename__ = "decision"
    id: Mapped[int] = mapped_column(primary_key=True)
    process_id: Mapped[int]
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"))
    is_current: Mapped[bool]
    outcome: Mapped[str]
    text: Mapped[str]
    published_at: Mapped[datetime]
    contribution: Mapped[Contribution] = relationship()


class Sequence(Base):
    __tablename__ = "code_sequence"
    process_id: Mapped[int] = mapped_column(primary_key=True)
    series: Mapped[str] = mapped_column(primary_key=True)
    last: Mapped[int]


def create_floor(database: Path, process_id: int) -> Flask:
    """A bare application with one page at `/`."""
    url = f"sqlite:///{database}"
    app = Flask("floor")
    app.config.update(SQLALCHEMY_DATABASE_URI=url, SQLALCHEMY_ENGINE_OPTIONS=engine_options(url))
    session = SQLAlchemy(app).session
    page = app.jinja_env.from_string(PAGE)  # compiled once, as a template file would be
    newest = (
        select(Decision)
        .where(Decision.process_id == process_id, Decision.is_current == True)  # noqa: E712 - `= 1`, which the index can use
        .options(joinedload(Decision.contribution, innerjoin=True))
        .order_by(Decision.published_at.desc(), Decision.id.desc())
        .limit(30)
    )

    @app.get("/")
    def rows() -> str:
        total = session.scalar(select(func.sum(Sequence.last)).where(Sequence.process_id == process_id))
        return page.render(rows=session.scalars(newest).all(), total=total)

    return app
