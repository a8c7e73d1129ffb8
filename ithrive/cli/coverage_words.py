"""Says coverage in words for a person, or as JSON for a program."""
