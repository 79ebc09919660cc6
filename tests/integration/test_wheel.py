"""The wheel and the sdist are the same wherever they are built, and the wheel carries every release."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from conflictdata.publishing.wheel import build_wheel, verify_wheel
from conflictdata.release.catalog import index_of
from conflictdata.resources import records_folder
from tests.support.releases import DAY, FIRST, SECOND, files_of, first_of, two_releases
from tests.support.sample import sample

ROOT = Path(__file__).parents[2]
PARTS = (
    "conflictdata", "schema", "LICENSES", "LICENSE", "README.md", "CHANGELOG.md", "CITATION.cff", "pyproject.toml",
    ".gitignore", ".ci",
)  # fmt: skip
HOSTILE = """
import os, sys
os.umask(int(sys.argv.pop(1), 8))
listed = os.listdir
os.listdir = lambda *where: sorted(listed(*where), reverse=True)
from hatchling.cli import hatchling
sys.exit(hatchling())
"""


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    """Two releases of a small world, not to be changed."""
    return two_releases(tmp_path_factory.mktemp("shelf"))


def checkout(target, shelf, order):
    """A checkout with those releases, its files written in an order of their own."""
    files = {path: data for part in PARTS for path, data in part_of(ROOT / part).items()}
    files |= {f"releases/{path}": data for path, data in files_of(shelf).items()}
    paths = sorted(files)
    random.Random(order).shuffle(paths)
    for path in paths:
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        (target / path).write_bytes(files[path])
    return target


def part_of(path):
    """The files of a part; of the records a sample, which takes less time to pack."""
    inner = [each for each in path.rglob("*") if each.is_file() and "__pycache__" not in each.parts]
    kept = [each for each in inner if records_folder() not in each.parents or is_sampled(each)]
    return {each.relative_to(ROOT).as_posix(): each.read_bytes() for each in (kept or [path])}


def is_sampled(path):
    return path.stem in getattr(sample(), path.parent.name, ())


def built(home, target, umask, zone, seed):
    env = os.environ | {"SOURCE_DATE_EPOCH": "1763596800", "TZ": zone, "PYTHONHASHSEED": seed, "LC_ALL": "C"}
    command = [sys.executable, "-c", HOSTILE, umask, "build", "-t", target, "-d", "dist"]
    done = subprocess.run(command, cwd=home, env=env, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    (path,) = (home / "dist").glob("*.whl" if target == "wheel" else "*.tar.gz")
    return path


@pytest.fixture(scope="module")
def built_twice(shelf, tmp_path_factory):
    """Two checkouts, in each of which wheel and sdist were built under other circumstances."""
    found = []
    for order, circumstances in enumerate((("022", "UTC", "0"), ("077", "Pacific/Kiritimati", "7"))):
        home = checkout(tmp_path_factory.mktemp("checkout"), shelf, order)
        found.append([built(home, target, *circumstances) for target in ("wheel", "sdist")])
    return found


@pytest.fixture(scope="module")
def installed(built_twice, tmp_path_factory):
    """The wheel, unpacked as an installer does."""
    home = tmp_path_factory.mktemp("installed")
    with zipfile.ZipFile(built_twice[0][0]) as wheel:
        wheel.extractall(home)
    return home


def run_installed(installed, code, cwd, text=""):
    env = {name: value for name, value in os.environ.items() if not name.startswith("CONFLICTDATA")}
    env |= {"PYTHONPATH": str(installed), "CONFLICTDATA_CACHE": str(cwd / "no-cache")}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=cwd, env=env, input=text, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("which", [0, 1], ids=["wheel", "sdist"])
def test_built_twice_it_has_the_same_bytes(built_twice, which):
    one, other = (paths[which] for paths in built_twice)
    assert one.name == other.name
    assert one.read_bytes() == other.read_bytes()


def test_the_wheel_carries_of_each_release_what_is_needed_and_no_more(built_twice, shelf):
    with zipfile.ZipFile(built_twice[0][0]) as wheel:
        carried = {name: wheel.read(name) for name in wheel.namelist() if "/_releases/" in name}
        names = wheel.namelist()
    files = files_of(shelf)
    wanted = ["index.json", *(f"{v}/{name}" for v in (FIRST, SECOND) for name in ("dataset.json", "CHANGES.jsonl"))]
    assert carried == {f"conflictdata/_releases/{path}": files[path] for path in wanted}
    for path in ("conflictdata/_schema/event.schema.json", "conflictdata/_project/LICENSES/CC-BY-4.0.txt"):
        assert path in names
    assert not [name for name in names if name.startswith("releases/")]


# Whole, from a zip, or refused.

ASK = """
import conflictdata as cd
from conflictdata.resources import check_carried
try:
    print(repr(cd.load()), repr(cd.load(cd.releases()[0].version)))
    check_carried()
except cd.ConflictDataError as error:
    print(type(error).__name__, error)
