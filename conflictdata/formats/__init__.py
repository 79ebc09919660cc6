"""One module or folder for each format, its reader beside its writer."""
