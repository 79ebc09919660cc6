"""Events in the column layout of UCDP GED, coded by conflictdata; not produced, reviewed or endorsed by UCDP."""
