"""The wheel, the committed releases, the README."""
