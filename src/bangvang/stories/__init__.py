"""What the public is told: model stories (gương điển hình) and news (tin) of plans, decisions, reviews and good examples.

The standing clerk writes, a leader lets it appear. A story is carried by the person's signed consent; news names only people whose award
stands in the ledger. When the consent or the award is withdrawn, the piece is gone from the public pages at once.
Good deeds (việc tốt) that anybody puts forward begin here and become a proposal or a story.
Main words: Story (bài gương điển hình) · Consent (văn bản đồng ý) · Article (tin) · Deed (việc tốt).
"""
