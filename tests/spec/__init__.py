"""The rules of the platform as examples, printed in the handbook."""
