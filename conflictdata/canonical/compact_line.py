"""JSON on one line for exports, with null for unknown values; records are written by `dump`."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from conflictdata.extras import is_installed


def line_encoder() -> Callable[[Any], bytes]:
    """A function from an object to JSON in UTF-8 without spaces.

    It uses orjson where it is installed; the bytes are the same.
    """
    if is_installed("orjson"):
        import orjson

        def encode_quickly(value: Any) -> bytes:
            return orjson.dumps(value, str)

        return encode_quickly
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=str).encode
    return lambda value: encode(value).encode()
