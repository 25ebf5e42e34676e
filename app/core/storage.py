"""Bytes by name: a folder, or S3-compatible storage when STORAGE_URL says so."""

from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

from flask import current_app

_PROBE = "healthz"


def open_store(url: str) -> Any:
    """The store behind `url`: `file:///folder` or `s3://bucket/prefix`."""
    from obstore.store import LocalStore, S3Store  # imported on first use: half the start-up time of a small site

    parts = urlsplit(url)
    if parts.scheme == "s3":
        return S3Store(parts.netloc, prefix=parts.path.strip("/") or None)
    return LocalStore(parts.path, mkdir=True)


def _store() -> Any:
    extensions = current_app.extensions
    if "minka.store" not in extensions:
        extensions["minka.store"] = open_store(current_app.config["STORAGE_URL"])
    return extensions["minka.store"]


def put(name: str, content: bytes) -> None:
    """Keep `content` under `name`, replacing nothing: names are random."""
    _store().put(name, content)


def get(name: str) -> bytes:
    """The bytes kept under `name`. Raises FileNotFoundError, whatever the storage."""
    from obstore.exceptions import NotFoundError

    try:
        return bytes(_store().get(name).bytes())
    except NotFoundError as missing:
        raise FileNotFoundError(name) from missing


def delete(name: str) -> None:
    """What is kept under `name` is gone afterwards, also when it already was."""
    from obstore.exceptions import NotFoundError

    with suppress(FileNotFoundError, NotFoundError):
        _store().delete(name)


def names() -> list[str]:
    """The names of everything that is kept, in order."""
    return sorted(item["path"] for page in _store().list() for item in page if item["path"] != _PROBE)


def is_answering() -> bool:
    """Whether the storage can be written and read now."""
    try:
        put(_PROBE, b"ok")
        return get(_PROBE) == b"ok"
    except Exception:
        return False
