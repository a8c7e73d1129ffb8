"""The words of the pages on an area's work."""
