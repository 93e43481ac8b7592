"""Models whose weights have been trained already, by others and on real photographs.

Each comes as a pip package that is an extra of this one, and is read without the framework that wrote it.
"""

from hcnn_widgets.records.public_names import public_names as _public_names

__getattr__, __dir__, __all__ = _public_names(__name__, __file__)
