"""Download of a release from a folder or web server into the cache; a file with a wrong hash is not kept."""

from __future__ import annotations

import hashlib
import logging
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from conflictdata.atomic import write_bytes
from conflictdata.canonical import read_bytes
from conflictdata.canonical.limits import MAX_LISTING
from conflictdata.errors import CannotFetch, InvalidArchive, InvalidInput, MissingExtra
from conflictdata.findings import Code, Finding
from conflictdata.model.release import Index, ListedRelease
from conflictdata.release.archive import MAX_TOTAL_BYTES, Zip
from conflictdata.release.catalog import cache_folder, carried_listing, is_url, read_index, read_manifest
from conflictdata.release.checksums import read_sums
from conflictdata.release.version import archive_name, parse_version
from conflictdata.resources import CACHE, INDEX
from conflictdata.text import without_password

_LOG = logging.getLogger(__name__)

TIMEOUT = 30
"""Seconds after which a silent server is given up."""

Progress = Callable[[int, int], None]
"""A function that is called with the number of bytes received, and the number expected."""


def fetch(
    version: str,
    source: str,
    *,
    sha256: str | None = None,
    progress: Progress | None = None,
    announce: Callable[[str], None] = _LOG.warning,
) -> Path:
    """The archive of a released version in the cache, copied from a folder or web address if it is not there yet.

    `sha256` is the hash that the archive must have, even if the index at the source lists another. An interrupted
    download is tried once more, after a call of `announce`. Raises `InvalidValue`, `CannotFetch`, `CannotWrite`,
    `MissingExtra` or `InvalidInput`.
    """
    parse_version(version)
    index = index_at(source, announce)
    listed = next((one for one in index.releases if one.release.version == version), None)
    if listed is None:
        there = ", ".join(one.release.version for one in index.releases) or "no release"
        raise CannotFetch(f"release {version} from {source}", f"the index there lists {there}; choose one of them")
    _expect_known_hash(listed, sha256, without_password(f"{source}/{INDEX}"))
    target = cache_folder() / archive_name(version)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        why = f"{target.parent}: {error.strerror or error}; set {CACHE} to a folder that can be written to"
        raise CannotFetch(f"release {version}", why) from error
    if is_url(source):
        _download(f"{source.rstrip('/')}/{listed.archive}", target, listed, progress, announce)
    else:
        data = _read(Path(source) / listed.archive, MAX_TOTAL_BYTES)
        if hashlib.sha256(data).hexdigest() != listed.sha256:
            raise CannotFetch(f"{source}/{listed.archive}", "its hash differs from the index; copy the zip again")
        write_bytes(target, data)
    _expect_release(target, listed, without_password(source))
    return target


def index_at(source: str, announce: Callable[[str], None]) -> Index:
    """The index of releases in a folder or at a web address."""
    file = without_password(f"{source}/{INDEX}")
    if not is_url(source):
        return read_index(read_bytes(Path(source) / INDEX, max_bytes=MAX_LISTING), file)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / INDEX
        _download(f"{source.rstrip('/')}/{INDEX}", path, None, None, announce)
        return read_index(read_bytes(path, max_bytes=MAX_LISTING), file)


def _read(path: Path, max_bytes: int) -> bytes:
    try:
        return read_bytes(path, max_bytes=max_bytes, text=False)
    except InvalidInput as error:
        raise CannotFetch(str(path), error.finding.message) from error


def _download(
    url: str,
    target: Path,
    listed: ListedRelease | None,
    progress: Progress | None,
    announce: Callable[[str], None],
) -> None:
    """Download a file, unless `target` already has the listed hash. A file with another hash is not kept."""
    if not url.startswith(("http://", "https://")):
        raise CannotFetch(url, "only http and https addresses are supported")
    try:
        import pooch  # type: ignore[import-untyped]
    except ImportError as error:
        raise MissingExtra("pooch", "get") from error
    pooch.get_logger().setLevel("WARNING")
    progress_bar = _Progress(progress, listed.bytes) if progress is not None and listed is not None else None
    responses: list[Any] = []  # pooch leaves it open when it fails

    def received(response: Any, *_: Any, **__: Any) -> None:
        responses.append(response)
        _expect_encryption(response)

    fetcher = pooch.HTTPDownloader(timeout=TIMEOUT, progressbar=progress_bar, hooks={"response": received})
    known_hash = f"sha256:{listed.sha256}" if listed is not None else None
    for last in (False, True):
        try:
            pooch.retrieve(url, known_hash, fname=target.name, path=target.parent, downloader=fetcher)
            return
        except (OSError, ValueError) as error:  # every error of requests, and a wrong hash
            failed = CannotFetch(url, str(error).split("\n")[0][:300] or type(error).__name__)
            if last or not _may_pass(error):
                raise failed from None  # the error of requests names the address with its password
            announce(f"{failed}; trying once more")
        finally:
            for response in responses:
                response.close()


def _expect_encryption(response: Any) -> None:
    """Refuse a response that leads from an encrypted address to one that is not."""
    to = urljoin(response.url, response.headers.get("location", ""))
    if response.is_redirect and response.url.startswith("https://") and to.startswith("http://"):
        raise CannotFetch(response.url, f"the server redirects to {to}, which is not encrypted; use another source")


def _may_pass(error: OSError | ValueError) -> bool:
    """Whether a second try can succeed: a connection that broke off, or an error of the server itself."""
    status = getattr(getattr(error, "response", None), "status_code", None)
    return isinstance(error, OSError) and (status is None or status >= 500)


class _Progress:
    """A progress bar with the interface that pooch expects."""

    def __init__(self, progress: Progress, size: int) -> None:
        self._progress = progress
        self._size = size
        self._done = 0
        self.total: Any = size

    def update(self, count: int) -> None:
        """Count bytes that were received."""
        self._done += count
        self._progress(min(self._done, self._size), self._size)

    def reset(self) -> None:
        """Do nothing; pooch calls this before it completes the bar."""
        self._done = 0

    def close(self) -> None:
        """Do nothing; pooch calls this at the end."""


def _expect_known_hash(listed: ListedRelease, sha256: str | None, file: str) -> None:
    """Refuse an index that contradicts what is known of the release already."""
    own = carried_listing(listed.release.version)
    known_hashes = ((sha256, "the hash that was asked for"), (own and own.sha256, "the hash that this package has"))
    for known, whose in known_hashes:
        if known is not None and known != listed.sha256:
            why = f"the hash of release {listed.release.version} differs from {whose}; use another source"
            raise InvalidInput(Finding(file, "/releases", Code.INDEX_MISMATCH, why))


def _expect_release(path: Path, listed: ListedRelease, source: str) -> None:
    """Raise and delete the archive if it is of another release than the index says."""
    try:
        archive = Zip(path)
    except InvalidArchive:
        return  # other problems are reported when it is verified or loaded
    try:
        release = read_manifest(archive, read_sums(archive)).release
    except InvalidInput:
        return
    finally:
        archive.close()
    if release != listed.release:
        path.unlink()
        expected, found = (f"release {one.version} of {one.date.isoformat()}" for one in (listed.release, release))
        why = f"the index lists {expected}, but the zip is {found}; use another source"
        raise InvalidInput(Finding(f"{source}/{listed.archive}", "", Code.MANIFEST_MISMATCH, why))
