"""Between tests the database is emptied, history included; on a real site its triggers refuse that."""
