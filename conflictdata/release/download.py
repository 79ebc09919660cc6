"""Fetching a release from a folder or a web server into the cache: nothing is kept that is not what was released.

The index says how large the archive is and which hash it has. More bytes than that are not taken, and the archive
stands in the cache under its name only once its hash is right.
"""

from __future__ import annotations

import hashlib
import stat
import threading
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from conflictdata.atomic import is_file, open_atomic
from conflictdata.canonical import read_bytes
from conflictdata.errors import CannotFetch, InvalidArchive, InvalidInput, NeedsPooch
from conflictdata.findings import Code, Finding
from conflictdata.model.release import Index, ListedRelease
from conflictdata.release.archive import CHUNK, MAX_LISTING, MAX_TOTAL_BYTES, Zip
from conflictdata.release.catalog import cache_folder, is_url, listed_in, read_index, read_manifest
from conflictdata.release.checksums import read_sums, sha256_of
from conflictdata.release.version import archive_name, parse_version
from conflictdata.resources import INDEX, releases_folder

TIMEOUT = 30
"""Seconds that a server may be silent."""

PATIENCE = 60
"""Seconds in which an index has to come; an archive has more, by its size."""

LEAST_SPEED = 10_000
"""Bytes of an archive for which a server has a second more."""

Progress = Callable[[int, int], None]
"""Told how many bytes have come, and how many there will be."""


def fetch(version: str, source: str, *, sha256: str | None = None, progress: Progress | None = None) -> Path:
    """The archive of a released version in the cache, fetched from a folder or a web address unless it is there.

    `sha256` is the hash that the archive must have, whatever the index at the source says. Raises `BadVersion`,
    `CannotFetch`, `CannotWrite`, `NeedsPooch`, `NoCache` or `Refused`.
    """
    parse_version(version)
    index = index_at(source)
    listed = next((one for one in index.releases if one.release.version == version), None)
    if listed is None:
        there = ", ".join(one.release.version for one in index.releases) or "nothing"
        raise CannotFetch(f"release {version} from {source}", f"its index lists {there}")
    _expect(listed, sha256, f"{source}/{INDEX}")
    if listed.bytes > MAX_TOTAL_BYTES:
        large = f"its index says that it has {listed.bytes} bytes, and no archive above {MAX_TOTAL_BYTES} is read"
        raise CannotFetch(f"{source}/{listed.archive}", large)
    target = cache_folder() / archive_name(version)
    if not _proved(target, listed.sha256):
        _keep(target, listed, source, progress)
    _expect_release(target, listed, source)
    return target


