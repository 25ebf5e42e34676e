"""What a dataset is: its columns, declared and described, and where it is downloaded."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    name: str
    meaning: object


@dataclass(frozen=True)
class Dataset:
    """A table anyone may download; `links` are (format, endpoint), each taking `slug` unless it is of the whole site.

    `of_rounds`: only processes with a participatory budget have it.
    """

    key: str
    title: object
    columns: tuple[Column, ...]
    links: tuple[tuple[str, str], ...]
    of_rounds: bool = False


def columns(meanings: dict[str, object], names: tuple[str, ...] = ()) -> tuple[Column, ...]:
    """These columns with what each means; all of them, in their order, when none is named."""
    return tuple(Column(name, meanings[name]) for name in names or meanings)
