"""What changed, when and by whom: append-only, hash-chained, readable in the product."""
