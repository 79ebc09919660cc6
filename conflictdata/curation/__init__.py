"""Tools for curators: texts laid out by rule, drafts, look-alikes."""
