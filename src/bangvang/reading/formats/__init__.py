"""One reader for each format: bytes in, raw lines out (page, text, source). Cleaning comes later (text.py)."""
