"""Versions mean to an installer what releases/README.md says of them."""

from __future__ import annotations

import pytest
from packaging.specifiers import SpecifierSet
from packaging.version import Version

from conflictdata.release.version import is_maker, release_of

OFFERED = [
    "2026.11.0", "2026.12.0.dev0", "2026.12.0rc1", "2026.12.0", "2026.12.0.post1", "2026.12.1", "2027.1.0",
]  # fmt: skip


@pytest.mark.parametrize(
    ("wanted", "taken"),
    [
        ("==2026.12.0", ["2026.12.0"]),
        ("==2026.12.0.*", ["2026.12.0", "2026.12.0.post1"]),
        ("~=2026.12.0", ["2026.12.0", "2026.12.0.post1", "2026.12.1"]),
    ],
)
def test_a_requirement_takes_what_people_expect(wanted: str, taken: list[str]) -> None:
    assert [*SpecifierSet(wanted).filter(OFFERED)] == taken


def test_versions_of_the_package_come_in_the_order_in_which_they_are_made() -> None:
    assert sorted(OFFERED, key=Version) == OFFERED
    assert all(str(Version(version)) == version for version in OFFERED), "they are written as installers write them"


def test_what_a_requirement_takes_carries_the_data_that_it_names() -> None:
    for version in SpecifierSet("==2026.12.0.*").filter(OFFERED, prereleases=True):
        assert release_of(version) == (None if "dev" in version else "2026.12.0")


@pytest.mark.parametrize(
    ("software", "final", "builds"),
    [
        ("2026.12.0", True, True),
        ("2026.12.0rc1", True, False),
        ("2026.12.0.post1", True, False),
        ("2026.12.0rc1", False, True),
        ("2026.12.0rc12", False, True),
        ("2026.12.0rc0", False, False),
        ("2026.12.0", False, False),
        ("2026.12.10", True, False),
    ],
)
def test_a_release_is_built_by_the_version_that_is_named_by_it(software: str, final: bool, builds: bool) -> None:
    assert is_maker(software, "2026.12.0", final=final) is builds
