"""Pure functions over records: every answer of the dataset is derived from claims and never stored."""
