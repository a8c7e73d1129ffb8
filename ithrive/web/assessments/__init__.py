"""Assessment rounds on the website: instruments, interviews, blind ratings, moderation, profile."""
