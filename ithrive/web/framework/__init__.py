"""Public pages on the five needs-based groupings and the principles."""
