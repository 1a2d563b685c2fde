"""`python -m tests.trust.badinputs`: each bad input read by a process of its own; what was expected, what happened.

Prints a table: seconds, and the most memory that the process and its reader child held, in MB. Exit code 1 if
any outcome is another, any process died, or any held more than it may.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path

from tests.trust.badinputs.case import Outcome, happened
from tests.trust.badinputs.table import ALL

CHILD_MB = 1024
PARENT_MB = 512
PATIENCE = 120


def one(name: str) -> None:
    """Make and read one input; print what happened, as JSON."""
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "in"
        made.mkdir()
        maker = [sys.executable, "-c", f"import sys; from pathlib import Path; {_MAKE}", name, str(made)]
        subprocess.run(maker, check=True)  # apart, so that the memory it takes is not counted
        start = time.monotonic()
        outcome = happened(made)
        seconds = time.monotonic() - start
    from pipeline.read.apart import close_children  # noqa: PLC0415  after the reading, so as to count it

    close_children()
    peaks = [
        resource.getrusage(who).ru_maxrss // 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    ]
    print(json.dumps([asdict(outcome), seconds, *peaks]))


_MAKE = "from tests.trust.badinputs.table import ALL; ALL[sys.argv[1]].make(Path(sys.argv[2]))"


def run(name: str) -> tuple[Outcome | None, float, int, int]:
    """One input in a process of its own → what happened (None: it died), seconds, MB of it, MB of its child."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.trust.badinputs", name],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    if done.returncode:
        return None, 0.0, 0, 0
    told, seconds, parent, child = json.loads(done.stdout)
    return Outcome(told["articles"], tuple(told["refused"]), tuple(told["flags"])), seconds, parent, child


def main() -> int:
    """Run the table, or what its names are searched for."""
    print("| input | expected | happened | s | MB | child MB |\n| --- | --- | --- | ---: | ---: | ---: |")
    faults = 0
    for name, bad in ALL.items():
        outcome, seconds, parent, child = run(name)
        good = outcome is not None and outcome.meets(bad.expected)
        fault = not good or parent > PARENT_MB or child > CHILD_MB
        faults += fault
        mark = " **OTHER**" if fault else ""
        print(
            f"| {name} | {bad.expected} | {outcome or 'DIED'}{mark} | {seconds:.1f} | {parent} | {child} |",
            flush=True,
        )
    print(f"\n{len(ALL)} bad inputs, {faults} other than expected")
    return 1 if faults else 0


if __name__ == "__main__":
    if len(sys.argv) > 1:
        one(sys.argv[1])
    else:
        sys.exit(main())
