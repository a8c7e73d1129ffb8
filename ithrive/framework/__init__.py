"""THRIVE itself: the needs-based groupings and the principles, in our own words, with their sources."""
