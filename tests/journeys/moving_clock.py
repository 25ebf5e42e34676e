"""The site as a real server runs it, its clock ahead of ours by what its folder says: a round lasts weeks, a test seconds.

`granian tests.journeys.moving_clock:app`
"""

import os
from datetime import datetime, timedelta
from pathlib import Path

from app.core import clock
from app.factory import create_app
from tests.journeys.moving_site import AHEAD

_present = clock.now
_told = Path(os.environ["DATA_DIR"]) / AHEAD


def _ahead() -> datetime:
    return _present() + timedelta(seconds=int(_told.read_text(encoding="ascii")))


clock.now = _ahead
app = create_app()
