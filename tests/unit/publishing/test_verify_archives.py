"""Zips and folders that are damaged, unsafe or too large are refused before they do harm."""

from __future__ import annotations

import io
import os
import stat
import struct
import subprocess
import tarfile
import time
import unicodedata
import zipfile
import zlib

import pytest

from conflictdata.errors import InvalidArchive, InvalidData, InvalidInput
from conflictdata.findings import Code
from conflictdata.loading import load
from conflictdata.publishing.verify import verify
from conflictdata.release.archive import MAX_FILES, MAX_RATIO, Folder, Zip, read
from conflictdata.release.checksums import SUMS
from conflictdata.release.path_checks import MAX_PATH, check_paths, unsafe
from tests.support.releases import FIRST, files_of


def archive_of(path, *members, **more):
    """A zip of (name or info, content) pairs."""
    with zipfile.ZipFile(path, "w", **more) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return path


def test_a_folder_that_another_program_packs_beside_a_release_is_what_is_reported(shelf, tmp_path):
    members = [(f"conflictdata-{FIRST}/{path}", data) for path, data in files_of(shelf / FIRST).items()]
    [finding] = verify(archive_of(tmp_path / "r.zip", *members, ("__OTHER/x", b""))).findings
    assert finding.code is Code.FILE_MISSING
    assert f'"conflictdata-{FIRST}"' in finding.message


def info(name, mode=stat.S_IFREG | 0o644):
    made = zipfile.ZipInfo("x")
    made.filename = name  # as it is, without what zipfile would put right
    made.create_system = 3
    made.external_attr = mode << 16
    return made


NAMES = [
    "../evil", "a/../../evil", "/etc/passwd", "\\\\server\\share", "C:\\evil", "c:evil", "a\\b", "a//b", "./a", "a/.",
    "con", "CON.json", "nul.tar.csv", "com1", "aux .txt", "LPT9", "a.", "a ", " a", "a\x1bb", "a\tb", "a\nb", "a:b",
    "a\u202eb", "a\u200bb", "a|b", "a?b", "a*b", 'a"b', "a<b", "\ufeffa", "x" * (MAX_PATH + 1), "a\ud800b", "a\x7fb",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_an_unsafe_name_is_refused_wherever_it_stands(name, tmp_path):
    assert unsafe(name)
    assert Code.UNSAFE_PATH in [found.code for found in check_paths(["top/ok", name], "within")]
    if "\ud800" not in name:
        path = archive_of(tmp_path / "evil.zip", (info(name), b"x"), ("ok", b"x"))
        assert Code.UNSAFE_PATH in [found.code for found in verify(path).findings]
        assert [entry.name for entry in tmp_path.iterdir()] == ["evil.zip"]
    for found in check_paths([name], "within"):
        assert str(found).isprintable()


@pytest.mark.parametrize(
    "name", ["a", "a.b/c-d_e", "é/ü", "كتاب", "constant", "com", "nulls.csv", "a b", "x" * MAX_PATH]
)
def test_an_ordinary_name_is_not_refused(name):
    assert unsafe(name) is None
    assert [*check_paths([name], "within")] == []


CLASHES = [
    ("a", "a"), ("a", "A"), ("Straße", "STRASSE"), ("é", unicodedata.normalize("NFD", "é")), ("a/b", "A/c"),
    ("a", "a/b"), ("a/b", "a"), ("ａ", "a"), ("ﬁle", "file"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), CLASHES)
@pytest.mark.filterwarnings("ignore:Duplicate name:UserWarning")
def test_names_that_some_system_cannot_tell_apart_are_refused(one, other, tmp_path):
    path = archive_of(tmp_path / "clash.zip", (info(one), b"1"), (info(other), b"2"))
    assert Code.CLASHING_PATHS in [found.code for found in verify(path).findings]


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFCHR, stat.S_IFBLK, stat.S_IFIFO, stat.S_IFSOCK])
def test_a_link_or_a_device_in_a_zip_is_refused(kind, tmp_path):
    path = archive_of(tmp_path / "special.zip", (info("dataset.json", kind | 0o777), b"/etc/passwd"))
    assert [found.code for found in verify(path).findings] == [Code.SPECIAL_FILE]


