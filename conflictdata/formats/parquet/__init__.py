"""The tables as Parquet files; events and places carry their points as GeoParquet."""
