"""A course as a folder of readable text files, in and out (docs/curriculum-format.md)."""
