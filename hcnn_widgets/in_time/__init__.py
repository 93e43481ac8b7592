"""Networks in time: run for longer than they were trained for, tested over delays, and shown the same end again."""

from hcnn_widgets.records.public_names import public_names as _public_names

__getattr__, __dir__, __all__ = _public_names(__name__, __file__)
