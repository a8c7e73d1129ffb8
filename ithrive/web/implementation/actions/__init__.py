"""Every change to the work of an area: dated evidence, people, stakeholders, priorities and actions."""

from ithrive.web.implementation.actions.evidence import record_evidence, withdraw_evidence
from ithrive.web.implementation.actions.people import correct_post, end_post, record_post, remove_post
from ithrive.web.implementation.actions.planned import (
    change_action,
    drop_action,
    finish_action,
    plan_action,
    reopen_action,
)
from ithrive.web.implementation.actions.priorities import Origin, choose_priority, close_priority
from ithrive.web.implementation.actions.records import ChosenPriority, Records, import_records
from ithrive.web.implementation.actions.stakeholders import (
    add_stakeholder,
    change_stakeholder,
    remove_stakeholder,
)
from ithrive.web.implementation.actions.wishes import record_wishes

__all__ = [
    "ChosenPriority",
    "Origin",
    "Records",
    "add_stakeholder",
    "change_action",
    "change_stakeholder",
    "choose_priority",
    "close_priority",
    "correct_post",
    "drop_action",
    "end_post",
    "finish_action",
    "import_records",
    "plan_action",
    "record_evidence",
    "record_post",
    "record_wishes",
    "remove_post",
    "remove_stakeholder",
    "reopen_action",
    "withdraw_evidence",
]
