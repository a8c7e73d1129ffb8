"""Facts into words, tables, pictures and documents for each audience."""
