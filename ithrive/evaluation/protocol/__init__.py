"""A study's protocol: what will be done, written down and sealed before the figures are seen."""

from ithrive.evaluation.protocol.canonical import canonical, differences, fingerprint
from ithrive.evaluation.protocol.checks import why_nothing_can_be_found
from ithrive.evaluation.protocol.freezing import Frozen, Standing, Version, amend, freeze, standing
from ithrive.evaluation.protocol.frozen_file import frozen_path, frozen_text, read_frozen
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
    "Frozen",
    "Mergers",
    "Missing",
    "Moderator",
    "Outcome",
    "Protocol",
    "Seen",
    "Site",
    "Standing",
    "Version",
    "Waves",
    "amend",
    "canonical",
    "differences",
    "fingerprint",
    "freeze",
    "frozen_path",
    "frozen_text",
    "read_frozen",
    "read_protocol",
    "standing",
    "why_nothing_can_be_found",
]
