"""Our figures against those that others published."""
