"""A movement followed from day to day: indicators, report periods, each unit's report, the board of who has sent what.

Main words: Indicator (chỉ tiêu) · Period (kỳ báo cáo) · Report (báo cáo tiến độ) · Figure (số liệu).
"""
