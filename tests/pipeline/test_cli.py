import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline.__main__ import cli, main
from pipeline.commands.progress import progress_line, progress_view
from pipeline.commands.run import summary_line
from pipeline.run import Progress, RunReport

SEED = "seeds/000_dbb5ca02ce4d1233.txt"
COMMANDS = ("run", "failures", "fetch", "geocode", "explain", "check", "corrections", "doctor", "formats")


def call(*arguments: object, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments], input=stdin)


def start(*arguments: object) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "pipeline", *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )


def finish(process: "subprocess.Popen[str]", stdin: str = "") -> tuple[int, str, str]:
    out, err = process.communicate(stdin, timeout=120)
    return process.returncode, out, err


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "iraq.gpkg"


def test_every_command_says_what_it_does_and_its_exit_codes() -> None:
    listed = call("--help").output
    for name in COMMANDS:
        assert name in listed
        told = call(name, "--help")
        assert told.exit_code == 0
        assert told.output.startswith(f"Usage: cli {name}")


def test_importing_the_package_loads_no_gazetteer_and_no_store() -> None:
    code = (
        "import pipeline, sys; print([m for m in sys.modules if m.startswith(('geo', 'apsw', 'pipeline.'))])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['pipeline.compiled']"  # which only says where files stand


def test_run_stores_the_seed_and_tells_its_balance(store: Path) -> None:
    done = call("run", "seeds", "--store", store)
    assert done.exit_code == 0
    assert done.stdout == f"{store}: 1 read = 1 stored + 0 there already + 0 refused; 25 mentions\n"
    assert call("run", "seeds", "--store", store).stdout.endswith(
        "1 read = 0 stored + 1 there already + 0 refused; 0 mentions\n"
    )


def test_run_refuses_bad_inputs_in_a_line_each_and_does_the_rest(tmp_path: Path, store: Path) -> None:
    (tmp_path / "empty.txt").touch()
    (tmp_path / "program.txt").write_bytes(b"\x7fELF\x02\x01")
    (tmp_path / "greek.txt").write_bytes("Δύο τραυματίες στο Κιρκούκ".encode("cp1253"))
    paths = [tmp_path / name for name in ("empty.txt", "program.txt", "greek.txt", "nowhere.txt")]
    done = call("run", *paths, SEED, "--store", store)
    assert done.exit_code == 1
    assert done.stderr.splitlines() == [
        f"refused: {paths[0]}: holds no text (empty): nothing to read, leave it out",
        f"refused: {paths[1]}: seems to be a program (binary): save its text as a .txt file in UTF-8",
        f"refused: {paths[2]}: its encoding cannot be told for sure (encoding): save it as UTF-8",
        f"refused: {paths[3]}: no such file or folder (missing): check the path",
    ]
    assert "5 read = 1 stored + 0 there already + 4 refused; 25 mentions" in done.stdout


def test_run_with_no_path_that_exists_does_nothing_and_says_so(tmp_path: Path, store: Path) -> None:
    code, out, err = finish(start("run", tmp_path / "nowhere", "--store", store))
    assert (code, out) == (2, "")
    assert err.splitlines() == [
        f"refused: {tmp_path}/nowhere: no such file or folder (missing): check the path",
        "error: nothing to read: no path leads to a file, so the store was left as it is",
    ]
    assert not store.exists()


def test_run_with_a_store_that_cannot_be_written_says_so_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    code, out, err = finish(start("run", SEED, "--store", tmp_path / "file" / "iraq.gpkg"))
    assert (code, out) == (2, "")
    assert len(err.splitlines()) == 1
    assert str(tmp_path / "file") in err


def test_run_with_a_store_that_is_none_leaves_it_as_it_is(tmp_path: Path) -> None:
    other = tmp_path / "notes.gpkg"
    other.write_text("not a store, and somebody's")
    code, _, err = finish(start("run", SEED, "--store", other))
    assert code == 2
    assert len(err.splitlines()) == 1
    assert other.read_text() == "not a store, and somebody's"


def test_run_reads_standard_input(store: Path) -> None:
    code, out, _ = finish(start("run", "-", "--store", store), '{"text": "هجوم في محافظة ديالى"}\n')
    assert (code, "1 stored" in out) == (0, True)


def test_geocode_answers_a_line_with_its_mentions_and_passes_other_fields_through() -> None:
    rows = [{"id": 7, "text": "وبكركوك حريق", "topic": "fire"}, {"id": "b", "text": "Nothing."}]
    done = call("geocode", "-", stdin="\n".join(map(json.dumps, rows)))
    first, second = map(json.loads, done.stdout.splitlines())
    assert done.exit_code == 0
    assert (first["id"], first["topic"]) == (7, "fire")
    (mention,) = first["mentions"]
    assert rows[0]["text"][mention["start"] : mention["end"]] == mention["surface"] == "كركوك"  # type: ignore[index]
    assert second == {"id": "b", "mentions": []}


def test_geocode_takes_its_input_from_standard_input_by_default() -> None:
    assert json.loads(call("geocode", stdin='{"id": 1, "text": "Kirkuk"}').stdout)["id"] == 1


def test_geocode_reads_a_text_file_as_one_article_with_the_offsets_of_the_file() -> None:
    text = Path(SEED).read_text("utf-8")
    (line,) = call("geocode", SEED).stdout.splitlines()
    mentions = json.loads(line)["mentions"]
    assert len(mentions) == 25
    assert all(text[one["start"] : one["end"]] == one["surface"] for one in mentions)


def test_geocode_refuses_a_bad_line_and_answers_the_others() -> None:
    done = call("geocode", "-", stdin='{"id": 1, "text": "Kirkuk"}\n{"id": 2}\n{"id": 3, "text"\n')
    assert done.exit_code == 1
    assert len(done.stdout.splitlines()) == 1
    assert [line.split(":")[2] for line in done.stderr.splitlines()] == ["2", "3"]


@pytest.mark.parametrize(
    ("data", "code"), [(b"", "empty"), (b"title,text\na,b\n", "format"), (b"\x89PNG\r\n", "binary")], ids=repr
)
def test_geocode_of_what_it_cannot_read_fails_in_one_line(data: bytes, code: str) -> None:
    done = call("geocode", "-", stdin=data)
    assert done.exit_code == 2
    assert f"({code})" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_geocode_that_is_cut_off_by_its_reader_ends_quietly() -> None:
    process = start("geocode", "-")
    assert process.stdout
    process.stdout.close()
    process.stdout = None
    _, _, err = finish(process, '{"id": 1, "text": "Kirkuk"}\n' * 5000)
    assert err == ""


def test_explain_marks_the_mentions_of_a_file_and_gives_their_reasons() -> None:
    told = call("explain", SEED).stdout
    assert "تعاون استخباري بين ⟦بغداد⟧¹ و⟦أربيل⟧²" in told
    assert "→ Baghdad (governorate; IQ-BG)" in told
    assert told.rstrip().endswith("25 mentions")


def test_explain_finds_an_article_of_the_store_by_its_id(store: Path) -> None:
    call("run", SEED, "--store", store)
    article_id = json.loads(call("geocode", SEED).stdout)["id"]
    assert call("explain", article_id, "--store", store).stdout == call("explain", SEED).stdout


def test_explain_of_an_unknown_id_says_so_in_one_line(store: Path) -> None:
    call("run", SEED, "--store", store)
    code, _, err = finish(start("explain", "0123", "--store", store))
    assert code == 2
    assert err == f"error: 0123: neither a file nor the id of an article in {store}: check the path or id\n"


def test_explain_of_a_bad_file_refuses_it(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    assert call("explain", tmp_path / "empty.txt").exit_code == 1


def test_check_says_that_a_store_is_whole_and_which_sqlite_it_speaks_through(store: Path) -> None:
    call("run", SEED, "--store", store)
    done = call("check", "--store", store)
    assert done.exit_code == 0
    assert done.stdout.startswith("SQLite 3.")
    assert done.stdout.endswith(f"{store}: whole\n")


def test_check_of_what_is_no_store_fails(tmp_path: Path) -> None:
    done = call("check", "--store", tmp_path / "nowhere.gpkg")
    assert done.exit_code == 1
    assert len(done.stderr.splitlines()) == 1


def test_an_unknown_command_is_told_without_a_trace() -> None:
    code, _, err = finish(start("geocod"))
    assert code == 2
    assert "No such command 'geocod'" in err
    assert "Traceback" not in err


def test_a_fault_of_our_own_reaches_the_user_as_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["pipeline", "formats"])
    monkeypatch.setattr("pipeline.commands.formats.FORMATS", [None])
    assert main() == 2
    err = capsys.readouterr().err
    assert err.startswith("error: a fault in this program, please report it: AttributeError")
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize(
    ("done", "total", "line"),
    [
        (250, 1000, "120 read, 12 a second, 25%, 0:30 left"),
        (1000, 1000, "120 read, 12 a second, 100%, 0:00 left"),
        (250, None, "120 read, 12 a second"),
    ],
)
def test_progress_tells_rate_and_time_left(done: int, total: int | None, line: str) -> None:
    report = RunReport(stored=100, duplicates=20)
    assert progress_line(Progress(report, done, total), seconds=10) == line


def test_without_a_terminal_progress_is_plain_lines(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("pipeline.commands.progress._EVERY", 0.0)
    with progress_view() as view:
        view.update(Progress(RunReport(stored=1), 1, 1))
        view.say("refused: [a] b")
    assert capsys.readouterr().err.splitlines()[1] == "refused: [a] b"


def test_on_a_terminal_progress_is_a_bar_and_lines_stay_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    with progress_view() as view:
        view.update(Progress(RunReport(stored=1200), 500, 1000))
        view.say("refused: [red]a[/red] b")
    assert "refused: [red]a[/red] b" in terminal.getvalue()
    assert "1,200 read" in terminal.getvalue()


def test_the_summary_tells_of_superseded_articles() -> None:
    assert summary_line(RunReport(stored=3, superseded=2)).endswith(
        "; 0 mentions, 2 articles under new rules"
    )
