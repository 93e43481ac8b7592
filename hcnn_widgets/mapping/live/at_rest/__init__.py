"""Scores and matches of given activations, or of a model that does not train."""
