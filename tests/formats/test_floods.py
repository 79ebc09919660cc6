"""However often a fault is repeated, reading ends early: at most a thousand errors and as many warnings are told."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from conflictdata.cli import main
from conflictdata.findings import MAX_FINDINGS
from tests.support.floods import FLOODS

SECONDS, MEGABYTES = 2, 300
MEASURED = """
import json, resource, subprocess, sys
done = subprocess.run([sys.executable, "-m", "conflictdata", *sys.argv[1:]], capture_output=True)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([done.returncode, done.stdout.count(b"["), used.ru_utime + used.ru_stime, used.ru_maxrss / 1024]))
"""


def command(path: Path) -> list[str]:
    return ["read", "acled", str(path)] if path.name == "acled.csv" else ["validate", str(path)]


@pytest.mark.parametrize("name", FLOODS)
def test_a_flood_ends_after_a_thousand_findings(name, tmp_path):
    result = CliRunner().invoke(main, command(FLOODS[name](tmp_path, 5_000)))
    assert isinstance(result.exception, SystemExit | None), result.exception
    told = [line for line in result.stdout.splitlines() if line.endswith("]")]
    assert result.exit_code in (0, 1) and 1 <= len(told) <= MAX_FINDINGS + 2


@pytest.mark.slow
@pytest.mark.parametrize("name", FLOODS)
def test_a_flood_of_a_million_takes_two_seconds_and_little_memory(name, tmp_path):
    asked = [sys.executable, "-c", MEASURED, *command(FLOODS[name](tmp_path, 1_000_000))]
    done = subprocess.run(asked, capture_output=True, check=True, text=True, env=os.environ, cwd=tmp_path)
    status, findings, seconds, megabytes = json.loads(done.stdout)
    assert status in (0, 1) and findings <= 2 * MAX_FINDINGS + 2
    assert seconds < SECONDS and megabytes < MEGABYTES
