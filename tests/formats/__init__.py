"""Exports byte for byte, and opened by the programs that users open them with."""
