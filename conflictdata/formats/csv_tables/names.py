"""The name of the file that describes a folder of tables, and of our own members in it."""

from __future__ import annotations

DESCRIPTOR = "datapackage.json"
"""The file that describes the tables."""

RELEASE = "conflictdata:release"
"""The member for the release of the tables."""

PERIOD = "conflictdata:period"
"""The days that the dataset is about."""

SELECTION = "conflictdata:selection"
"""What the events were chosen from, where not all were."""

CONTEXT = "conflictdata:context"
"""The records of the events that were not chosen and that the chosen ones refer to."""

SCHEMA = "conflictdata:schema"
"""The member for the schema of the tables."""

SAFE = "conflictdata:spreadsheet_safe"
"""The member that says whether formulas in text cells are escaped for spreadsheets."""
