"""Reports of numbers: reads every room, writes nothing.

A report is one function that returns a table with what each column means; numbers are counted anew each time.
Main words: Table (bảng số liệu) · Column (cột).
"""
