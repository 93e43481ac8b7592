"""The goals that a network can be trained for, by name."""

from .categorization import Categorization

GOALS: dict[str, type[Categorization]] = {"categorization": Categorization}
