"""The command line: `python -m pipeline COMMAND`. Each command is a module of `pipeline.commands`."""

import os
import signal
import sys
from contextlib import suppress
from importlib import import_module

import click

from pipeline import __version__
from pipeline.errors import ProjectError

_COMMANDS = ("run", "failures", "fetch", "geocode", "explain", "check", "corrections", "doctor", "formats")
_FAILED = 2
_INTERRUPTED = 130


class _Commands(click.Group):
    """Loads a command when it is named: `formats` needs no gazetteer, `geocode` no store."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  click's signature
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = import_module(f"pipeline.commands.{cmd_name}").command
        return command


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="%(version)s")
def cli() -> None:
    """From articles to a store of places that the map reads.

    \b
    python -m pipeline run seeds           read, geocode and store what lies in a folder
    python -m pipeline explain ID_OR_FILE  show an article's places, and why each was counted
    python -m server                       open the map
    """


def main() -> int:
    """Run the command line → exit code. Whatever goes wrong reaches the user as one line."""
    try:
        code = cli.main(prog_name="python -m pipeline", standalone_mode=False)
    except click.exceptions.Abort:
        return _say("stopped", _INTERRUPTED)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except ProjectError as error:
        return _say(str(error), _FAILED)
    except KeyboardInterrupt:
        return _say("stopped", _INTERRUPTED)
    except BrokenPipeError:
        # The reader of our output has had enough; Python must not complain when it closes it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:  # noqa: BLE001  the last edge: no trace reaches a user
        return _say(f"a fault in this program, please report it: {type(error).__name__}: {error}", _FAILED)
    return code if isinstance(code, int) else 0


def _say(line: str, code: int) -> int:
    click.echo(f"error: {line}" if code == _FAILED else line, err=True)
    return code


def _run_to_its_end() -> int:
    """`main` → its exit code, whatever is pressed after the work is done or stopped.

    Python takes a while to end. Ctrl-C would kill it there, and the exit code would be the signal's.
    """
    code = _INTERRUPTED  # where it is pressed once more while the first time is being told
    with suppress(KeyboardInterrupt):
        code = main()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    return code


if __name__ == "__main__":
    sys.exit(_run_to_its_end())
