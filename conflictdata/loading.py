"""What `load(x)` does with each kind of `x`: None (the installed data), a version, a folder, a file or a zip."""

from __future__ import annotations

import errno
import json
import os
import re
import sys
from collections.abc import Callable, Sequence
from functools import partial
from io import BytesIO
from os import PathLike
from typing import TYPE_CHECKING, Any

from conflictdata import __version__
from conflictdata.collector_pause import collector_paused
from conflictdata.errors import (
    ConflictDataError,
    DataNotFound,
    IncompletePackage,
    InvalidData,
    WrongArgument,
)
from conflictdata.extras import is_installed, require
from conflictdata.model import (
    Document,
    Event,
    Period,
    Record,
    Records,
    Release,
    Selection,
    Table,
    id_order,
    type_of_kind,
)
from conflictdata.model.table import Making
from conflictdata.release.version import is_version, parse_version, release_of
from conflictdata.resources import PACKAGE, RELEASES, is_carried, read_bytes, read_records
from conflictdata.text import named, quote

if TYPE_CHECKING:
    from pathlib import Path


@collector_paused(loads=True)
def load(what: str | PathLike[str] | None = None) -> Records:
    """The installed records, those of a released version, or those at a path."""
    if what is None:
        return load_bundled()
    if isinstance(what, str) and is_version(what):
        return load_version(what)

    if not isinstance(what, (str, PathLike)):
        raise WrongArgument("give the version of a release, or a path", what)
    if isinstance(what, str):
        from conflictdata.atomic import expand_home

        what = expand_home(what)
    if not what or _is_missing(what):
        from conflictdata.release.catalog import known_releases

        known = ", ".join(release.version for release in known_releases()) or "none"
        wrong = f"there is no file, folder or release {quote(str(what))}"
        raise DataNotFound(f"{wrong}; give a path, or one of these releases: {known}")
    from pathlib import Path

    return load_path(what if isinstance(what, Path) else Path(what))


def _is_missing(path: str | PathLike[str]) -> bool:
    """Whether the path certainly does not exist; any other problem is reported when it is read."""
    try:
        os.lstat(path)
    except OSError as error:
        return error.errno in (errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG)
    except ValueError:
        pass
    return False


def load_bundled() -> Records:
    """The installed records, with the release that the package's version names if it names one.

    They were validated when the package was built, and are not validated again.
    """
    release = release_of(__version__)
    if release is not None and (records := carried(release)) is not None:
        return records
    found: dict[str, list[Record]] = {}
    for kind, model in type_of_kind.items():
        try:
            found[f"{kind}s"] = [model.from_validated(json.loads(text)) for text in read_records(kind)]
        except ValueError as error:  # a released package was validated; a checkout may hold an unfinished record
            wrong = f"a record in {PACKAGE}/records/{kind}s is not valid"
            raise ConflictDataError(f"{wrong}; run `conflictdata validate` to see which") from error
    period = Period.from_validated(json.loads(read_bytes(_PERIOD))) if is_carried(_PERIOD) else None
    return Records.of(**found, period=period)  # type: ignore[arg-type]


_PERIOD = "conflictdata/records/period.json"


def _parser(size: int) -> Callable[[bytes], Any]:
    """What parses so many bytes of JSON that were validated before: for many, orjson where it is installed.

    It takes half the time, but its import takes as long as `json` takes for 5 MB.
    """
    if "orjson" in sys.modules or (size > 10_000_000 and is_installed("orjson")):
        parse: Callable[[bytes], Any] = require("orjson").loads
        return parse
    return json.loads


def carried(version: str) -> Records | None:
    """The records of a release that the package carries; None where it carries none of that version."""
    document = f"releases/{version}/dataset.json"
    return load_trusted(read_bytes(document), document) if is_carried(document) else None


def load_trusted(data: bytes, file: str) -> Records:
    """The records of a dataset document that was validated before and has not changed since.

    `file` is its name for `IncompletePackage`, which is raised where it is no such document; for a record that is
    damaged, when it is asked for.
    """
    try:
        return _read_by_line(data, file) or Records.of_document(Document.from_validated(_parser(len(data))(data)))
    except ValueError as error:
        raise IncompletePackage(file, "it is damaged") from error


