"""Releases: building, comparing and verifying them."""
