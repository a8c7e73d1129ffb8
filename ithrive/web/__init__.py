"""The website, and the only folder that knows Django."""
