"""Steps 2 to 4 of 6, on many machines. Articles → their mentions by way of a Dask cluster, the same as here.

A part of the articles goes out as Parquet and comes back with their mentions. It lies in a folder beside the store
until the store has it: a run that was killed finds there what the cluster did meanwhile. To give the part of a lost
worker to another is Dask's job.
"""

import hashlib
import os
import shutil
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

from pipeline.errors import ProjectError
from pipeline.geocoding import rules_digest
from pipeline.langid import language_digest
from pipeline.parts import articles_from_part, articles_to_part, geocoded_from_part, geocoded_to_part
from pipeline.records import Article, Geocoded, Refusal
from pipeline.workers import geocode_article

if TYPE_CHECKING:
    from distributed import Client, Future, Security

PART = 500
"""Articles of a part at most."""
PART_LETTERS = 1_000_000
_CONNECT_SECONDS = 10
_WORKER_SECONDS = 60
"""Without any worker for so long, a run gives up."""


@dataclass(frozen=True, slots=True)
class _Sent:
    """A part at work, and the file that it is to be; no future where the file is there from an earlier run."""

    file: Path
    future: "Future[bytes] | None"


@dataclass(slots=True)
class Cluster:
    """Spreads over the workers of the scheduler at ``address``; ``folder`` holds the parts that are done."""

    address: str
    folder: Path
    _client: "Client | None" = None
    _handed_out: list[Path] = field(default_factory=list)

    def __enter__(self) -> Self:
        self._client = _connect(self.address)
        return self

    def __exit__(self, *exception: object) -> None:
        if self._client is not None:
            self._client.close()
        if exception[0] is None and self.folder.exists():
            shutil.rmtree(self.folder)  # the store has all of it, or other rules made it

    def map(self, articles: Sequence[Article]) -> Iterator[Geocoded | Refusal]:
        """The workers begin at once; raises ProjectError where they cannot go on."""
        rules = part_rules()
        return self._collected([self._send(part, rules) for part in _parts(articles)])

    def stored(self) -> None:
        """Delete the parts that were handed out."""
        for file in self._handed_out:
            file.unlink()
        self._handed_out.clear()

    def _send(self, articles: Sequence[Article], rules: str) -> _Sent:
        if self._client is None:
            raise RuntimeError("a cluster is used inside its `with`")
        key = _key(articles, rules)
        file = self.folder / f"{key}.parquet"
        if file.exists():
            return _Sent(file, None)
        part = articles_to_part(articles)
        return _Sent(file, self._client.submit(geocode_part, part, rules, key=f"geocode-{key}"))

    def _collected(self, sent: Sequence[_Sent]) -> Iterator[Geocoded | Refusal]:
        for one in sent:
            if one.future is not None:
                _write_private(one.file, self._result(one.future))
            self._handed_out.append(one.file)
            yield from geocoded_from_part(one.file.read_bytes())

    def _result(self, future: "Future[bytes]") -> bytes:
        from distributed import KilledWorker  # noqa: PLC0415  optional: see _connect

        while True:
            try:
                part: bytes = future.result(timeout=_WORKER_SECONDS)
            except TimeoutError:
                if self._client is None or not self._client.scheduler_info()["workers"]:
                    raise _stopped(self.address, "no worker is left", "start workers") from None
            except KilledWorker as error:
                what = f"a part killed several workers ({error})"
                raise _stopped(self.address, what, "give them more memory") from error
            except (CancelledError, OSError) as error:
                raise _stopped(self.address, f"the scheduler is lost ({error})", "start it again") from error
            else:
                return part


def geocode_part(part: bytes, rules: str) -> bytes:
    """What a worker does: articles as Parquet → the same with their mentions.

    Raises ProjectError where the worker's rules are not those of the run: its results would be others.
    """
    if part_rules() != rules:
        raise ProjectError(
            "a worker of the cluster has other rules than this machine:"
            " give all machines the same version of the project, and start the workers again"
        )
    return geocoded_to_part([geocode_article(article) for article in articles_from_part(part)])


def part_rules() -> str:
    """The digest of everything that decides what stands in a part: places, words, and what tells a language."""
    return hashlib.sha256(f"{rules_digest()}{language_digest()}".encode()).hexdigest()


def _parts(articles: Sequence[Article]) -> Iterator[list[Article]]:
    part: list[Article] = []
    letters = 0
    for article in articles:
        part.append(article)
        letters += len(article.text)
        if len(part) == PART or letters >= PART_LETTERS:
            yield part
            part, letters = [], 0
    if part:
        yield part


def _key(articles: Sequence[Article], rules: str) -> str:
    """The same articles under the same rules have the same key, and the same mentions."""
    return hashlib.sha256("\n".join([rules, *(article.id for article in articles)]).encode()).hexdigest()[:32]


def _write_private(file: Path, data: bytes) -> None:
    """A file that is whole or not there, and nobody else's: articles lie in it."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    half = file.with_suffix(".half")
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
    half.replace(file)


def _connect(address: str) -> "Client":
    """A scheduler's address → a client with at least one worker behind it. Raises ProjectError."""
    encrypted = _is_encrypted(address)
    try:
        from distributed import Client, Security  # noqa: PLC0415  optional, and slow to load
    except ImportError as error:
        what = "--scheduler needs Dask: install what requirements-dask.txt lists"
        raise ProjectError(what) from error
    security = _tls(Security(require_encryption=True)) if encrypted else None
    try:
        client = Client(address, security=security, timeout=_CONNECT_SECONDS, set_as_default=False)
    except (OSError, TimeoutError) as error:
        raise ProjectError(f"{address}: no Dask scheduler answers: start one there ({error})") from error
    try:
        client.wait_for_workers(1, timeout=_WORKER_SECONDS)
    except TimeoutError as error:
        client.close()
        raise ProjectError(f"{address}: the scheduler has no worker: start some, then run again") from error
    return client


def _is_encrypted(address: str) -> bool:
    """Whether an address asks for TLS. Raises ProjectError for one to which articles must not be sent."""
    parts = urlsplit(address if "://" in address else f"tcp://{address}")
    if parts.scheme not in ("tcp", "tls") or not parts.hostname:
        raise ProjectError(
            f"{address}: no address of a scheduler: name tcp://127.0.0.1:8786 or tls://HOST:8786"
        )
    if parts.scheme == "tcp" and not _is_here(parts.hostname):
        raise ProjectError(
            f"{address}: refused: without TLS anybody on the way can read the articles and run code on the workers:"
            " start the cluster with TLS and name tls://HOST:PORT, or come through a tunnel that ends on 127.0.0.1"
        )
    return parts.scheme == "tls"


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _tls(security: "Security") -> "Security":
    """What Dask's own configuration says of certificates; raises ProjectError where that is not enough."""
    known = security.get_tls_config_for_role("client")
    if not all(known.get(name) for name in ("ca_file", "cert", "key")):
        raise ProjectError(
            "tls:// needs certificates: name them in Dask's configuration, or as DASK_DISTRIBUTED__COMM__TLS__CA_FILE,"
            " DASK_DISTRIBUTED__COMM__TLS__CLIENT__CERT and DASK_DISTRIBUTED__COMM__TLS__CLIENT__KEY"
        )
    return security


def _stopped(address: str, what: str, to_do: str) -> ProjectError:
    return ProjectError(f"{address}: {what}: {to_do}, then run again; what is done is kept")
