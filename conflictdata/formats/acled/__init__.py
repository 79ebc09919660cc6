"""Events in the ACLED column layout, coded by conflictdata; not produced, reviewed or endorsed by ACLED."""
