from .rendered_objects import objects
from .stimulus_set import StimulusSet

__all__ = ["StimulusSet", "objects"]
