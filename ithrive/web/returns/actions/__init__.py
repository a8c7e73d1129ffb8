"""Every change to returns. Each is one transaction and writes one line of history, but for a draft's saves.

Views ask `request.areas.require` first. The actions ask what no role can settle: the state of a version, what
its checks found, the deadlines, who signs what somebody else submitted.
"""

from ithrive.web.returns.actions.drafts import CellDraft, Saved, WordsDraft, save_cells, start_draft
from ithrive.web.returns.actions.expecting import change_deadlines, expect_returns
from ithrive.web.returns.actions.keys import make_key, revoke_key
from ithrive.web.returns.actions.past import PastReturn, PastVersion, bring_in_returns
from ithrive.web.returns.actions.steps import answer, ask, resubmit, sign_off, submit
from ithrive.web.returns.actions.taking import Original, take_reading

__all__ = [
    "CellDraft",
    "Original",
    "PastReturn",
    "PastVersion",
    "Saved",
    "WordsDraft",
    "answer",
    "ask",
    "bring_in_returns",
    "change_deadlines",
    "expect_returns",
    "make_key",
    "resubmit",
    "revoke_key",
    "save_cells",
    "sign_off",
    "start_draft",
    "submit",
    "take_reading",
]
