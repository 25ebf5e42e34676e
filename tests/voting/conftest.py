"""A vote that is open at the hour of these tests."""

from collections.abc import Iterator
from datetime import timedelta
from unittest import mock

import pytest

from tests.world import NOON

DURING = NOON + timedelta(days=1)


@pytest.fixture
def during() -> Iterator[None]:
    """The site's clock a day after the vote opened."""
    with mock.patch("app.core.clock.now", lambda: DURING):
        yield
