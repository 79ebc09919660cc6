"""Properties that hold for all data, drawn by Hypothesis."""
