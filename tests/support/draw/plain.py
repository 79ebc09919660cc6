"""Plain JSON that the gate lets in, whatever it may mean."""

from __future__ import annotations

import unicodedata

from hypothesis import strategies as st

from tests.support.draw.values import HOSTILE, IN_TEXT, Strategy

_LIKE_JSON = ("[{", "}]", ":1.5,", ",-0,", "\\ud800", '\\"', "\0")
_TEXTS = st.text(max_size=40) | st.sampled_from((*HOSTILE, *IN_TEXT, *_LIKE_JSON))
_INTEGERS = st.integers(-(10**15) + 1, 10**15 - 1) | st.integers(-9, 9)
_DECIMALS = st.sampled_from((0.5, -0.5, 0.0001, -0.000123, 0.999999, 36.000001, 4000000000000000.5)) | st.builds(
    lambda sign, whole, millionths: float(f"{sign}{whole}.{millionths:06}"),
    st.sampled_from(("", "-")),
    st.integers(1, 10**9),
    st.integers(1, 10**6 - 1),
)
_SCALARS = st.none() | st.booleans() | _INTEGERS | _DECIMALS | _TEXTS


def _objects(values: Strategy) -> Strategy:
    pairs = st.tuples(st.text(max_size=8) | st.sampled_from(("id", "kind", "é", "e", "\u212b")), values)
    return st.lists(pairs, max_size=6, unique_by=lambda pair: unicodedata.normalize("NFC", pair[0])).map(dict)


def json_values() -> Strategy:
    """Any JSON value, at most seven deep."""
    return st.recursive(_SCALARS, lambda values: st.lists(values, max_size=6) | _objects(values), max_leaves=30)


def json_objects() -> Strategy:
    """Any JSON object, at most eight deep; no two member names differ only in their Unicode form."""
    return _objects(json_values())
