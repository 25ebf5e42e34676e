"""Processor time of one act, for tests that compare times: other work on the machine does not count, nor what earlier tests left."""

import gc
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def timed(act: Callable[[], T]) -> tuple[T, float]:
    """What it gave, and its processor seconds in this thread. Sweeping the memory of the tests before is no part of it."""
    gc.collect()
    gc.freeze()
    began = time.thread_time()
    try:
        made = act()
        return made, time.thread_time() - began
    finally:
        gc.unfreeze()
