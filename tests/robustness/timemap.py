"""Check the TimeMap export with the schemas of a checkout of TimeMap: `python -m tests.robustness.timemap CHECKOUT`.

`git clone https://github.com/forensic-architecture/timemap CHECKOUT` gets one; joi comes from npm.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from conflictdata.loading import load_bundled
from tests.support.exported import folder_export

_CHECK = """
import createEventSchema from "./eventSchema.mjs";
import associationsSchema from "./associationsSchema.mjs";
import sourceSchema from "./sourceSchema.mjs";
import { readFileSync } from "node:fs";
const read = (name) => JSON.parse(readFileSync(`export/${name}.json`, "utf-8"));
const checked = [
  ...read("events").map((each) => createEventSchema([]).validate(each)),
  ...read("associations").map((each) => associationsSchema.validate(each)),
  ...Object.values(read("sources")).map((each) => sourceSchema.validate(each)),
];
const refused = checked.filter((each) => each.error);
for (const each of refused) console.log(String(each.error));
console.log(`${checked.length} objects, ${refused.length} refused`);
process.exit(refused.length || !checked.length ? 1 : 0);
"""


def main(checkout: Path) -> int:
    """Validate every event, association and source of the installed dataset; the exit status."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder_export("timemap", folder / "export", load_bundled())
        for schema in ("eventSchema", "associationsSchema", "sourceSchema"):
            text = (checkout / "src" / "reducers" / "validate" / f"{schema}.js").read_text("utf-8")
            (folder / f"{schema}.mjs").write_text(text, "utf-8")
        (folder / "check.mjs").write_text(_CHECK, "utf-8")
        subprocess.run(["npm", "install", "--silent", "--prefix", folder, "joi@17"], check=True)
        return subprocess.run(["node", "check.mjs"], cwd=folder, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
