"""The few named errors. Each is built from its values and says what, where, and what to do."""


class ProjectError(Exception):
    """Base of the errors that reach a user as one clear line, without a trace; exit code 2."""


class ReadRefused(ProjectError):
    """One input that cannot be read; the batch goes on and the refusal is kept.

    ``code`` is the short word of the failures table.
    """

    def __init__(self, *, origin: str, code: str, what: str, to_do: str) -> None:
        self.origin, self.code = origin, code
        super().__init__(f"{origin}: {what} ({code}): {to_do}")


class FetchRefused(ReadRefused):
    """One feed or page that is not fetched, or could not be; the rest goes on. ``origin`` is its address."""


class StoreError(ProjectError):
    """A store that cannot be opened, read or written as asked.

    ``code`` is the short word by which the dashboard says it in its own languages: "missing" (no file there),
    "damaged" (also what is no store of ours), "locked" (another program writes), "newer" and "older" (than this
    version; the next run brings an older one up to date), "slow" (the view took too long), else "unreadable".
    """

    def __init__(self, *, path: str, what: str, to_do: str, code: str = "unreadable") -> None:
        self.path, self.code = path, code
        super().__init__(f"{path}: {what}: {to_do}")


class CorrectionConflict(StoreError):
    """A correction of a mention that somebody else, or a newer run, has changed in the meantime."""


class DataError(ProjectError):
    """Faults in the project's own data files; all faults of a file in one report."""

    def __init__(self, *, path: str, faults: list[str]) -> None:
        self.path, self.faults = path, faults
        lines = "\n".join(f"  - {fault}" for fault in faults)
        super().__init__(f"{path}: {len(faults)} fault(s), mend the rows named:\n{lines}")