def _keep(target: Path, listed: ListedRelease, source: str, progress: Progress | None) -> None:
    """Put the archive that is listed into the cache."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotFetch(f"release {listed.release.version}", f"{target.parent}: {error.strerror or error}") from error
    with open_atomic(target) as stream:
        sink = _Sink(stream, listed.bytes, f"{source}/{listed.archive}", progress)
        _transfer(source, listed.archive, sink, PATIENCE + listed.bytes / LEAST_SPEED)
        sink.expect(listed.bytes, listed.sha256)


def _expect_release(path: Path, listed: ListedRelease, source: str) -> None:
    """Refuse an archive that is of another release than the one it is listed as, and do not keep it."""
    try:
        archive = Zip(path)
    except InvalidArchive:
        return  # told by whoever verifies or loads it
    try:
        release = read_manifest(archive, read_sums(archive)).release
    except InvalidInput:
        return
    finally:
        archive.close()
    if release != listed.release:
        path.unlink()
        said, found = (f"release {one.version} of {one.date.isoformat()}" for one in (listed.release, release))
        why = f"the index lists {said}, but the zip is {found}; use another source"
        raise InvalidInput(Finding(f"{source}/{listed.archive}", "", Code.MANIFEST_MISMATCH, why))


def index_at(source: str) -> Index:
    """The index of releases in a folder or at a web address."""
    file = f"{source}/{INDEX}"
    if is_url(source):
        sink = _Sink(None, MAX_LISTING, file, None)
        _transfer(source, INDEX, sink, PATIENCE)
        return read_index(bytes(sink.held), file)
    return read_index(read_bytes(Path(source) / INDEX, max_bytes=MAX_LISTING), file)


def _expect(listed: ListedRelease, sha256: str | None, file: str) -> None:
    """Refuse an index that contradicts what is known of the release already."""
    own = listed_in(releases_folder(), listed.release.version)
    for known, whose in (
        (sha256, "the hash that was asked for"),
        (own.sha256 if own else None, "the hash that this package has"),
    ):
        if known is not None and known != listed.sha256:
            why = f"the hash of release {listed.release.version} differs from {whose}; use another source"
            raise InvalidInput(Finding(file, "/releases", Code.INDEX_MISMATCH, why))


def _proved(path: Path, sha256: str) -> bool:
    """Whether a file has that hash already; one that cannot be read has not."""
    if not is_file(path):
        return False
    try:
        with path.open("rb") as stream:
            return sha256_of(iter(lambda: stream.read(CHUNK), b""))[0] == sha256
    except OSError:
        return False


def _transfer(source: str, name: str, sink: _Sink, seconds: float) -> None:
    """Write the bytes of a file at the source into the sink; a server has so many seconds for it."""
    if is_url(source):
        _download(f"{source.rstrip('/')}/{name}", sink, seconds)
        return
    path = Path(source) / name
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # a pipe would be waited for
            raise CannotFetch(sink.where, "it is no plain file")
        with path.open("rb") as stream:
            while piece := stream.read(CHUNK):
                sink.write(piece)
    except OSError as error:
        raise CannotFetch(sink.where, error.strerror or str(error)) from error


def _download(url: str, sink: _Sink, seconds: float) -> None:
    if not url.startswith(("http://", "https://")):
        raise CannotFetch(url, "only http and https are spoken here")
    try:
        from pooch import HTTPDownloader  # type: ignore[import-untyped]
    except ImportError as error:
        raise NeedsPooch(url) from error
    responses: list[Any] = []  # pooch leaves them open when it fails
    download = HTTPDownloader(
        timeout=TIMEOUT,
        chunk_size=CHUNK,
        headers={"Accept-Encoding": "identity"},  # the length that comes is to be that of the archive
        hooks={"response": lambda response, *_, **__: responses.append(response)},
    )
    failures: list[BaseException] = []

    def run() -> None:
        try:
            download(url, sink, None)
        except BaseException as error:  # told by whoever waits for this
            failures.append(error)
        finally:
            for response in responses:
                response.close()

    # In a thread of its own: while a server sends a byte now and then, the call in it does not come back.
    transfer = threading.Thread(target=run, daemon=True)
    transfer.start()
    try:
        transfer.join(seconds)
    finally:
        sink.closed = transfer.is_alive()
    if sink.closed:
        raise CannotFetch(url, f"it had not come after {seconds:.0f} seconds")
    for failure in failures:
        if isinstance(failure, OSError | ValueError):  # all that requests raises, and a length that is no number
            raise CannotFetch(url, str(failure)[:300] or type(failure).__name__) from failure
        raise failure


class _Sink:
    """Takes what comes, no more than is allowed, hashing it and telling how far it has come."""

    def __init__(self, stream: IO[bytes] | None, limit: int, where: str, progress: Progress | None) -> None:
        self.where = where
        self.held = bytearray()
        self.closed = False
        """Whether nobody waits for more."""
        self._stream = stream
        self._limit = limit
        self._progress = progress
        self._size = 0
        self._digest = hashlib.sha256()

    def write(self, piece: bytes) -> None:
        """Take a piece."""
        if self.closed:
            raise CannotFetch(self.where, "nobody waits for it any more")
        self._size += len(piece)
        if self._size > self._limit:
            raise CannotFetch(self.where, f"more than {self._limit} bytes came, which is all that there should be")
        self._digest.update(piece)
        if self._stream is None:
            self.held += piece
        else:
            self._stream.write(piece)
        if self._progress is not None:
            self._progress(self._size, self._limit)

    def flush(self) -> None:
        """Nothing waits here; the file is flushed as a whole."""

    def expect(self, size: int, sha256: str) -> None:
        """Refuse what came unless it is what was announced."""
        if self._size != size:
            raise CannotFetch(self.where, f"{self._size} bytes came instead of {size}")
        if self._digest.hexdigest() != sha256:
            raise CannotFetch(self.where, "it is not what was released: its hash is not the one that the index lists")
