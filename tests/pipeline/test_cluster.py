"""A cluster is spoken to where that is safe, and what goes wrong with one is said in a line."""

import socket
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline import cluster as clustering
from pipeline.__main__ import cli
from pipeline.cluster import Cluster
from pipeline.errors import ProjectError
from tests.pipeline.dasked import cluster


def enter(address: str, folder: Path) -> str:
    """The line with which a cluster at an address is refused."""
    with pytest.raises(ProjectError) as caught, Cluster(address, folder / "parts"):
        pass
    assert not (folder / "parts").exists()
    return str(caught.value)


@pytest.mark.parametrize(
    "address",
    [
        "tcp://192.0.2.7:8786",
        "0.0.0.0:8786",
        "tcp://[::]:8786",
        "example.org:8786",
        "tcp://127.0.0.1.example.org:1",
    ],
)
def test_an_address_beyond_this_machine_is_refused_without_tls(address: str, tmp_path: Path) -> None:
    line = enter(address, tmp_path)
    assert line.startswith(f"{address}: refused: without TLS")


def test_tls_without_certificates_is_refused(tmp_path: Path) -> None:
    assert enter("tls://192.0.2.7:8786", tmp_path).startswith("tls:// needs certificates: name them")


@pytest.mark.parametrize("address", ["http://127.0.0.1:8786", "tcp://", "inproc://x"])
def test_what_is_no_address_of_a_scheduler_is_refused(address: str, tmp_path: Path) -> None:
    assert "no address of a scheduler" in enter(address, tmp_path)


def test_where_no_scheduler_answers_that_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clustering, "_CONNECT_SECONDS", 1)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    assert "no Dask scheduler answers" in enter(f"tcp://127.0.0.1:{port}", tmp_path)


def test_a_scheduler_without_workers_is_not_waited_for_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clustering, "_WORKER_SECONDS", 1)
    with cluster(tmp_path / "dask", workers=0) as dask:
        assert "the scheduler has no worker" in enter(dask.address, tmp_path)


def test_the_command_refuses_an_open_cluster_in_one_line_and_makes_no_store(tmp_path: Path) -> None:
    store = tmp_path / "iraq.gpkg"
    command = ["run", "seeds", "--store", str(store), "--scheduler", "tcp://192.0.2.7:8786"]
    with pytest.raises(ProjectError, match="refused: without TLS"):
        CliRunner().invoke(cli, command, catch_exceptions=False)
    assert not store.exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["run"], "name what to read, or --again"),
        (["run", "seeds", "--again"], "not both"),
        (["run", "seeds", "--scheduler", "127.0.0.1:1", "--processes", "2"], "has workers of its own"),
    ],
)
def test_options_that_do_not_go_together_are_refused(arguments: list[str], said: str) -> None:
    done = CliRunner().invoke(cli, arguments)
    assert done.exit_code == 2
    assert said in done.output
