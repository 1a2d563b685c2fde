"""How far a run is → a bar on a terminal, a line now and then elsewhere; both on standard error."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import click
from rich.console import Console
from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from pipeline.records import Refusal
from pipeline.run import Progress

_EVERY = 5.0
"""Seconds between two lines where there is no terminal."""


@dataclass(frozen=True, slots=True)
class View:
    """``say`` shows a line, ``update`` how far the run is."""

    say: Callable[[str], None]
    update: Callable[[Progress], None]

    def refuse(self, refusal: Refusal) -> None:
        """Show what was refused, and why."""
        self.say(f"refused: {refusal.message}")


@contextmanager
def progress_view() -> Iterator[View]:
    """The view that fits standard error."""
    if sys.stderr.isatty():
        with _bar() as view:
            yield view
    else:
        yield _lines()


@contextmanager
def _bar() -> Iterator[View]:
    console = Console(stderr=True)
    columns = (
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[read]:,} read, {task.fields[rate]:,.0f} a second"),
        TimeRemainingColumn(),
    )
    start = time.monotonic()
    with Bar(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=None, read=0, rate=0.0)

        def update(progress: Progress) -> None:
            read = progress.report.inputs
            rate = read / max(time.monotonic() - start, 1e-9)
            bar.update(task, completed=progress.done, total=progress.total, read=read, rate=rate)

        def say(line: str) -> None:
            console.print(line, markup=False, highlight=False, soft_wrap=True)

        yield View(say, update)


def _lines() -> View:
    start = last = time.monotonic()

    def update(progress: Progress) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= _EVERY:
            last = now
            click.echo(progress_line(progress, seconds=now - start), err=True)

    return View(lambda line: click.echo(line, err=True), update)


def progress_line(progress: Progress, *, seconds: float) -> str:
    """Progress after so many seconds → one line: read so far, share, rate, time left."""
    read = progress.report.inputs
    line = f"{read:,} read, {read / max(seconds, 1e-9):,.0f} a second"
    if not progress.total or not progress.done:
        return line
    share = min(1.0, progress.done / progress.total)
    left = round(seconds * (1 - share) / share)
    return f"{line}, {share:.0%}, {left // 60}:{left % 60:02} left"
