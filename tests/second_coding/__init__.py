"""The second coding of the five documents: blind, kept as data, compared by one command."""
