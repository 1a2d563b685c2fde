import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline import doctor
from pipeline.commands.doctor import command
from pipeline.doctor import Check


def test_this_checkout_is_fit() -> None:
    unfit = [check for check in doctor.examine(store=Path("corpus/iraq.gpkg")) if not check.good]
    assert not unfit


@pytest.mark.parametrize(
    ("check", "floor", "below"),
    [
        (doctor.check_python, (3, 11), (3, 10)),
        (doctor.check_sqlite, "3.51.3", "3.51.2"),
        (doctor.check_sqlite, "3.100.0", "3.9.0"),
        (doctor.check_expat, (2, 4, 0), (2, 3, 9)),
    ],
)
def test_versions_have_floors(check: Callable[[object], Check], floor: object, below: object) -> None:
    assert check(floor).good
    assert not check(below).good


def test_a_library_of_another_version_is_named(tmp_path: Path) -> None:
    pins = tmp_path / "requirements.txt"
    pins.write_text("click==0.0.1  # old\nno-such-library==1.0\n")
    check = doctor.check_libraries(pins)
    assert not check.good
    assert check.seen.startswith("click ")
    assert check.seen.endswith("not 0.0.1; no-such-library missing, not 1.0")
    assert not doctor.check_libraries(tmp_path / "nowhere").good


@pytest.mark.parametrize(
    ("confined", "good", "seen"),
    [
        ({"memory", "network"}, True, "memory limited, no network"),
        ({"memory"}, True, "memory limited, network refused by Python alone"),
        ({"network"}, False, "memory without limit, no network"),
        (set(), False, "memory without limit, network refused by Python alone"),
    ],
)
def test_walls_that_the_system_does_not_hold_up_are_named(confined: set[str], good: bool, seen: str) -> None:  # noqa: FBT001
    check = doctor.check_readers(frozenset(confined))
    assert (check.good, check.seen) == (good, seen)


def test_a_store_that_others_may_read_is_unfit(tmp_path: Path) -> None:
    store = tmp_path / "iraq.gpkg"
    assert doctor.check_store_folder(store).good
    store.touch(0o600)
    assert doctor.check_store_folder(store).good
    store.chmod(0o644)
    check = doctor.check_store_folder(store)
    assert not check.good
    assert check.to_do == f"run: chmod 600 {store}"


def test_a_store_where_nothing_can_be_written_is_unfit(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert not doctor.check_store_folder(tmp_path / "file" / "iraq.gpkg").good


def test_polygons_that_the_build_did_not_write_are_named(tmp_path: Path) -> None:
    (tmp_path / "a.geojson").write_text("{}")
    manifest = {"files": {"a.geojson": {"sha256": sha256(b"{}").hexdigest()}}}
    (tmp_path / "manifest.json").write_text(json.dumps(manifest))
    assert doctor.check_geo_data(tmp_path).good
    (tmp_path / "a.geojson").write_text("{ }")
    assert doctor.check_geo_data(tmp_path).seen == "a.geojson changed"
    (tmp_path / "manifest.json").write_text("{}")
    assert not doctor.check_geo_data(tmp_path).good
    assert doctor.check_geo_data(tmp_path / "nowhere").seen == "manifest.json: no such file or directory"


def test_a_font_that_is_missing_or_changed_is_named(tmp_path: Path) -> None:
    (tmp_path / "VENDORED.md").write_text(
        f"| file | sha256 |\n| --- | --- |\n| `a.woff2` | {sha256(b'a').hexdigest()} |\n"
    )
    assert doctor.check_static(tmp_path).seen == "a.woff2: no such file or directory"
    (tmp_path / "a.woff2").write_bytes(b"a")
    assert doctor.check_static(tmp_path).good
    (tmp_path / "a.woff2").write_bytes(b"b")
    assert doctor.check_static(tmp_path).seen == "a.woff2 changed"


@pytest.mark.parametrize(
    ("old", "new", "seen"),
    [
        ('address = "127.0.0.1"', 'address = "0.0.0.0"', 'server.address is not "127.0.0.1"'),
        ("gatherUsageStats = false", "gatherUsageStats = true", "browser.gatherUsageStats is not false"),
        ("enableXsrfProtection = true\n", "", "server.enableXsrfProtection is not true"),
    ],
)
def test_a_setting_that_opens_the_dashboard_is_named(tmp_path: Path, old: str, new: str, seen: str) -> None:
    text = Path(".streamlit/config.toml").read_text("utf-8")
    assert old in text
    path = tmp_path / "config.toml"
    path.write_text(text.replace(old, new), "utf-8")
    assert doctor.check_settings(path).seen == seen
    path.write_text("[server", "utf-8")
    assert not doctor.check_settings(path).good


def test_the_command_fails_where_a_check_fails_and_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    checks = [Check("one", good=True, seen="[fine]"), Check("two", good=False, seen="old", to_do="mend it")]
    monkeypatch.setattr("pipeline.commands.doctor.examine", lambda **_: iter(checks))
    done = CliRunner().invoke(command)
    assert done.exit_code == 1
    assert "[fine]" in done.output
    assert "mend it" in done.output
