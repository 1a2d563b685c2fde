"""Ctrl-C at a moment of a run that is always the same."""

import signal
from collections.abc import Callable

from pipeline.run import Progress


def interrupt_once() -> Callable[[Progress], None]:
    """To be told of progress: Ctrl-C, once, as soon as the first batch is done."""
    pressed: list[Progress] = []

    def press(progress: Progress) -> None:
        pressed.append(progress)
        if len(pressed) == 1:
            signal.raise_signal(signal.SIGINT)

    return press
