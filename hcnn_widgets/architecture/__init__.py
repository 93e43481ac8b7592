"""Architectures: specs as plain data, and the builder of their networks.

Every architecture function gives an `ArchitectureSpec`; ``spec.build()`` gives the keras.Model.
"""

import lazy_loader as _lazy

__getattr__, __dir__, __all__ = _lazy.attach_stub(__name__, __file__)
