"""Where the command line writes and looks: standard output by its other names, pipes, `~`, links out of a folder."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from conflictdata.formats.registry import FORMATS
from tests.support.calling import PROGRAM, ROOT, call, write_records
from tests.support.releases import FIRST, released
from tests.support.small import small


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small world as a folder of records."""
    folder = tmp_path_factory.mktemp("world") / "records"
    write_records(folder, small())
    return folder


def shell(line: str, *values: object) -> subprocess.CompletedProcess[bytes]:
    """A line of bash, in which `$cd` is the program and `$1` and so on are the values."""
    program = 'cd_() { "$PYTHON" -c "$CODE" "$@"; }; '
    env = {"PYTHON": sys.executable, "CODE": PROGRAM[2], "PATH": "/usr/bin:/bin"}
    words = ["bash", "-ec", program + line, "bash", *map(str, values)]
    return subprocess.run(words, cwd=ROOT, env=env, capture_output=True, check=True, timeout=60)


def test_standard_output_by_its_path_is_added_to_and_a_pipe_receives_the_same(world: Path, tmp_path: Path) -> None:
    line = 'echo first > "$2"; cd_ export csv --data "$1" -o /dev/stdout >> "$2"'
    shell(line, world, tmp_path / "out.csv")
    first, _, rest = (tmp_path / "out.csv").read_bytes().partition(b"\n")
    assert (first, rest) == (b"first", call("export", "csv", "--data", world).stdout_bytes)
    piped = shell('cd_ export csv --data "$1" -o >(cat > "$2") ; wait', world, tmp_path / "piped.csv")
    assert b"wrote" in piped.stderr
    shell('cd_ export csv --data "$1" -o /dev/null', world)


def test_a_home_folder_is_found_in_options_and_variables(
    world: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "mine").symlink_to(world)
    assert call("list", "--data=~/mine").stdout == call("list", "--data", world).stdout
    call("export", "csv", "--data=~/mine", "--output=~/out.csv")
    assert (tmp_path / "out.csv").exists()
    released(tmp_path)
    monkeypatch.setenv("CONFLICTDATA_CACHE", "~/cache")
    monkeypatch.setenv("CONFLICTDATA_RELEASES", "~/releases")
    call("get", FIRST)
    assert (tmp_path / "cache" / f"conflictdata-{FIRST}.zip").exists()


def test_a_folder_of_formats_is_not_written_through_a_link_out_of_it(
    world: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("conflictdata.cli.export_writing.FORMATS", {"csv": FORMATS["csv"]})
    (tmp_path / "out").mkdir()
    (tmp_path / "mine.csv").write_bytes(b"mine")
    (tmp_path / "out" / "events.csv").symlink_to(tmp_path / "mine.csv")
    told = call("export", "all", "--data", world, "-o", tmp_path / "out", code=1).stderr
    assert "leads out of" in told and (tmp_path / "mine.csv").read_bytes() == b"mine"
