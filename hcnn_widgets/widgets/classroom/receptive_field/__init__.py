"""Receptive fields: which pixels a unit sees, and how much of each."""
