"""The doors for browsers: staff pages, the public portal, and what both share (ui). A view fetches by sight, calls one action, answers."""
