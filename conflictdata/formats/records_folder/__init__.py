"""A folder of records, one JSON file each, and what lies beside them."""
