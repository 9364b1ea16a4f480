"""Initiatives (sáng kiến): somebody asks that what they made better at work be recognised, a council says so, a paper proves it.

The authors write and share it out among themselves, the standing clerk looks and tables it, the council's minutes decide,
the registry numbers the certificate; only then does each author get a line of the ledger.
Main words: Initiative (sáng kiến) · Author (tác giả) · Exhibit (tệp kèm đơn).
"""
