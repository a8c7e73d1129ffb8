"""The evaluation: what implementation changed, said as surely as twenty sites allow and no more."""

from importlib import import_module
from typing import TYPE_CHECKING

from ithrive.evaluation.answers import Inference, Interval, NotComputable
from ithrive.evaluation.effect import Effect, change_scores, effect, effects, family
from ithrive.evaluation.estimates import Estimate
from ithrive.evaluation.event_study import EventStudy, JointTest, WaveEffect
from ithrive.evaluation.panel import Dropped, Panel
from ithrive.evaluation.sensitivity import Sensitivity

if TYPE_CHECKING:
    from ithrive.evaluation.panel_cells import Columns
    from ithrive.evaluation.panel_reading import panel_from_rows, read_panel

__all__ = [
    "Columns",
    "Dropped",
    "Effect",
    "Estimate",
    "EventStudy",
    "Inference",
    "Interval",
    "JointTest",
    "NotComputable",
    "Panel",
    "Sensitivity",
    "WaveEffect",
    "change_scores",
    "effect",
    "effects",
    "family",
    "panel_from_rows",
    "read_panel",
]

# These read tables, and what reads workbooks takes a while to import.
_WHEN_ASKED = {
    "Columns": "ithrive.evaluation.panel_cells",
    "panel_from_rows": "ithrive.evaluation.panel_reading",
    "read_panel": "ithrive.evaluation.panel_reading",
}


def __getattr__(name: str) -> object:
    if name in _WHEN_ASKED:
        return getattr(import_module(_WHEN_ASKED[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
