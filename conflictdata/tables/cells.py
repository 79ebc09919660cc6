"""The values that cells hold, and their text.

A printed table needs only this; the columns take a hundredth of the time of a command.
"""

from __future__ import annotations

import datetime as dt

Value = str | int | float | bool | dt.date | None
"""The value of a cell; None is unknown or not applicable, and an empty cell in CSV."""


def spell(value: Value) -> str:
    """A cell as text in CSV: unknown is empty, days are ISO, booleans are `true` or `false`."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
