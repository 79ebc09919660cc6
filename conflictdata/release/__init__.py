"""Releases: their versions, archives, checksums, where each lies, and how one is fetched."""
