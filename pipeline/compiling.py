"""The geocoder's sources → machine code, where this machine has a C compiler.

    python -m pipeline.compiling

mypyc compiles the very sources that run without it, so there is one implementation and one answer; only the speed
differs, by two to three times. Needs what requirements-dev.txt lists; whoever runs the map needs none of it.
"""

import io
import os
import shutil
import sysconfig
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from mypyc.build import mypycify
from setuptools import setup

from pipeline.compiled import HOUSE, SOURCES, folder, interpreter


def missing() -> str | None:
    """What this machine lacks for compiling, None where it lacks nothing."""
    compiler = (sysconfig.get_config_var("CC") or "cc").split()[0]
    if not shutil.which(compiler):
        return f"the C compiler {compiler}"
    if not (Path(sysconfig.get_path("include")) / "Python.h").exists():
        return "Python's C headers (Debian: python3-dev)"
    return None


def compile_sources(house: Path = HOUSE) -> Path:
    """The project's folder → that of its compiled modules, made if it is not there; older ones are deleted.

    Raises SystemExit, with what they said, where mypyc or the C compiler refuses the sources; nothing half-made is
    left.
    """
    target = folder(house)
    if target.is_dir():
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    os.chdir(house)
    with TemporaryDirectory(dir=target.parent) as made:
        said = io.StringIO()
        try:
            with redirect_stdout(said), redirect_stderr(said):
                setup(
                    name="geocoder",
                    packages=[],
                    ext_modules=mypycify(list(SOURCES), target_dir=f"{made}/c", group_name="geocoder"),
                    script_args=["build_ext", "--build-lib", f"{made}/lib", "--build-temp", f"{made}/o"],
                )
        except SystemExit as refusal:
            raise SystemExit(f"{said.getvalue()}{refusal}") from refusal
        for old in target.parent.glob(f"{interpreter()}-*"):
            shutil.rmtree(old)
        Path(made, "lib").rename(target)
    return target


@click.command()
def main() -> None:
    """Compile the geocoder's modules, unless they are compiled or this machine cannot."""
    lacking = missing()
    if lacking:
        click.echo(
            f"   not compiled: {lacking} is not there; the sources run, slower and with the same answers"
        )
    else:
        click.echo(f"   {compile_sources().relative_to(HOUSE)}")


if __name__ == "__main__":
    main()
