"""Scores and RDMs beside a training run."""
