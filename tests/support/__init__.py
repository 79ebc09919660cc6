"""What tests share: records to draw and to build, and calls of the command line."""
