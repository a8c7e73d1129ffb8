"""Charts of an area's own figures on the day they are signed off, and beside areas like it."""
