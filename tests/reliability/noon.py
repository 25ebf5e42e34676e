"""The site as a real server runs it, its clock set so that the small world of the tests is open now.

`granian tests.reliability.noon:app`
"""

from datetime import datetime, timedelta

from app.core import clock
from app.factory import create_app
from tests.world import NOON

_AHEAD: timedelta = NOON - clock.now()
_present = clock.now


def _at_noon() -> datetime:
    return _present() + _AHEAD


clock.now = _at_noon
app = create_app()
