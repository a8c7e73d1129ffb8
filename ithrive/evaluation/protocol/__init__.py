"""A study's protocol: what will be done, written down and sealed before the figures are seen."""

from ithrive.evaluation.protocol.reading import read_protocol
from ithrive.evaluation.protocol.tables import (
    Analysis,
    Dose,
    Flag,
    Mergers,
    Missing,
    Moderator,
    Outcome,
    Protocol,
    Seen,
    Site,
    Waves,
)

__all__ = [
    "Analysis",
    "Dose",
    "Flag",
    "Mergers",
    "Missing",
    "Moderator",
    "Outcome",
    "Protocol",
    "Seen",
    "Site",
    "Waves",
    "read_protocol",
]
