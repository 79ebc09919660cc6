"""Other people's files in the column layouts of ACLED and UCDP GED: read, checked, and written back as they were."""
