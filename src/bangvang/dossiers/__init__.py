"""From a unit's bình xét to a dossier the standing body accepts: who is nominated for what, with findings and evidence.

A unit's head records the review of the unit, nominates persons and collectives (outside ones and the dead too) and submits;
findings are stored as they were, and what only a person may answer is a judgement that stays visible.
Main words: UnitReview (bình xét) · Dossier (hồ sơ) · Nomination (đề nghị) · Evidence (minh chứng) · Judgement (nhận định).
"""
