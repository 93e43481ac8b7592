"""Responses of a network's units: recorded activations, and the kernels behind them."""

import lazy_loader as _lazy

__getattr__, __dir__, __all__ = _lazy.attach_stub(__name__, __file__)
