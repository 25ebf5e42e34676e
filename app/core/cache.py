"""Fragments kept under a name that holds their version: nothing is ever invalidated, old names are forgotten."""

import logging
import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Any, TypeVar

from cachelib import RedisCache
from flask import current_app

from app.core import languages

KEPT_SECONDS = 3600
MOST_KEPT = 32 * 1024 * 1024
PAUSE_AFTER_FAILURE_SECONDS = 5.0
log = logging.getLogger(__name__)

Content = TypeVar("Content", str, bytes)


class InProcess:
    """The contents asked for last, up to `most` characters or bytes in all; never copied."""

    def __init__(self, most: int = MOST_KEPT) -> None:
        self._most, self._weight = most, 0
        self._contents: OrderedDict[str, Any] = OrderedDict()
        self._lock = Lock()

    def get(self, name: str) -> Any:
        """What is kept under `name`, or None."""
        with self._lock:
            if name in self._contents:
                self._contents.move_to_end(name)
            return self._contents.get(name)

    def set(self, name: str, content: str | bytes) -> None:
        with self._lock:
            self._weight += len(content) - len(self._contents.pop(name, ""))
            self._contents[name] = content
            while self._weight > self._most:
                self._weight -= len(self._contents.popitem(last=False)[1])


class FragmentCache:
    """In the process, or in Redis when REDIS_URL is set. When Redis fails the work is simply done again (R06)."""

    def __init__(self, redis_url: str) -> None:
        self._paused_until = 0.0
        self._cache: Any = InProcess()
        if redis_url:
            import redis

            client = redis.Redis.from_url(redis_url, socket_timeout=0.25, socket_connect_timeout=0.25)
            self._cache = RedisCache(host=client, key_prefix="minka:", default_timeout=KEPT_SECONDS)

    def get(self, name: str, make: Callable[[], Content]) -> Content:
        """What is kept under `name`, or what `make` gives."""
        if time.monotonic() < self._paused_until:
            return make()
        try:
            kept: Content | None = self._cache.get(name)
            if kept is None:
                kept = make()
                self._cache.set(name, kept)
        except OSError as failure:
            return self._without(failure, make)
        except Exception as failure:
            if "redis" not in type(failure).__module__:
                raise
            return self._without(failure, make)
        return kept

    def _without(self, failure: Exception, make: Callable[[], Content]) -> Content:
        log.warning("fragment cache unavailable: %s", failure)
        self._paused_until = time.monotonic() + PAUSE_AFTER_FAILURE_SECONDS
        return make()


def fragment(name: str, make: Callable[[], Content]) -> Content:
    """See FragmentCache.get."""
    cache: FragmentCache = current_app.extensions["minka.cache"]
    return cache.get(f"{current_app.extensions['minka.build']}:{languages.current()}:{name}", make)
