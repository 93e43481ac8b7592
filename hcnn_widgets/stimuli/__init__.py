"""The stimuli that a model sees: rendered objects, folders of images and public benchmarks."""

from hcnn_widgets.records.public_names import public_names as _public_names

__getattr__, __dir__, __all__ = _public_names(__name__, __file__)
