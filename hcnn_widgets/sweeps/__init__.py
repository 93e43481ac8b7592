"""Many networks drawn, trained and scored, to see whether what performs better predicts the brain better."""

from hcnn_widgets.records.public_names import public_names as _public_names

__getattr__, __dir__, __all__ = _public_names(__name__, __file__)
