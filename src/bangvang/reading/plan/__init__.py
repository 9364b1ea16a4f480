"""Plan documents: the grammar of plan-documents.md, one module for each part of it."""
