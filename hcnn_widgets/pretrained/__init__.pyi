from .efficientnet import efficientnet_lite0

__all__ = ["efficientnet_lite0"]
