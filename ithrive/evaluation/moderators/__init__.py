"""Does it work only where something else is right? An effect told apart by what sites were like before."""

from ithrive.evaluation.moderators.moderation import Half, Moderation, moderation

__all__ = ["Half", "Moderation", "moderation"]
