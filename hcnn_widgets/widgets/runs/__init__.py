"""The trainings of a notebook side by side."""
