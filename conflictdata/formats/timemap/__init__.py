"""The three JSON files that TimeMap reads, and the part of its configuration that names them."""
