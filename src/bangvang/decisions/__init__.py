"""From endorsed nominations to a public decision: submission, drafting from one data set, the signed copy, issue, certificates.

Main words: Decision (quyết định khen thưởng) · DecisionLine (một dòng của danh sách kèm theo) · SignedCopy (bản đã ký) ·
Certificate (dòng sổ giấy khen, bằng chứng nhận).
"""
