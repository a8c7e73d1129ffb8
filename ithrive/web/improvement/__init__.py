"""Charts on pages: drawings kept by their content, and what people record beside them."""
