"""From accepted nominations to the council's word: who sits, who stands aside, who votes, what came of it.

A secretary convenes a session, conflicts are declared before a file opens, the roll is frozen, every member casts one sealed
ballot, two of three code-holders open all of them at once, the chair concludes and each nomination is endorsed or declined.
Main words: Council (Hội đồng) · Session (phiên họp) · Seat (ghế) · Declaration (bản khai) · Envelope (phong bì phiếu).
"""
