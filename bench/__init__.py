"""Speed as ratios and counts, printed side by side. Nothing here passes or fails."""
