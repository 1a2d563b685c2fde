"""Ctrl-C as a user presses it: in the middle of a run, and when all is done."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.errors import StoreError
from pipeline.store import open_store, summary
from tests.pipeline.test_cli import SEED, call, finish, start


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "iraq.gpkg"


def stored_articles(path: Path) -> int:
    try:
        with open_store(path, mode="read") as opened:
            return summary(opened).articles
    except StoreError:
        return 0  # not made yet


def test_ctrl_c_ends_a_run_after_a_whole_batch_and_says_how_to_go_on(tmp_path: Path, store: Path) -> None:
    news = tmp_path / "news.jsonl"
    rows = (json.dumps({"text": f"Two people were wounded in Kirkuk and Mosul. {n}"}) for n in range(60_000))
    news.write_text("\n".join(rows))
    process = start("run", news, "--store", store)
    while not stored_articles(store):
        assert process.poll() is None
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    code, out, err = finish(process)
    assert code == 130
    assert "run the same command again to go on" in err
    assert "Traceback" not in err
    assert call("check", "--store", store).exit_code == 0
    assert 0 < int(out.split(": ")[1].split(" read")[0].replace(",", "")) < 60_000


LATE = """
import os, runpy, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever starts this may have it ignored
class Late:
    def __del__(self, kill=os.kill, me=os.getpid(), interrupt=signal.SIGINT):
        kill(me, interrupt)
sys.late = Late()  # deleted when Python itself ends
sys.argv = ["pipeline", "failures", "--store", sys.argv[1]]
runpy.run_module("pipeline", run_name="__main__")
"""


def test_ctrl_c_when_all_is_done_changes_no_exit_code(store: Path) -> None:
    assert call("run", SEED, "--store", store).exit_code == 0
    done = subprocess.run([sys.executable, "-c", LATE, store], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
