"""Tests of a study run whole."""
