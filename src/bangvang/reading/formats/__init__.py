"""One reader for each format: bytes in, raw lines with page and source out. Cleaning and judging come after (text.py)."""
