"""conflictdata: the war against Islamic State in Syria and Iraq, 2014-2017, every number traced to who said it."""

__version__ = "2026.11.0.dev0"
