"""What the pages on areas say, as plain values. Nothing here knows of a request or a database."""
