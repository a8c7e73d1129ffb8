"""The one seed from which everything made up follows."""

from random import Random

SEED = 2015


def dice(what: str) -> Random:
    """Dice of their own for each thing told, so that adding one thing changes no other."""
    return Random(f"{SEED} {what}")  # noqa: S311  # for a story, not for secrets
