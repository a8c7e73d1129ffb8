"""Local areas and partners on a given day; populations; coverage; shapes for the map."""
