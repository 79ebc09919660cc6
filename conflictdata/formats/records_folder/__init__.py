"""A folder of records, one JSON file each, and the files beside them."""
