"""The outbox of the house: short lines to people inside the product, each at most once.

Main words: Notice (lời báo) · Mail (thư), at most once on the wire.
"""
