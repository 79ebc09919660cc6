"""JSON on one line for exports, with null where a value is unknown; records themselves are written by `dump`."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from conflictdata.extras import is_installed


def line_encoder() -> Callable[[Any], bytes]:
    """Objects as JSON in UTF-8 without spaces; the quick library, where it is installed, gives the same bytes."""
    if is_installed("orjson"):
        import orjson

        def encode_quickly(value: Any) -> bytes:
            return orjson.dumps(value, str)

        return encode_quickly
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=str).encode
    return lambda value: encode(value).encode()
