"""One writer of the register in its own process: `python -m tests.reliability.writer NUMBER FIRST LAST`.

Says each turn after it was committed, so that whoever kills it knows what was acknowledged. Every tenth act is signed at once.
"""

import random
import sys
import time

from sqlalchemy.exc import OperationalError

from app.audit import services
from app.core.db import db
from app.factory import create_app
from tests.world import NOON


def write(writer: int, turn: int) -> None:
    action = "processes.publish-schedule" if turn % 10 == 0 else "test.write"
    services.record(action, "process", f"w{writer}-{turn}", {"turn": turn}, at=NOON, role="secretaría")
    db.session.commit()


def main(writer: int, first: int, last: int) -> None:
    with create_app().app_context():
        for turn in range(first, last):
            while True:
                try:
                    write(writer, turn)
                    break
                except OperationalError:  # its turn did not come in eight seconds: others wrote (reliability.md R04)
                    db.session.rollback()
                    time.sleep(random.uniform(0.01, 0.2))
            print(turn, flush=True)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:4]))
