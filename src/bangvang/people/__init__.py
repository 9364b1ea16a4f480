"""Who is here: units as a dated tree that mergers do not rewrite, persons, their dated duties, accounts, delegation.

Main words: Unit (đơn vị) · Cluster (cụm, khối) · Person (cá nhân) · Duty (chức trách) · Delegation (uỷ quyền) · Actor (người đang làm việc).
"""
