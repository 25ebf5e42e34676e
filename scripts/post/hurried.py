"""`flask worker` with a clock six hundred times too fast: five minutes of lease are half a second, a day of retries two minutes.

`flask --app scripts.post.hurried:app worker`, with HURRIED_SINCE (an instant) in the environment. It draws no reports: only its
letters are on trial.
"""

import os
from datetime import UTC, datetime

from app.core import clock
from app.factory import create_app
from app.notifications import cli
from scripts.post.postman import SPEED

_SINCE = datetime.fromisoformat(os.environ["HURRIED_SINCE"])


def _hurried() -> datetime:
    return (_SINCE + (datetime.now(UTC) - _SINCE) * SPEED).replace(microsecond=0)


clock.now = _hurried
cli.PAUSE_SECONDS = 0.05
app = create_app()
app.extensions["minka.long_jobs"] = []
