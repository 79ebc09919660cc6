"""What `tests.strategies` is made of, from single texts up to datasets."""
