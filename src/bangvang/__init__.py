"""Bảng Vàng: emulation and commendation, from the plan document to the signed decision and the public page.

The map of the house, top to bottom; imports only go down (checked by import-linter):

    doors    web (staff, portal, ui) · management        parse, call one action, answer
    rooms    movements · honours · people                one stage of the procedure each, all furnished alike
    cellar   papers · notices · kernel                   documents out · outbox · workflow, events, leases, clock
    ground   reading · law · vietnamese                  pure Python: no Django, no clock
"""

__version__ = "0.1.0"
