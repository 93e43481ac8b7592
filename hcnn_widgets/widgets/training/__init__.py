"""Curves and controls of a training run."""