def _read_by_line(data: bytes, file: str) -> Records | None:
    """The records of a document as this package writes it, one a line; None for any other.

    Of each record only the id is read, until the record is asked for.
    """
    kinds: dict[str, type[Any]] = {f"{kind}s": model for kind, model in type_of_kind.items()} | {"context": Event}
    begins = {b'"%s":[' % name.encode(): name for name in kinds}
    about: dict[bytes, type[Any]] = {b'"release"': Release, b'"selection"': Selection, b'"period"': Period}
    parse = _parser(len(data))
    members: dict[str, Any] = {}
    tables: dict[str, dict[str, bytes]] = {name: {} for name in kinds}
    table = ""
    for line in BytesIO(data):
        if table and line.startswith(b"{"):
            if (begun := _RECORD.match(line)) is None:
                return None
            tables[table][begun[1].decode()] = line
            continue
        line = line.removesuffix(b"\n")
        name, _, value = line.partition(b":")
        if name in about and not table:
            members[name.decode().strip('"')] = about[name].from_validated(parse(value.removesuffix(b",")))
        elif (head := line.removesuffix(b"],").removesuffix(b"]}")) in begins:
            table = begins[head]
        elif line not in (b"", b"],", b"]}") and not (name == b'{"$schema"' and line.endswith(b'",')):
            return None
    if not table or not data.endswith(b"]}\n"):
        return None
    making = {name: Making(partial(_records, model, parse, file)) for name, model in kinds.items()}
    for member, found in tables.items():
        members[member] = Table._unread({each: found[each] for each in sorted(found, key=id_order)}, making[member])
    return Records(**members)


_RECORD = re.compile(rb'\{"\$schema":"[^"]*","id":"([^"]*)"')


def _records(model: type[Any], parse: Callable[[bytes], Any], file: str, lines: Sequence[bytes]) -> list[Any]:
    """The records of some lines of a document."""
    try:
        objects = parse(b"[" + b"".join(lines).rstrip(b",\n") + b"]")
        return [model.from_validated(obj) for _, obj in zip(lines, objects, strict=True)]
    except ValueError as error:
        raise IncompletePackage(file, "it is damaged") from error


def verify_release_claim(records: Records) -> Records:
    """The records; if they name a release in the package but differ from it, their release becomes None.

    An edited copy of a release still names it. It can be read, but must not be cited as that release.
    """
    if records.release is None:
        return records
    from dataclasses import replace

    known = carried(records.release.version)
    return records if known is None or known == records else replace(records, release=None)


def load_version(version: str) -> Records:
    """The records of a released version, exactly as released.

    Raises `InvalidValue`, `DataNotFound`, or what is wrong with the release.
    """
    parse_version(version)
    if (records := carried(version)) is not None:
        return records
    from conflictdata.findings import Code, not_as_released
    from conflictdata.formats.json_document import validate_dataset
    from conflictdata.release.catalog import carried_listing, dataset_in
    from conflictdata.release.checksums import sha256_of
    from conflictdata.validation import errors_only

    path = path_of(version)
    data, file = dataset_in(path)
    own = carried_listing(version)
    if own is not None and sha256_of(iter([data]))[0] == own.dataset:
        return load_trusted(data, file)
    records, findings = validate_dataset(data, file)
    if records.release is None or records.release.version != version:
        findings.append(
            not_as_released(file, Code.MANIFEST_MISMATCH, f"the dataset is not of release {version}", "/release")
        )
    if errors := errors_only(findings):
        raise InvalidData(errors, path)
    return records


def path_of(version: str) -> Path:
    """The folder or zip of a released version, downloaded from the configured place if necessary."""
    from conflictdata.release.catalog import configured, is_url, is_whole, iter_local_releases, known_releases

    parse_version(version)
    for known in iter_local_releases():
        if known.version == version and is_whole(known.path):
            return known.path
    named = configured()
    if named is None or not is_url(named):
        available = ", ".join(one.version for one in known_releases()) or "none"
        hint = f"run `conflictdata get {version} --from URL|DIR`, or set {RELEASES}"
        raise DataNotFound(f"release {version} is not available (available: {available}); {hint}")
    from conflictdata.release.download import fetch

    return fetch(version, named)


def load_path(path: Path) -> Records:
    """The records of a folder, of tables, of a release as folder or zip, or of a document; else `InvalidData`.

    They keep the release that they name, unless the package contains that release and it differs.
    """
    from conflictdata.findings import Code, Finding
    from conflictdata.validate_path import is_lines, validate_path
    from conflictdata.validation import errors_only

    if is_lines(path):
        message = "JSON Lines hold single records, not a dataset; load a `json` or `tables` export"
        raise InvalidData([Finding(named(path), "", Code.UNREADABLE_FILE, message)], path)
    records, findings = validate_path(path)
    if errors := errors_only(findings):
        raise InvalidData(errors, path)
    return verify_release_claim(records)
