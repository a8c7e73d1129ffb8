"""Local areas in the database: membership, support, the spread map, coverage."""
