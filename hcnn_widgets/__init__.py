"""Goal-driven hierarchical convolutional networks as models of sensory cortex, live in a notebook.

Everything is reached through this door and loaded when it is first touched: importing the package loads neither Keras
nor TensorFlow. The file ``__init__.pyi`` beside this one is the list of the public API.
"""

import sys as _sys

from hcnn_widgets.records.public_names import public_names as _public_names

__getattr__, __dir__, __all__ = _public_names(__name__, __file__)
__version__ = "0.1.0"

if "ipykernel" in _sys.modules:  # in a notebook the sidebar is told; a script does not pay for it
    __getattr__("explorer").register()
