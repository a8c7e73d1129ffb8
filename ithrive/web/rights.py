"""Roles, rights, and which role has which right where: the one table that every page and action asks.

A role is held in one local area or, for the programme's own people, everywhere. Rights on an area come
from a role held there or from a role held everywhere. Some rights need a second factor at sign-in.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    MEMBER = "member"
    CONTRIBUTOR = "contributor"
    LEAD = "lead"
    COACH = "coach"
    EVALUATOR = "evaluator"
    PROGRAMME = "programme"
    ADMINISTRATOR = "administrator"

    @property
    def label(self) -> str:
        return LABELS[self]


LABELS = {
    Role.MEMBER: "Member",
    Role.CONTRIBUTOR: "Area contributor",
    Role.LEAD: "Area lead",
    Role.COACH: "Coach",
    Role.EVALUATOR: "Evaluator",
    Role.PROGRAMME: "Programme team",
    Role.ADMINISTRATOR: "Administrator",
}

# Held in a local area; the others are held everywhere.
AREA_ROLES = frozenset({Role.MEMBER, Role.CONTRIBUTOR, Role.LEAD, Role.COACH})


class Right(StrEnum):
    SEE_AREA = "see the area's own pages"
    SEE_PEOPLE = "see who works on the area"
    INVITE_TO_AREA = "invite people to the area"
    LOG_SUPPORT = "record support given to the area"
    EDIT_MEMBERSHIP = "change an area's membership and role"
    SEE_COMPARISON = "see which areas are comparison sites"
    READ_HISTORY = "read what changed in the area"
    ADMINISTER = "administer people and roles"
    SEE_ROUNDS = "see the area's assessment rounds"
    SEE_REFLECTION = "see the area's private reflections"
    SCHEDULE_ROUND = "schedule assessment rounds"
    INTERVIEW = "record interviews for a round"
    RATE = "rate a round"
    MODERATE = "agree the scores of a round"
    SIGN_OFF = "sign off a round"
    MANAGE_INSTRUMENTS = "import assessment instruments"
    EDIT_PLAN = "change the area's plan"
    SEE_BOARD = "see where areas stand in the Approach to Implementation"
    SEE_RETURNS = "see the area's quarterly returns and charts"
    SEND_RETURN = "fill in and submit the area's returns"
    MAKE_SENDING_KEY = "make keys with which a system sends the area's returns"
    SIGN_OFF_RETURN = "sign off the area's returns"
    QUERY_RETURN = "ask about a return's figures"
    EXPECT_RETURNS = "say which returns are expected, and by when"
    PREPARE_RELEASE = "prepare figures for publication"
    RELEASE = "release figures that somebody else prepared"
    SEE_STUDY = "see studies, their monitor and their results"
    RUN_STUDY = "freeze and amend protocols, and take looks"


RIGHTS: dict[Role, frozenset[Right]] = {
    Role.MEMBER: frozenset({Right.SEE_AREA, Right.SEE_ROUNDS, Right.SEE_REFLECTION, Right.SEE_RETURNS}),
    Role.CONTRIBUTOR: frozenset(
        {
            Right.SEE_AREA,
            Right.SEE_PEOPLE,
            Right.SEE_ROUNDS,
            Right.SEE_REFLECTION,
            Right.INTERVIEW,
            Right.RATE,
            Right.EDIT_PLAN,
            Right.SEE_RETURNS,
            Right.SEND_RETURN,
            Right.MAKE_SENDING_KEY,
        }
    ),
    Role.LEAD: frozenset(
        {
            Right.SEE_AREA,
            Right.SEE_PEOPLE,
            Right.INVITE_TO_AREA,
            Right.READ_HISTORY,
            Right.SEE_ROUNDS,
            Right.SEE_REFLECTION,
            Right.SCHEDULE_ROUND,
            Right.INTERVIEW,
            Right.RATE,
            Right.MODERATE,
            Right.SIGN_OFF,
            Right.EDIT_PLAN,
            Right.SEE_RETURNS,
            Right.SEND_RETURN,
            Right.MAKE_SENDING_KEY,
            Right.SIGN_OFF_RETURN,
        }
    ),
    Role.COACH: frozenset(
        {
            Right.SEE_AREA,
            Right.SEE_PEOPLE,
            Right.LOG_SUPPORT,
            Right.READ_HISTORY,
            Right.SEE_ROUNDS,
            Right.RATE,
            Right.EDIT_PLAN,
            Right.SEE_BOARD,
            Right.SEE_RETURNS,
        }
    ),
    Role.EVALUATOR: frozenset(
        {
            Right.SEE_AREA,
            Right.SEE_COMPARISON,
            Right.SEE_ROUNDS,
            Right.SCHEDULE_ROUND,
            Right.INTERVIEW,
            Right.RATE,
            Right.MODERATE,
            Right.SIGN_OFF,
            Right.MANAGE_INSTRUMENTS,
            Right.SEE_BOARD,
            Right.SEE_RETURNS,
            Right.QUERY_RETURN,
            Right.EXPECT_RETURNS,
            Right.PREPARE_RELEASE,
            Right.RELEASE,
            Right.SEE_STUDY,
            Right.RUN_STUDY,
        }
    ),
    Role.PROGRAMME: frozenset(
        {
            Right.SEE_AREA,
            Right.SEE_PEOPLE,
            Right.LOG_SUPPORT,
            Right.EDIT_MEMBERSHIP,
            Right.READ_HISTORY,
            Right.SEE_ROUNDS,
            Right.SCHEDULE_ROUND,
            Right.MANAGE_INSTRUMENTS,
            Right.SEE_BOARD,
            Right.SEE_RETURNS,
            Right.QUERY_RETURN,
            Right.EXPECT_RETURNS,
            Right.PREPARE_RELEASE,
            Right.RELEASE,
        }
    ),
    # Administrators invite to areas too, but as administering people: that needs the second factor.
    Role.ADMINISTRATOR: frozenset({Right.SEE_AREA, Right.SEE_PEOPLE, Right.READ_HISTORY, Right.ADMINISTER}),
}

NEEDS_SECOND_FACTOR = frozenset(
    {
        Right.ADMINISTER,
        Right.SIGN_OFF,
        Right.SIGN_OFF_RETURN,
        # A key sends without anybody signing in: its maker proves who they are.
        Right.MAKE_SENDING_KEY,
        Right.RELEASE,
        Right.SEE_STUDY,
        Right.RUN_STUDY,
    }
)


@dataclass(frozen=True, slots=True)
class Held:
    """A role that a person holds now: in one area (its number), or everywhere (None)."""

    role: Role
    area: int | None = None


def has_right(right: Right, held: Iterable[Held], area: int | None = None) -> bool:
    """Whether any of the roles held gives a right: in this area, or (area None) everywhere."""
    return any(right in RIGHTS[each.role] and each.area in (None, area) for each in held)


def areas_with(right: Right, held: Iterable[Held]) -> frozenset[int] | None:
    """The numbers of the areas in which the roles give a right; None stands for all of them."""
    giving = [each.area for each in held if right in RIGHTS[each.role]]
    if None in giving:
        return None
    return frozenset(area for area in giving if area is not None)


def why_not(
    right: Right, held: Iterable[Held], area: int | None = None, *, second_factor: bool
) -> str | None:
    """The reason a person may not, or None if they may."""
    if not has_right(right, held, area):
        return f"Your roles do not let you {right.value}."
    if right in NEEDS_SECOND_FACTOR and not second_factor:
        return f"To {right.value} you must sign in with a second factor."
    return None
