"""A movement followed from day to day: indicators, report periods, each unit's report, the board of who has sent what.

Also facts about how criteria are kept, scores with every mark, indicators over years, social work.

Main words: Indicator (chỉ tiêu) · Period (kỳ báo cáo) · Report (báo cáo tiến độ) · Figure (số liệu) · Observation (ghi nhận) ·
ScoreSheet (bảng điểm) · SocialWork (việc an sinh xã hội).
"""
