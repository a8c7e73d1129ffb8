"""The Approach to Implementation: phases and steps, plans and actions, stalls, support given."""

from ithrive.implementation.alike import NotEnoughAreas, TimesTaken, begun_within, times_taken
from ithrive.implementation.evidence import Evidence, Kind, Shows, why_not_evidence
from ithrive.implementation.movability import Movability, Scored, movability
from ithrive.implementation.news import About, Due, Happening, what_changed, what_is_due
from ithrive.implementation.people import Gap, Part, Post, SteeringGroup, gaps, no_lead_since, steering_group
from ithrive.implementation.plan import ActionState, PlannedAction, state_of
from ithrive.implementation.priorities import Candidate, Proposal, proposed
from ithrive.implementation.progress import (
    PhaseProgress,
    Progress,
    Standing,
    StepProgress,
    next_step,
    progress,
)
from ithrive.implementation.rhythm import Rhythm, Rules, Usual, rhythm, usual
from ithrive.implementation.stakeholders import Stakeholder, stakeholder_map, to_win_over
from ithrive.implementation.stall import Alert, Attention, Sign, Situation, StallWarning, attention

__all__ = [
    "About",
    "ActionState",
    "Alert",
    "Attention",
    "Candidate",
    "Due",
    "Evidence",
    "Gap",
    "Happening",
    "Kind",
    "Movability",
    "NotEnoughAreas",
    "Part",
    "PhaseProgress",
    "PlannedAction",
    "Post",
    "Progress",
    "Proposal",
    "Rhythm",
    "Rules",
    "Scored",
    "Shows",
    "Sign",
    "Situation",
    "Stakeholder",
    "StallWarning",
    "Standing",
    "SteeringGroup",
    "StepProgress",
    "TimesTaken",
    "Usual",
    "attention",
    "begun_within",
    "gaps",
    "movability",
    "next_step",
    "no_lead_since",
    "progress",
    "proposed",
    "rhythm",
    "stakeholder_map",
    "state_of",
    "steering_group",
    "times_taken",
    "to_win_over",
    "usual",
    "what_changed",
    "what_is_due",
    "why_not_evidence",
]
