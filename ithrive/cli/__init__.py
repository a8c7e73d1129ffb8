"""The `ithrive` command: parsing here, work elsewhere."""
