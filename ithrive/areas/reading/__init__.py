"""One file for each kind of official file: what is in it, checked, as plain values."""
