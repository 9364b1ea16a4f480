"""What staff pages and portal share: frame, tags, sessions, refusals as messages, uploads, errors."""
