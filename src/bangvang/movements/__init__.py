"""A movement from its plan: typed or read, approved, numbered, issued, shown to the public.

Main words: Movement (phong trào) · PlanLine (một ý của kế hoạch) · AwardOffer (hình thức khen thưởng dự kiến) ·
Recipient (nơi nhận) · Pact (giao ước) · UnitPlan (kế hoạch của đơn vị).
"""