"""


def test_a_wheel_on_the_path_loads_as_a_zip(built_twice, installed, tmp_path):
    answer = run_installed(built_twice[0][0], ASK, tmp_path)
    assert answer == run_installed(installed, ASK, tmp_path) and "incidents" in answer
    command = "import sys; from conflictdata.__main__ import main; sys.argv = ['conflictdata', {}]; main()"
    page = command.format("'export', 'html', '--place', 'mosul'")
    assert "</html>" in run_installed(built_twice[0][0], page, tmp_path)
    with pytest.raises(AssertionError, match=r"error: the records are inside .*\.whl"):
        run_installed(built_twice[0][0], command.format("'validate'"), tmp_path)


LOST = (
    *(f"records/{kind}" for kind in ("sources", "actors", "places", "events")),
    *("records/events/CD-0001.json", "formats/html/basemap.json", "_project/LICENSE"),
    *("_schema", "_schema/codelists/grades.csv", "_releases", f"_releases/{FIRST}/dataset.json", "_carried.json"),
)
DAMAGE = """
import conflictdata as cd, json, sys
from pathlib import Path
from conflictdata import resources
package, kept = Path(cd.__file__).parent, Path("kept")
for name in json.loads(sys.stdin.read()):
    path = package / name
    file = path if path.is_file() else min(each for each in path.rglob("*") if each.is_file())
    data = file.read_bytes()
    for how in ("removed", "damaged"):
        if how == "removed":
            path.rename(kept)
        else:
            file.unlink()  # the other name of the file stays as it is
            file.write_bytes(data[1:] + b"x")
        resources._listing.cache_clear()
        try:
            cd.load()
            resources.check_carried()
            print(how, name, "read")
        except cd.errors.IncompletePackage as error:
            print(how, name, "refused:", error)
        kept.rename(path) if how == "removed" else file.write_bytes(data)
"""


def test_a_part_that_is_missing_or_damaged_is_never_read_as_empty(installed, tmp_path):
    shutil.copytree(installed / "conflictdata", tmp_path / "conflictdata", copy_function=os.link)
    told = run_installed(tmp_path, DAMAGE, tmp_path, json.dumps(LOST)).splitlines()
    assert [line.split()[:3] for line in told if not line.startswith("removed _carried.json")] == [
        [how, name, "refused:"]
        for name in LOST
        for how in ("removed", "damaged")
        if (how, name) != ("removed", LOST[-1])
    ]


def test_the_wheel_of_a_release_has_the_same_bytes_twice_and_carries_that_release(shelf, tmp_path):
    releases = {path: data for path, data in files_of(shelf).items() if not path.endswith((".zip", ".md"))}
    for order, name in enumerate(("one", "other")):
        checkout(tmp_path / name, shelf, order)
    one, other = (build_wheel(tmp_path / name, releases, DAY) for name in ("one", "other"))
    assert one == other
    (tmp_path / one.name).write_bytes(one.data)
    listed = index_of(shelf).releases[-1]
    assert [*verify_wheel(tmp_path / one.name, listed, one.listed)] == []
    with zipfile.ZipFile(tmp_path / one.name) as archive:
        assert {info.date_time[:3] for info in archive.infolist()} == {(DAY.year, DAY.month, DAY.day)}


def test_the_sdist_carries_the_releases_whole(built_twice, shelf):
    with tarfile.open(built_twice[0][1]) as sdist:
        names = {name.partition("/")[2] for name in sdist.getnames()}
    assert {f"releases/{path}" for path in files_of(shelf)} <= names


def test_the_installed_wheel_loads_every_release_without_a_network(installed, shelf, tmp_path):
    code = f"""
import socket, conflictdata as cd, json
socket.socket.connect = None
assert "_releases" in str(cd.releases()[0].path), cd.releases()
old, new = cd.load({FIRST!r}), cd.load({SECOND!r})
assert old == cd.load({str(shelf / FIRST)!r}) and new == cd.load({str(shelf / SECOND)!r})
from conflictdata.publishing.explained_diff import compared, state
print(json.dumps([[change.path, change.reason] for change in compared(state({FIRST!r}), state({SECOND!r}))]))
from conflictdata.publishing.verify_catalog import verify_releases
from conflictdata.resources import releases_folder
assert not list(verify_releases(releases_folder()))
"""
    told = json.loads(run_installed(installed, code, tmp_path))
    assert told == [["event/CD-0002", f"{SECOND}: The title said more."]]


def test_a_release_built_from_the_installed_wheel_is_the_same(installed, tmp_path):
    code = """
import datetime as dt
import shutil
from pathlib import Path
from conflictdata.model.codes import ReleaseStage
from conflictdata.publishing.build import build
from conflictdata.resources import records_folder
copy = shutil.copytree(records_folder(), Path("copy"))
build("2026.11.0", dt.date(2026, 11, 20), ReleaseStage.FINAL, Path("out"), records=copy, first=True)
"""
    run_installed(installed, code, tmp_path)
    copy = shutil.copytree(installed / "conflictdata" / "records", tmp_path / "copied")
    first_of(copy, tmp_path / "checkout", "2026.11.0")
    assert files_of(tmp_path / "out") == files_of(tmp_path / "checkout")


def test_a_wheel_whose_version_names_a_release_loads_that_release(installed, shelf, tmp_path):
    shutil.copytree(installed / "conflictdata", tmp_path / "at" / "conflictdata")
    home = tmp_path / "at" / "conflictdata" / "__init__.py"
    text = home.read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if line.startswith("__version__"))
    home.write_text(text.replace(line, f'__version__ = "{SECOND}.post1"'), encoding="utf-8")
    code = "import conflictdata as cd; print(cd.load().release.version, cd.load().citation, sep='\\n')"
    version, citation = run_installed(tmp_path / "at", code, tmp_path).splitlines()
    assert version == SECOND and f"(Version {SECOND})" in citation
