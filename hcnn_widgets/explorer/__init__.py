"""The kernel's half of the sidebar: which models there are, what they are made of, and the wire to the page."""

import lazy_loader as _lazy

__getattr__, __dir__, __all__ = _lazy.attach_stub(__name__, __file__)
