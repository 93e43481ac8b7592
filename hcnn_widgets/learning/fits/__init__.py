"""Trainings that Keras does itself, as runs."""
