"""Points of a table as GeoParquet 1.1: a column of WKB, a column of bounding boxes, and what describes them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from conflictdata.extras import require

if TYPE_CHECKING:
    import pyarrow

_POINT = b"\x01\x01\x00\x00\x00"
"""The first bytes of a little-endian WKB point."""


def with_points(table: pyarrow.Table) -> pyarrow.Table:
    """The table with `geometry` and `bbox` made of its longitude and latitude, and the `geo` metadata."""
    pa, numpy = require("pyarrow"), require("numpy")
    longitude, latitude = table["longitude"].combine_chunks(), table["latitude"].combine_chunks()
    missing = longitude.is_null().to_numpy(zero_copy_only=False)
    pairs = numpy.empty(len(table), dtype=[("head", "S5"), ("lon", "<f8"), ("lat", "<f8")])
    pairs["head"] = _POINT
    pairs["lon"] = longitude.to_numpy(zero_copy_only=False)
    pairs["lat"] = latitude.to_numpy(zero_copy_only=False)
    offsets = numpy.arange(len(table) + 1, dtype="int32") * pairs.dtype.itemsize
    valid = numpy.packbits(~missing, bitorder="little").tobytes()
    geometry = pa.Array.from_buffers(
        pa.binary(),
        len(table),
        [pa.py_buffer(valid), pa.py_buffer(offsets), pa.py_buffer(pairs.tobytes())],
    )
    corners = {"xmin": longitude, "ymin": latitude, "xmax": longitude, "ymax": latitude}
    bbox = pa.StructArray.from_arrays([*corners.values()], [*corners], mask=pa.array(missing))
    located = table.append_column("geometry", geometry).append_column("bbox", bbox)
    metadata = {**(table.schema.metadata or {}), b"geo": json.dumps(_geo(longitude, latitude)).encode()}
    made: pyarrow.Table = located.replace_schema_metadata(metadata)
    return made


def _geo(longitude: Any, latitude: Any) -> dict[str, Any]:
    compute = require("pyarrow").compute
    (west, east), (south, north) = (compute.min_max(each).as_py().values() for each in (longitude, latitude))
    covering = {corner: ["bbox", corner] for corner in ("xmin", "ymin", "xmax", "ymax")}
    column: dict[str, Any] = {"encoding": "WKB", "geometry_types": ["Point"], "covering": {"bbox": covering}}
    if west is not None:
        column["bbox"] = [west, south, east, north]
    return {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": column}}
