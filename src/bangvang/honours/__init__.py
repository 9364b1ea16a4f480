"""The ledger of facts that eligibility is judged from: yearly grades, titles and awards, initiatives, discipline,
holds.

Main words: LedgerEntry (dòng sổ vàng, written once) · Standing (the fact as it stands) · Completeness (sổ đã đủ đến
đâu).
"""
