"""Work → a process of its own that does it, and that can be killed at any moment."""

import os
import select
import signal
import traceback
from collections.abc import Callable


def killed_within(work: Callable[[], None], seconds: float | None = None) -> bool:
    """Do the work in a copy of this process → whether SIGKILL ended it: after ``seconds``, or at its own hand.

    It starts warm: whatever this process has loaded, it has too. Raises RuntimeError where the work failed by itself.
    """
    ended, held = os.pipe()  # the process holds one end of it, and lets go of it when it ends
    child = os.fork()
    if not child:
        _become(work)
    os.close(held)
    if not select.select([ended], [], [], seconds)[0]:
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    os.close(ended)
    code = os.waitstatus_to_exitcode(status)
    if code not in (0, -signal.SIGKILL):
        raise RuntimeError(f"the work failed by itself: exit code {code}")
    return code != 0


def _become(work: Callable[[], None]) -> None:
    """What the forked process does; it ends here, whatever happens."""
    code = 1
    try:
        work()
        code = 0
    except Exception:  # noqa: BLE001  a fork must not go on with what its parent was doing
        traceback.print_exc()
    finally:
        os._exit(code)
