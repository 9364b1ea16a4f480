"""A decision on awards (quyết định khen thưởng): its head and articles, and the list of the honoured as rows."""
