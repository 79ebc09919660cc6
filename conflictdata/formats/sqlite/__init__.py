"""The whole dataset as one SQLite database, and what Datasette shows of it."""
