"""Whichever way a run goes, the store holds the same, and every input is accounted for."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import pytest

from benchmarks.generate import articles
from pipeline import batches
from pipeline import run as running
from pipeline.cluster import Cluster
from pipeline.run import Progress, RunReport, run
from pipeline.store import canonical_dump, failures, open_store, summary
from pipeline.workers import Workers
from tests.pipeline.dasked import ROOT, Dasked, cluster
from tests.pipeline.interrupted import interrupt_once

MANY, TWICE, BAD = 240, 12, 3
INPUTS = MANY + TWICE + BAD


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with articles in five languages, some of them twice, and lines that are none."""
    folder = tmp_path_factory.mktemp("news")
    lines = [declared(number, made.as_json()) for number, made in enumerate(articles(MANY))]
    (folder / "a.jsonl").write_text("\n".join([*lines[:100], "{", *lines[100:], *lines[:TWICE]]), "utf-8")
    (folder / "empty.txt").touch()
    (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n")
    return folder


def declared(number: int, line: str) -> str:
    """An article → it with its language declared rightly, wrongly, or not at all, and with a date that hinges on it."""
    changes: Sequence[dict[str, str]] = (
        {},
        {"language": "Turkish"},
        {"language": ""},
        {"date": "05/06/2024"},
    )
    return json.dumps(json.loads(line) | changes[number % len(changes)], ensure_ascii=False)


@pytest.fixture(scope="module")
def plain(news: Path, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What a store holds that one process filled without interruption."""
    path = tmp_path_factory.mktemp("plain") / "iraq.gpkg"
    report = run([str(news)], store_path=path, workers=Workers(1))
    assert (report.inputs, report.stored, report.duplicates, report.refused) == (INPUTS, MANY, TWICE, BAD)
    return dump(path)


@pytest.fixture(scope="module")
def dask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dasked]:
    with cluster(tmp_path_factory.mktemp("dask")) as started:
        yield started


@pytest.fixture
def store_path(tmp_path: Path) -> Path:
    return tmp_path / "iraq.gpkg"


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "BATCH", 50)
    monkeypatch.setattr("pipeline.cluster.PART", 10)


def dump(path: Path) -> list[str]:
    with open_store(path, mode="read") as store:
        return list(canonical_dump(store))


def balance(report: RunReport) -> tuple[int, int, int, int]:
    return report.inputs, report.stored, report.duplicates, report.refused


@pytest.mark.usefixtures("small_batches")
def test_a_pool_of_processes_fills_a_store_with_the_same(
    news: Path, store_path: Path, plain: list[str]
) -> None:
    with Workers(2, pool_at=0) as workers:
        report = run([str(news)], store_path=store_path, workers=workers)
        assert workers.started
    assert balance(report) == (INPUTS, MANY, TWICE, BAD)
    assert dump(store_path) == plain


@pytest.mark.usefixtures("small_batches")
def test_a_dask_cluster_fills_a_store_with_the_same_and_leaves_no_parts(
    news: Path, store_path: Path, plain: list[str], dask: Dasked
) -> None:
    folder = store_path.with_name("parts")
    report = run([str(news)], store_path=store_path, workers=Cluster(dask.address, folder))
    assert balance(report) == (INPUTS, MANY, TWICE, BAD)
    assert dump(store_path) == plain
    assert not folder.exists()


@pytest.mark.usefixtures("small_batches")
def test_a_worker_that_is_killed_in_the_middle_costs_nothing(
    news: Path, store_path: Path, plain: list[str], dask: Dasked
) -> None:
    dask.start_worker()

    def kill(_: Progress) -> None:
        dask.workers[-1].kill()

    spread = Cluster(dask.address, store_path.with_name("parts"))
    report = run([str(news)], store_path=store_path, workers=spread, on_progress=kill)
    assert dask.workers[-1].wait() == -signal.SIGKILL
    assert balance(report) == (INPUTS, MANY, TWICE, BAD)
    assert dump(store_path) == plain


@pytest.mark.usefixtures("small_batches")
def test_a_run_that_broke_off_finds_the_parts_that_are_done(
    news: Path, store_path: Path, plain: list[str], dask: Dasked,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    folder = store_path.with_name("parts")

    def break_off(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(running, "add_batch", break_off)
    with pytest.raises(KeyboardInterrupt):
        run([str(news)], store_path=store_path, workers=Cluster(dask.address, folder))
    monkeypatch.undo()
    left = sorted(folder.glob("*.parquet"))
    assert left
    assert folder.stat().st_mode & 0o777 == 0o700
    assert left[0].stat().st_mode & 0o777 == 0o600
    run([str(news)], store_path=store_path, workers=Cluster(dask.address, folder))
    assert dump(store_path) == plain
    assert not folder.exists()


def test_the_command_takes_a_scheduler(news: Path, store_path: Path, plain: list[str], dask: Dasked) -> None:
    command = ["run", str(news), "--store", str(store_path), "--scheduler", dask.address]
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", *command], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1  # something was refused
    assert f"{INPUTS} read = {MANY} stored + {TWICE} there already + {BAD} refused" in done.stdout
    assert dump(store_path) == plain


def test_any_order_of_the_input_gives_the_same_articles(
    news: Path, store_path: Path, plain: list[str]
) -> None:
    lines = (news / "a.jsonl").read_text("utf-8").splitlines()
    turned = store_path.with_name("turned.jsonl")
    turned.write_text("\n".join(reversed(lines)), "utf-8")
    run([str(turned)], store_path=store_path, workers=Workers(1))
    of_places = [line for line in dump(store_path) if line.startswith(('["region"', '["count"', '["term"'))]
    assert of_places == [line for line in plain if line.startswith(('["region"', '["count"', '["term"'))]


def test_the_same_input_twice_leaves_the_store_as_it_is(
    news: Path, store_path: Path, plain: list[str]
) -> None:
    run([str(news)], store_path=store_path)
    again = run([str(news)], store_path=store_path)
    assert balance(again) == (INPUTS, 0, MANY + TWICE, BAD)
    assert dump(store_path) == plain


@pytest.mark.usefixtures("small_batches")
def test_a_run_that_was_killed_is_completed_by_the_next(
    news: Path, store_path: Path, plain: list[str]
) -> None:
    script = (
        "import sys; from pathlib import Path; from pipeline import batches; from pipeline.run import run\n"
        "batches.BATCH = 50\n"
        "run([sys.argv[1]], store_path=Path(sys.argv[2]), on_progress=lambda p: print('batch', flush=True))\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, news, store_path], cwd=ROOT, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.kill()
    with open_store(store_path, mode="read") as store:
        done = summary(store).articles
    assert 0 < done <= MANY
    report = run([str(news)], store_path=store_path)
    assert balance(report) == (INPUTS, MANY - done, done + TWICE, BAD)
    assert dump(store_path) == plain


@pytest.mark.usefixtures("small_batches")
def test_an_interrupted_run_balances_what_it_read(news: Path, store_path: Path, plain: list[str]) -> None:
    report = run([str(news)], store_path=store_path, on_progress=interrupt_once())
    assert report.interrupted
    assert 0 < report.inputs < INPUTS
    run([str(news)], store_path=store_path)
    assert dump(store_path) == plain


def test_what_was_refused_stands_in_the_store_with_file_and_record(news: Path, store_path: Path) -> None:
    run([str(news)], store_path=store_path)
    with open_store(store_path, mode="read") as store:
        found = {(Path(one.file).name, one.record, one.code) for one in failures(store)}
    assert found == {("a.jsonl", 101, "json"), ("empty.txt", None, "empty"), ("picture.txt", None, "binary")}


def test_processes_of_a_pool_end_when_the_first_is_killed(tmp_path: Path) -> None:
    script = (
        "from benchmarks.generate import articles, geocoded\n"
        "from pipeline.workers import Workers\n"
        "if __name__ == '__main__':\n"
        "    workers = Workers(2, pool_at=0)\n"
        "    list(workers.map([geocoded(one).article for one in articles(300)]))\n"
        "    print(*workers._pool._processes, flush=True)\n"
        "    input()\n"
    )
    file = tmp_path / "pooled.py"
    file.write_text(script, "utf-8")
    with subprocess.Popen(
        [sys.executable, file], cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    ) as first:  # fmt: skip
        assert first.stdout is not None
        others = [int(number) for number in first.stdout.readline().split()]
        first.kill()
    assert others
    deadline = time.monotonic() + 30
    while any(map(is_alive, others)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(map(is_alive, others))


def is_alive(process: int) -> bool:
    with suppress(ProcessLookupError):
        os.kill(process, 0)
        status = Path(f"/proc/{process}/stat")
        return not status.exists() or status.read_text().rsplit(")", 1)[1].split()[0] != "Z"
    return False