def test_a_link_or_a_pipe_in_a_folder_is_refused(folder):
    (folder / "events.csv").unlink()
    (folder / "events.csv").symlink_to("/etc/passwd")
    assert [found.code for found in verify(folder).findings] == [Code.SPECIAL_FILE]
    (folder / "events.csv").unlink()
    os.mkfifo(folder / "events.csv")
    assert [found.code for found in verify(folder).findings] == [Code.SPECIAL_FILE]
    (folder / "tables" / "loop").symlink_to(folder)
    assert [found.code for found in verify(folder).findings] == [Code.SPECIAL_FILE] * 2


@pytest.mark.parametrize("packing", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_bomb_is_refused_before_it_goes_off(packing, tmp_path):
    path = archive_of(tmp_path / "bomb.zip", ("dataset.json", bytes(50 << 20)), compression=packing)
    assert path.stat().st_size < 1 << 20
    start = time.process_time()
    findings = verify(path).findings
    assert time.process_time() - start < 1
    assert {found.code for found in findings} & {Code.TOO_LARGE, Code.DAMAGED_ARCHIVE}


def patched(path, **fields):
    """The first member's headers changed, in the list at the end and where the member stands."""
    places = {"size": (24, 22, "<I"), "packed": (20, 18, "<I"), "method": (10, 8, "<H"), "flags": (8, 6, "<H")}
    data = bytearray(path.read_bytes())
    listed = data.rfind(b"PK\1\2") if data.count(b"PK\1\2") == 1 else data.find(b"PK\1\2")
    for name, value in fields.items():
        in_list, in_place, kind = places[name]
        struct.pack_into(kind, data, listed + in_list, value)
        struct.pack_into(kind, data, in_place, value)
    path.write_bytes(data)
    return path


def test_a_bomb_that_lies_about_its_size_gives_no_more_than_it_says(tmp_path):
    bomb = zlib.compress(bytes(50 << 20), 9)[2:-4]
    path = archive_of(tmp_path / "liar.zip", ("dataset.json", b"x"), compression=zipfile.ZIP_DEFLATED)
    with zipfile.ZipFile(path) as archive:
        header = archive.infolist()[0]
        length = header.header_offset + 30 + len(header.filename)
    data = path.read_bytes()
    end = data.find(b"PK\1\2")
    path.write_bytes(data[:length] + bomb + data[end:])
    grown = bytearray(path.read_bytes())
    listed = grown.find(b"PK\1\2", length + len(bomb))
    struct.pack_into("<I", grown, listed + 20, len(bomb))
    struct.pack_into("<I", grown, grown.rfind(b"PK\5\6") + 16, listed)
    path.write_bytes(grown)
    with pytest.raises(InvalidInput) as refused:
        read(Zip(path), "dataset.json")
    assert refused.value.finding.code is Code.DAMAGED_ARCHIVE


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"flags": 1}, Code.ENCRYPTED_ARCHIVE),
        ({"flags": 0x41}, Code.ENCRYPTED_ARCHIVE),
        ({"method": 99}, Code.DAMAGED_ARCHIVE),
        ({"method": 14}, Code.DAMAGED_ARCHIVE),
        ({"size": (512 << 20) + 1}, Code.TOO_LARGE),
        ({"size": (1 << 20) * MAX_RATIO}, Code.TOO_LARGE),
        ({"size": 7}, Code.DAMAGED_ARCHIVE),
        ({"size": 700}, Code.DAMAGED_ARCHIVE),
        ({"packed": 3}, Code.DAMAGED_ARCHIVE),
    ],
)
def test_a_header_that_lies_is_refused(fields, code, tmp_path):
    path = archive_of(tmp_path / "a.zip", ("SHA256SUMS", b"x" * 100), compression=zipfile.ZIP_DEFLATED)
    assert [found.code for found in verify(patched(path, **fields)).findings] == [code]


def test_files_that_share_their_bytes_are_refused(tmp_path):
    path = archive_of(tmp_path / "a.zip", ("one", b"x" * 1000), ("two", b"y" * 1000))
    data = bytearray(path.read_bytes())
    second = data.find(b"PK\1\2", data.find(b"PK\1\2") + 4)
    struct.pack_into("<I", data, second + 42, 10)
    path.write_bytes(data)
    assert Code.DAMAGED_ARCHIVE in [found.code for found in verify(path).findings]


def test_a_member_that_is_called_otherwise_where_it_stands_is_refused(shelf, tmp_path):
    path = archive_of(tmp_path / "a.zip", ("SHA256SUMS", b"x"))
    data = path.read_bytes()
    path.write_bytes(data.replace(b"SHA256SUMS", b"sha256sums", 1))
    assert [found.code for found in verify(path).findings] == [Code.DAMAGED_ARCHIVE]


