"""Fragments kept under a name that holds their version: nothing is ever invalidated, old names are forgotten."""

import logging
import time
from collections.abc import Callable
from typing import Any

from cachelib import RedisCache, SimpleCache
from flask import current_app

KEPT_SECONDS = 3600
PAUSE_AFTER_FAILURE_SECONDS = 5.0
log = logging.getLogger(__name__)


class FragmentCache:
    """In the process, or in Redis when REDIS_URL is set. When Redis fails the work is simply done again (R06)."""

    def __init__(self, redis_url: str) -> None:
        self._paused_until = 0.0
        self._cache: Any = SimpleCache(threshold=500, default_timeout=KEPT_SECONDS)
        if redis_url:
            import redis

            client = redis.Redis.from_url(redis_url, socket_timeout=0.25, socket_connect_timeout=0.25)
            self._cache = RedisCache(host=client, key_prefix="minka:", default_timeout=KEPT_SECONDS)

    def get(self, name: str, make: Callable[[], str]) -> str:
        """What is kept under `name`, or what `make` gives."""
        if time.monotonic() < self._paused_until:
            return make()
        try:
            kept = self._cache.get(name)
            if kept is None:
                kept = make()
                self._cache.set(name, kept)
        except OSError as failure:
            return self._without(failure, make)
        except Exception as failure:
            if "redis" not in type(failure).__module__:
                raise
            return self._without(failure, make)
        return str(kept)

    def _without(self, failure: Exception, make: Callable[[], str]) -> str:
        log.warning("fragment cache unavailable: %s", failure)
        self._paused_until = time.monotonic() + PAUSE_AFTER_FAILURE_SECONDS
        return make()


def fragment(name: str, make: Callable[[], str]) -> str:
    """See FragmentCache.get."""
    cache: FragmentCache = current_app.extensions["minka.cache"]
    return cache.get(f"{current_app.extensions['minka.build']}:{name}", make)
