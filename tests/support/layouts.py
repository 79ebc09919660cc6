"""Files of others in the layouts of ACLED and UCDP GED: a row of each, and how rows become a file."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

ROW = {
    "event_id_cnty": "SYR1", "event_date": "2017-06-02", "year": "2017", "event_type": "Battles", "actor1": "Front",
    "inter1": "2", "country": "Syria", "location": "Town", "latitude": "35.95", "longitude": "39.01",
    "notes": "Invented.", "fatalities": "3",
}  # fmt: skip
GED_ROW = {
    "id": "1", "year": "2017", "type_of_violence": "2", "side_a": "IS", "side_b": "SDF", "latitude": "35.95",
    "longitude": "39.01", "date_start": "2017-06-02", "date_end": "2017-06-03", "deaths_a": "1", "deaths_b": "2",
    "deaths_civilians": "0", "deaths_unknown": "0", "best": "3", "high": "4", "low": "3",
}  # fmt: skip


def spelled(
    rows: Sequence[dict[str, str]], *, separator: str = ",", encoding: str = "utf-8", mark: bytes = b"", end: str = "\n"
) -> bytes:
    """The bytes of a file of these rows."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, rows[0], delimiter=separator, lineterminator=end)
    writer.writeheader()
    writer.writerows(rows)
    return mark + out.getvalue().encode(encoding)


def saved(folder: Path, data: bytes) -> Path:
    """The bytes as a file in the folder."""
    (folder / "file.csv").write_bytes(data)
    return folder / "file.csv"
