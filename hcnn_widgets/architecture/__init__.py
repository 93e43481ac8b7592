"""Architectures: specs as plain data, and the builder of their networks.

Every architecture function gives an `ArchitectureSpec`; ``spec.build()`` gives the keras.Model.
"""

from hcnn_widgets.records.public_names import public_names as _public_names

__getattr__, __dir__, __all__ = _public_names(__name__, __file__)
