"""Weights that make samples of people alike, so that a change in who was asked is not taken for an effect."""

from ithrive.evaluation.weights.four_groups import FourGroupWeights, four_group_weights

__all__ = ["FourGroupWeights", "four_group_weights"]