def test_a_zip_cut_off_anywhere_is_refused(shelf, tmp_path):
    whole = (shelf / f"conflictdata-{FIRST}.zip").read_bytes()
    path = tmp_path / "cut.zip"
    for length in [*range(0, len(whole), len(whole) // 40), len(whole) - 1]:
        path.write_bytes(whole[:length])
        assert [found.code for found in verify(path).findings] == [Code.DAMAGED_ARCHIVE], length


def test_a_zip_damaged_anywhere_is_refused_or_reads_the_same(shelf, tmp_path):
    whole = (shelf / f"conflictdata-{FIRST}.zip").read_bytes()
    path = tmp_path / "damaged.zip"
    silent = 0
    for at in range(7, len(whole), len(whole) // 60):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :])
        silent += verify(path).findings == ()
    assert silent < 6, "only times, versions and attributes may change without notice"


def test_an_archive_in_an_archive_is_refused(tmp_path):
    inner = io.BytesIO()
    archive_of(inner, ("dataset.json", b"{}"))
    for name in ("more.zip", "more.tar.gz", "MORE.7Z"):
        path = archive_of(tmp_path / "outer.zip", (name, inner.getvalue()))
        assert [found.code for found in verify(path).findings] == [Code.NESTED_ARCHIVE]


def test_too_many_files_are_refused_in_time(tmp_path):
    path = tmp_path / "many.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(10_050):
            archive.writestr(f"t/{number}", b"")
    start = time.process_time()
    assert [found.code for found in verify(path).findings] == [Code.TOO_LARGE]
    assert time.process_time() - start < 1


def test_folders_are_counted_and_may_lie_in_one_another_however_deep(tmp_path):
    (tmp_path / SUMS).write_bytes(b"")
    descriptor = os.open(tmp_path, os.O_RDONLY)
    for _ in range(1500):
        os.mkdir("d", dir_fd=descriptor)
        inner = os.open("d", os.O_RDONLY, dir_fd=descriptor)
        os.close(descriptor)
        descriptor = inner
    os.close(descriptor)
    found = verify(tmp_path).findings
    subprocess.run(["rm", "-r", str(tmp_path / "d")], check=True)  # pytest could not
    assert [one.code for one in found] == [Code.UNSAFE_PATH]
    for number in range(MAX_FILES + 1):
        (tmp_path / str(number)).mkdir()
    assert [found.code for found in verify(tmp_path).findings] == [Code.TOO_LARGE]


def test_what_is_no_zip_is_refused(tmp_path):
    tar = tmp_path / "release.tar"
    with tarfile.open(tar, "w") as archive:
        archive.addfile(tarfile.TarInfo("../evil"), io.BytesIO())
    text = tmp_path / "text.zip"
    text.write_bytes(b"id,kind\n" * 1000)
    empty = tmp_path / "empty.zip"
    empty.write_bytes(b"")
    for path in (tar, text, empty):
        assert [found.code for found in verify(path).findings] == [Code.DAMAGED_ARCHIVE]
    os.mkfifo(tmp_path / "pipe.zip")
    assert [found.code for found in verify(tmp_path / "pipe.zip").findings] == [Code.UNREADABLE_FILE]
    with pytest.raises(InvalidArchive):
        Zip(tmp_path / "none.zip")


def test_nothing_is_ever_written_while_archives_are_read(shelf, tmp_path, monkeypatch):
    def forbidden(*given, **more):
        raise AssertionError(f"written: {given}")

    for name in ("mkdir", "rename", "replace", "unlink", "symlink", "chmod"):
        monkeypatch.setattr(os, name, forbidden)
    opening = os.open

    def reading(path, flags, *more, **rest):
        assert not flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT), path
        return opening(path, flags, *more, **rest)

    monkeypatch.setattr(os, "open", reading)
    assert verify(shelf / f"conflictdata-{FIRST}.zip", rebuild=True).findings == ()


def test_an_archive_with_an_unsafe_name_is_not_loaded(tmp_path):
    with pytest.raises(InvalidData, match="unsafe-path"):
        load(archive_of(tmp_path / "evil.zip", (info("../evil"), b"x")))


def test_a_file_that_changes_while_it_is_read_is_refused(folder):
    files = Folder(folder)
    pieces = files.chunks("dataset.json")
    next(pieces)
    with (folder / "dataset.json").open("ab") as stream:
        stream.write(b"more")
    with pytest.raises(InvalidInput, match="changed while it was read"):
        list(pieces)
