"""Tools for curators: formatted records and drafts of new ones."""
