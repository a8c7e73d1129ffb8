"""Phases, plans and coaching on the website: what is reached, what is stuck, what is next."""
