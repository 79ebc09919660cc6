"""What the folder of tables calls the file that describes them, and the members of it that are our own."""

from __future__ import annotations

DESCRIPTOR = "datapackage.json"
"""The file that describes the others."""

RELEASE = "conflictdata:release"
"""Which release the tables are of."""

PERIOD = "conflictdata:period"
"""The days that the dataset is about."""

SELECTION = "conflictdata:selection"
"""What the events were chosen from, where not all were."""

CONTEXT = "conflictdata:context"
"""The records of the events that were not chosen and that the chosen ones refer to."""

SCHEMA = "conflictdata:schema"
"""The schema that the tables obey."""

SAFE = "conflictdata:spreadsheet_safe"
"""Whether text cells have been made harmless to spreadsheets."""
