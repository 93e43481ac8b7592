"""What a trained network is good for besides its goal: read out for other goals, and carried over to new categories."""

from hcnn_widgets.records.public_names import public_names as _public_names

__getattr__, __dir__, __all__ = _public_names(__name__, __file__)
