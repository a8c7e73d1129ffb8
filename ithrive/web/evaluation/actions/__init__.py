"""Every change to a study: protocols written, frozen and amended, looks taken, runs, results released."""

from ithrive.web.evaluation.actions.looks import keep_look
from ithrive.web.evaluation.actions.protocols import add_protocol, amend_protocol, freeze_protocol
from ithrive.web.evaluation.actions.runs import (
    ask_for_run,
    begin_work,
    end_work,
    fail_work,
    release_results,
    stop_run,
)

__all__ = [
    "add_protocol",
    "amend_protocol",
    "ask_for_run",
    "begin_work",
    "end_work",
    "fail_work",
    "freeze_protocol",
    "keep_look",
    "release_results",
    "stop_run",
]
