"""The pages on returns."""
