"""The kernel's half of the sidebar: which models there are, what they are made of, and the wire to the page."""

from hcnn_widgets.records.public_names import public_names as _public_names

__getattr__, __dir__, __all__ = _public_names(__name__, __file__)
