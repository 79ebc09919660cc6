"""A folder of CSV tables, as the `tables` format writes it, read back to records."""

from conflictdata.store.tables.naming import DESCRIPTOR
from conflictdata.store.tables.reading import read_tables

__all__ = ["DESCRIPTOR", "read_tables"]
