"""Lists in files: Excel, tables of Word, csv. Pure Python; `table.py` is the door."""
