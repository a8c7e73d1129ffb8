"""Extracts of people who never were, with the truth planted in them: for tests, benchmarks and practice."""

from ithrive.records.synthesis.run import synthesise
from ithrive.records.synthesis.settings import SITES, Settings

__all__ = ["SITES", "Settings", "synthesise"]
