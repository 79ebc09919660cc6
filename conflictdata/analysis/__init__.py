"""Pure functions over records: what the dataset answers, derived from claims and never stored."""
