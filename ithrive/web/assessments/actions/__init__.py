"""Every change to rounds and what is said in them. Each writes one line of history, but for a draft's saves.

Views ask `access.require` first. The actions ask what no role can settle: the round's state, whether the
person is its rater, who locked what somebody else signs.
"""

from ithrive.web.assessments.actions.moderation import (
    Decision,
    Outcome,
    agree_scores,
    lock_round,
    reopen_round,
    return_ratings,
    sign_off_round,
)
from ithrive.web.assessments.actions.raters import allow_one_rater, name_rater, withdraw_rater
from ithrive.web.assessments.actions.rating import Draft, Saved, save_ratings, submit_ratings
from ithrive.web.assessments.actions.rounds import (
    mark_missed,
    open_round,
    remove_round,
    schedule_rounds,
    share_reflection,
)

__all__ = [
    "Decision",
    "Draft",
    "Outcome",
    "Saved",
    "agree_scores",
    "allow_one_rater",
    "lock_round",
    "mark_missed",
    "name_rater",
    "open_round",
    "remove_round",
    "reopen_round",
    "return_ratings",
    "save_ratings",
    "schedule_rounds",
    "share_reflection",
    "sign_off_round",
    "submit_ratings",
    "withdraw_rater",
]
