"""Lab of devices: a convolution timed over batch and size, on each device that Keras sees."""

from collections.abc import Callable
from typing import Any

import ipywidgets

from hcnn_widgets.widgets.classroom.lab_box import button, put
from hcnn_widgets.widgets.classroom.lab_steps import takes_state
from hcnn_widgets.widgets.classroom.scene_lab import LabPanel, SceneLab
from hcnn_widgets.widgets.panel.known_options import check_options
from hcnn_widgets.widgets.scene.scene import Scene

from .device_scene import MEASURE, STOP, chosen_at, device_scene
from .device_shown import DeviceShown, checked_counts, nearest_of
from .device_times import BATCHES, SIDES, DeviceTimes
from .device_words import device_sentence

CODE = """import time
import keras
import numpy as np

images = np.random.rand({batch}, {pixels}, {pixels}, 3).astype("float32")
kernels = np.random.rand(5, 5, 3, 32).astype("float32")
for device in keras.distribution.list_devices() or ["cpu:0"]:
    for dtype in ("float32", "bfloat16"):
        with keras.device(device):
            x, w = (keras.ops.convert_to_tensor(each, dtype) for each in (images, kernels))
            seconds = []
            for repeat in range(12):
                began = time.perf_counter()
                keras.ops.convert_to_numpy(keras.ops.conv(x, w, padding="same")[0, 0, 0])  # waits for the result
                seconds.append(time.perf_counter() - began)
        print(device, dtype, f"{{len(images) / np.median(seconds[1:]):,.0f}} images a second")
"""


class DeviceLab(SceneLab[DeviceShown]):
    """How fast the devices here are: a convolution timed over batch and size, on each one that Keras sees.

    "Measure", or the key M, times the convolution on each device in float32 and in bfloat16, and on one core of the
    processor in a process of its own; points come one by one, and "Stop", or the key S, ends it. On the left, images a
    second over the batch, for one size of images; on the right, thousand million operations a second over the size, for
    one batch. A click on a point chooses both. All are medians, of the forward way alone, and whatever else the machine
    does counts.

    Parameters
    ----------
    batch, pixels : int
        What is chosen at first: what is nearest to it. A ``lab.state`` in the place of both is shown again.
    batches, sizes : sequence of int
        What is timed.
    times : DeviceTimes, optional
        Other times; for tests.
    **options
        ``clock`` and ``ticker`` of the panel within.

    Raises
    ------
    ValueError
        If a number is no count.
    """

    @takes_state
    def __init__(
        self,
        batch: int = 16,
        pixels: int = 32,
        *,
        batches: Any = BATCHES,
        sizes: Any = SIDES,
        times: DeviceTimes | None = None,
        **options: Any,
    ) -> None:
        check_options(options, DeviceLab, LabPanel)
        self.times = times or DeviceTimes(checked_counts("batches", batches), checked_counts("sizes", sizes))
        shown = DeviceShown(
            nearest_of(self.times.batches, checked_counts("batch", batch)[0]),
            nearest_of(self.times.sides, checked_counts("pixels", pixels)[0]),
        )
        self._drawn: tuple[Any, ...] = ()
        super().__init__(shown, self._make_controls(), **options)

    def _make_controls(self) -> list[ipywidgets.Widget]:
        self._measure = button("Measure", "play", "Time the convolution (key m)", lambda _: self.act(self.measure))
        self._stop = button("Stop", "stop", "End the measuring (key s)", lambda _: self.act(self.stop))
        self._batch = self._menu("Batch", self.times.batches, "Images at once", lambda value: {"batch": value})
        self._pixels = self._menu("Pixels", self.times.sides, "Height and width", lambda value: {"pixels": value})
        return [self._measure, self._stop, self._batch, self._pixels]

    def _menu(
        self, name: str, values: tuple[int, ...], tooltip: str, chosen: Callable[[int], dict[str, int]]
    ) -> ipywidgets.Dropdown:
        menu = ipywidgets.Dropdown(description=name, options=values, tooltip=tooltip, layout={"width": "150px"})
        menu.observe(
            lambda change: self.choose(lambda: DeviceShown(**{**self.state, **chosen(change["new"])})), "value"
        )
        return menu

    @property
    def code(self) -> str:
        """Lines of Keras that do the same."""
        return CODE.format(**self.state)

    def measure(self) -> None:
        """Time everything, anew where it was timed before."""
        self.times.begin()
        self.changed()

    def stop(self) -> None:
        """End the measuring after the number under way."""
        self.times.stop()
        self.panel.renew()

    def scene(self, width: int) -> Scene:
        """Describe the plots for a width in pixels."""
        return device_scene(self.times, self.shown, width)

    def told(self) -> object:
        """Return what the scene is made of: the same object while nothing was added."""
        times = self.times
        drawn = self.shown, times.n_done, times.under_way, times.was_stopped
        if drawn != self._drawn:
            self._drawn = drawn
            put(self._measure, disabled=times.going)
            put(self._stop, disabled=not times.going)
        return self._drawn

    def source_over(self) -> bool:
        """Return whether nothing is timed."""
        return not self.times.going

    def pressed(self, place: int, key: str) -> None:
        """Measure, stop, or choose the batch and size of a point."""
        if self.press_of_all(key):
            return
        if key == MEASURE:
            self.measure()
        elif key == STOP:
            self.stop()
        else:
            self.go_to(chosen_at(self.times, self.shown, place))

    def mirror(self) -> None:
        """Set the controls to what is shown."""
        put(self._batch, value=self.shown.batch)
        put(self._pixels, value=self.shown.pixels)
        put(self._measure, disabled=self.times.going)
        put(self._stop, disabled=not self.times.going)

    def sentence(self) -> str:
        """Say what is seen."""
        return device_sentence(self.times, self.shown)

    def close(self) -> None:
        """Take the lab off the page; what it times ends."""
        if hasattr(self, "times"):
            self.times.stop()
        super().close()
