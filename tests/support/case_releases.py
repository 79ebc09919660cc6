"""Makes tests/cases/valid/releases fit this version of the package: python -m tests.support.case_releases."""

from __future__ import annotations

import hashlib
import json

from conflictdata.model import Document, Records
from conflictdata.model.release import ReleasedFile
from conflictdata.publishing.manifest import acled_counts, counts, manifest, spelled
from conflictdata.release.checksums import SUMS, sums_of
from conflictdata.schema import VERSION, urn
from tests.inputs import BASES
from tests.support.releases import files_of, packed, put


def renewed() -> dict[str, bytes]:
    """Every file of the folder of releases, with a manifest, hashes, an archive and an index that fit its content."""
    folder, archive = BASES["release"], BASES["archive"]
    files = {name: data for name, data in files_of(folder).items() if name not in (SUMS, "manifest.json")}
    dataset = files["dataset.json"]
    document = json.loads(dataset)
    whole = Document.from_object(document)
    release = whole.release
    assert release is not None
    records = Records.of_document(whole)
    listed = [ReleasedFile(path=path, bytes=len(data), sha256=_sha256(data)) for path, data in files.items()]
    counted = counts(records, **acled_counts(files))
    files["manifest.json"] = spelled(manifest(records, release, listed, counted, files, [], None))
    files[SUMS] = sums_of({name: _sha256(data) for name, data in files.items()})
    zipped = packed(files, archive.stem, release.date)
    listed = {
        "release": document["release"],
        "schema": VERSION,
        "archive": archive.name,
        "bytes": len(zipped),
        "sha256": _sha256(zipped),
        "dataset": _sha256(dataset),
    }
    index = json.dumps({"$schema": urn("index"), "releases": [listed]}, indent=2) + "\n"
    inside = {f"{folder.name}/{name}": data for name, data in files.items()}
    return {**inside, archive.name: zipped, "index.json": index.encode()}


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


if __name__ == "__main__":
    put(BASES["releases"], renewed())
