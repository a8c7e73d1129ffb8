"""Every change to what the programme itself records of areas: their roles, and the support given."""

from ithrive.web.areas.actions.lists import Changed, take_membership_list, take_support_list
from ithrive.web.areas.actions.membership import (
    correct_membership,
    end_membership,
    import_memberships,
    remove_membership,
    set_membership,
)
from ithrive.web.areas.actions.support import (
    correct_support,
    import_support,
    record_support,
    remove_support,
)

__all__ = [
    "Changed",
    "correct_membership",
    "correct_support",
    "end_membership",
    "import_memberships",
    "import_support",
    "record_support",
    "remove_membership",
    "remove_support",
    "set_membership",
    "take_membership_list",
    "take_support_list",
]
