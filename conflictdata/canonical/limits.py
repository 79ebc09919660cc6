"""The limits of parsing, its types, and the canonical form of a number."""

from __future__ import annotations

import re
from typing import TypeAlias, Union

MAX_BYTES = 1 << 20
"""The largest record, 1 MiB: a file, or a line of JSON Lines without its line feed."""

MAX_DATASET_BYTES = 512 << 20
"""The largest document that holds a whole dataset, 512 MiB."""

MAX_TEXT_BYTES = 16 << 20
"""The largest source text, 16 MiB."""

MAX_LISTING = 16 << 20
"""The largest manifest, index of releases, file of changes or change of one record, 16 MiB."""

MAX_DEPTH = 32
"""The deepest nesting of objects and arrays, counting the outermost."""

MAX_INTEGER_DIGITS = 15
"""The most digits of an integer: such a number is exact in every reader, also in those that only have binary64."""

MAX_DECIMALS = 6
"""Digits after the decimal point: a millionth of a degree is eleven centimetres on the ground."""

JsonValue: TypeAlias = Union[str, int, float, bool, "list[JsonValue]", "dict[str, JsonValue]", None]
JsonObject: TypeAlias = dict[str, JsonValue]

# At most sixteen digits before the point, because the repr of a larger float has an exponent.
_INTEGER = re.compile(rf"(?!-0)-?(?:0|[1-9][0-9]{{0,{MAX_INTEGER_DIGITS - 1}}})")
_DECIMAL = re.compile(rf"-?(?:0|[1-9][0-9]{{0,15}})\.[0-9]{{0,{MAX_DECIMALS - 1}}}[1-9]")


def is_spelled(number: str) -> bool:
    """Whether `number` is the canonical form of its value: no needless sign, zero, point or exponent; not too long."""
    if _INTEGER.fullmatch(number):
        return True
    # A decimal that differs from the repr of its value has too many digits for binary64, or needs an exponent.
    return _DECIMAL.fullmatch(number) is not None and repr(float(number)) == number
