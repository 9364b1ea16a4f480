"""The outbox of the house: short lines to people inside the product, each at most once.

Main word: Notice (lời báo). Mail comes with the movements that need it.
"""
