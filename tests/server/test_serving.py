"""`python -m server` for real: what it prints, whom it lets in, how it ends."""

import http.client
import os
import re
import signal
import socket
import stat
import subprocess
import sys
import webbrowser
from pathlib import Path

import pytest

from pipeline.errors import StoreError
from server.browser import opened_in_browser
from server.serving import PortError, open_port, require_store
from tests.server.started import ROOT, Started, command, started


def get(server: Started, path: str, **headers: str) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    connection.request("GET", path, headers=headers)
    return connection.getresponse()


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "a.gpkg"
    path.touch()
    return path


def test_the_printed_address_lets_in_and_nothing_else_does_until_ctrl_c_ends_it_cleanly(store: Path) -> None:
    with started("--store", store) as server:
        assert get(server, "/_stcore/health").read() == b"ok"
        assert get(server, "/").status == 403
        assert get(server, "/app/static/map.js").status == 403
        handed = get(server, f"/?token={server.token}")
        cookie = str(handed.headers["set-cookie"]).partition(";")[0]
        assert b"<title>Streamlit</title>" in get(server, "/", Cookie=cookie).read()
        assert get(server, "/app/static/map.js", Cookie=cookie).headers["x-frame-options"] == "SAMEORIGIN"
        arguments = Path(f"/proc/{server.process.pid}/cmdline")
        assert not arguments.exists() or server.token not in arguments.read_text("utf-8")
        server.process.send_signal(signal.SIGINT)
        out, err = server.process.communicate(timeout=20)
    assert server.process.returncode == 0
    assert out.endswith("Stopped.\n")
    assert server.token not in out + err
    assert "Traceback" not in err


def test_a_port_that_is_asked_for_and_taken_is_one_clear_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other, pytest.raises(PortError) as refused:
        open_port(other.getsockname()[1])
    assert str(refused.value).endswith("already in use: leave --port out to take a free one, or name another")


def test_any_free_port_will_do_when_none_is_asked_for() -> None:
    with open_port(None) as first, open_port(None) as second:
        assert first.getsockname() != second.getsockname()
        assert {first.getsockname()[0], second.getsockname()[0]} == {"127.0.0.1"}


def test_a_missing_store_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(
        StoreError, match=r"nowhere\.gpkg: no store there: make one with `python -m pipeline run"
    ):
        require_store(tmp_path / "nowhere.gpkg")


def test_on_the_command_line_a_missing_store_is_one_line_and_exit_code_2(tmp_path: Path) -> None:
    ended = subprocess.run(
        command("--store", tmp_path / "none.gpkg"),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 2
    assert ended.stdout == ""
    assert re.fullmatch(r"error: .*none\.gpkg: no store there: make one with .*\n", ended.stderr)


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """A machine with a screen, whose browser notes the files it is told to open."""
    opened: list[Path] = []

    def note(url: str) -> bool:
        opened.append(Path(url.removeprefix("file://")))
        return True

    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(webbrowser, "open", note)
    return opened


def test_the_browser_is_led_by_a_private_file_and_not_by_the_address(screen: list[Path]) -> None:
    before = os.umask(0)
    try:
        with opened_in_browser("http://127.0.0.1:1/?token=s3cret") as found:
            (page,) = screen
            assert found
            assert "s3cret" not in str(page)
            assert 'content="0;url=http://127.0.0.1:1/?token=s3cret"' in page.read_text("utf-8")
            assert [stat.S_IMODE(path.stat().st_mode) for path in (page, page.parent)] == [0o600, 0o700]
    finally:
        os.umask(before)
    assert not page.exists()


def test_without_a_screen_no_browser_takes_over_the_terminal(
    screen: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    with opened_in_browser("http://127.0.0.1:1/") as found:
        assert (found, screen) == (False, [])


@pytest.mark.usefixtures("screen")
def test_a_browser_that_cannot_be_started_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: str) -> bool:
        raise webbrowser.Error("no runnable browser")

    monkeypatch.setattr(webbrowser, "open", broken)
    with opened_in_browser("http://127.0.0.1:1/") as found:
        assert not found
