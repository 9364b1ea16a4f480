"""Model stories (gương điển hình): what somebody did, told about an award in the ledger, shown with the person's consent.

The standing clerk writes, a leader lets it appear, the person's signed consent carries it; when the consent or the award
is withdrawn, the story is gone from the public pages at once.
Main words: Story (bài gương điển hình) · Consent (văn bản đồng ý).
"""
