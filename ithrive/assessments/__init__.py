"""THRIVE assessment rounds: ratings, agreement between raters, agreed scores, profile, movement."""
