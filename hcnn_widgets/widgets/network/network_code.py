"""Code that computes the maps shown by NetworkView."""

from collections.abc import Mapping

MAPS = """\
import keras

{comment}areas = {{{areas}}}
taps = [{layers}]
maps = keras.Model(network.inputs, taps)([image[None]])  # image: (height, width, n_channels)
answer = network(image[None])
peaks = keras.Model(network.inputs, {opened})([images])
if len(peaks.shape) == 4:
    peaks = keras.ops.max(peaks, axis=(1, 2))  # (n_stimuli, n_maps): what drives each map of {area} most
"""


def network_code(taps: Mapping[str, str], area: str, comment: str = "") -> str:
    """Return the code that computes the maps of an image, the answer, and what drives the maps of an area.

    Parameters
    ----------
    taps : mapping of str to str
        Area -> name of the layer, or its path, as `taps_of` returns them.
    area : str
        The opened area.
    comment : str
        Line on the pixels that the network takes.
    """
    outputs = {name: f"network{_layers(tap)}.output" for name, tap in taps.items()}
    lines = ", ".join(f'"{name}": "{tap}"' for name, tap in taps.items())
    return MAPS.format(
        comment=comment, areas=lines, layers=", ".join(outputs.values()), opened=outputs.get(area, "..."), area=area
    )


def _layers(tap: str) -> str:
    return "".join(f'.get_layer("{name}")' for name in tap.split("/"))
