"""The demonstration's study: its protocol, its looks, and results that the public may read."""

from ithrive.web.overview.demonstration.study.loading import load_study
from ithrive.web.overview.demonstration.study.writing import protocol_text

__all__ = ["load_study", "protocol_text"]
