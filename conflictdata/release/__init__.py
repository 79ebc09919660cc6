"""Releases: versions, archives, checksums, catalog and download."""
