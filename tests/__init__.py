"""The tests, named by promise; strategies.py draws the data and cases/ holds it one fault a file."""
