"""The explorer: one page with map, timeline and lists, that opens without a server."""
