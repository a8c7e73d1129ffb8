"""A public page for each measure: what is counted, why, and how far it can be trusted."""
