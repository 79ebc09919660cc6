"""The whole dataset as a folder of CSV tables with keys: the lossless CSV."""
