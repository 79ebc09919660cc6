"""A zip whose local headers say something else than its directory is refused."""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path

import pytest

from conflictdata.errors import InvalidArchive
from conflictdata.findings import Code
from conflictdata.release.archive import Zip


def packed(path: Path, method: int = zipfile.ZIP_STORED) -> Path:
    """A zip of two files in a folder."""
    with zipfile.ZipFile(path, "w", method) as archive:
        for name in ("top/a.csv", "top/b – ü.csv"):
            archive.writestr(name, "x" * 100)
    return path


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_what_zipfile_writes_is_read(tmp_path: Path, method: int) -> None:
    archive = Zip(packed(tmp_path / "whole.zip", method))
    assert archive.paths == ("a.csv", "b – ü.csv")
    archive.close()


def test_a_zip_written_to_a_stream_whose_sizes_follow_the_files_is_read(tmp_path: Path) -> None:
    class Stream:
        def __init__(self) -> None:
            self.data = b""

        def write(self, data: bytes) -> int:
            self.data += data
            return len(data)

        def flush(self) -> None:
            pass

    stream = Stream()
    with zipfile.ZipFile(stream, "w") as archive:  # type: ignore[call-overload]
        archive.writestr("top/a.csv", "x" * 100)
    (tmp_path / "streamed.zip").write_bytes(stream.data)
    Zip(tmp_path / "streamed.zip").close()


@pytest.mark.parametrize(
    ("place", "form", "value"),
    [
        (0, "<4s", b"PK\x05\x06"),
        (6, "<H", 1),
        (8, "<H", zipfile.ZIP_DEFLATED),
        (14, "<L", 7),
        (18, "<L", 99),
        (22, "<L", 101),
        (26, "<H", 5),
        (30, "<3s", b"etc"),
    ],
)
def test_a_local_header_that_differs_is_refused(tmp_path: Path, place: int, form: str, value: object) -> None:
    path = packed(tmp_path / "other.zip")
    data = bytearray(path.read_bytes())
    struct.pack_into(form, data, place, value)
    path.write_bytes(data)
    with pytest.raises(InvalidArchive) as refused:
        Zip(path)
    assert Code.DAMAGED_ARCHIVE in {found.code for found in refused.value.findings}
