"""The stimuli that a model sees: rendered objects, folders of images and public benchmarks."""

import lazy_loader as lazy

__getattr__, __dir__, __all__ = lazy.attach_stub(__name__, __file__)
