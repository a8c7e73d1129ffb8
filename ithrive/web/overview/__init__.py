"""Pages that join capabilities: the home page, the open API, statements about the site."""
