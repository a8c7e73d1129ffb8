"""Every change to accounts, roles and invitations. Each writes one line of history."""

from ithrive.web.accounts.actions.invitations import (
    accept_as_known,
    accept_as_newcomer,
    invite,
    resend_invitation,
    withdraw_invitation,
)
from ithrive.web.accounts.actions.people import close_account, new_person, rename, reopen_account
from ithrive.web.accounts.actions.roles import end_role, give_role

__all__ = [
    "accept_as_known",
    "accept_as_newcomer",
    "close_account",
    "end_role",
    "give_role",
    "invite",
    "new_person",
    "rename",
    "reopen_account",
    "resend_invitation",
    "withdraw_invitation",
]
