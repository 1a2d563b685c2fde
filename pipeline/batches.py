"""Inputs → batches of a size that a transaction takes, and a way to end after a whole one.

A batch is full after so many inputs, letters or seconds, whichever is first: the first for speed, the second for
memory, the third so that a slow input is stored and told of now and then.
"""

import signal
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from pipeline.records import Article, Refusal

BATCH = 10_000
"""Inputs in a batch at most: with fewer, the store spends more of its time on the ends of transactions."""
BATCH_LETTERS = 16_000_000
BATCH_SECONDS = 10.0
"""Of reading, counted from the first input of a batch."""

Input = Article | Refusal


def batches(inputs: Iterable[Input], stop: threading.Event) -> Iterator[list[Input]]:
    """Inputs → full batches, and a last one; none is begun after ``stop``, the one in hand is handed out."""
    batch: list[Input] = []
    letters, began = 0, 0.0
    for one in inputs:
        began = began if batch else time.monotonic()
        batch.append(one)
        letters += len(one.text) if isinstance(one, Article) else 0
        if stop.is_set() or _is_full(len(batch), letters, time.monotonic() - began):
            yield batch
            batch, letters = [], 0
            if stop.is_set():
                return
    if batch:
        yield batch


def _is_full(inputs: int, letters: int, seconds: float) -> bool:
    return inputs >= BATCH or letters >= BATCH_LETTERS or seconds >= BATCH_SECONDS


@contextmanager
def on_interrupt() -> Iterator[threading.Event]:
    """An event that the first Ctrl-C sets; the second one stops at once, and loses the batch in flight."""
    stop = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield stop
        return

    def ask_to_stop(*_: object) -> None:
        stop.set()
        signal.signal(signal.SIGINT, before)

    before = signal.signal(signal.SIGINT, ask_to_stop)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)
