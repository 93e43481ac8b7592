"""Representational similarity: RDMs, their comparison, noise ceilings and inference."""
