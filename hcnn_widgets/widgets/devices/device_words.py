"""What a DeviceLab says: of the machine, of what is measured, and of each point."""

from hcnn_widgets.widgets.scene.scene import CardRow

from .device_shown import DeviceShown
from .device_times import DeviceTimes, Time, Way, against

TITLE = "How fast this machine is"
NO_GPU = "A GPU is not measured: there is none here."
WHAT = (
    "One convolution with 32 kernels of 5 x 5 on colour images, forward alone; medians, the result waited for. "
    "Whatever else the machine does counts."
)


def rate_words(value: float) -> str:
    """Return a rate with two digits.

    Examples
    --------
    >>> rate_words(12345.0), rate_words(3.14), rate_words(0.4)
    ('12,000', '3.1', '0.40')
    """
    digits = float(f"{value:.2g}")
    return f"{digits:,.0f}" if digits >= 10 else f"{digits:.1f}" if digits >= 1 else f"{digits:.2f}"


def duration_words(seconds: float) -> str:
    """Return a short time in words.

    Examples
    --------
    >>> duration_words(0.00123), duration_words(2.5)
    ('1.2 ms', '2.5 s')
    """
    return f"{rate_words(1e3 * seconds)} ms" if seconds < 1 else f"{rate_words(seconds)} s"


def machine_lines(times: DeviceTimes) -> list[str]:
    """Return what there is, in the words of `hw.devices()`, and what there is not."""
    found = times.machine
    return [f"This machine: {found.words}.", *([] if found.accelerators else [NO_GPU])]


def progress_words(times: DeviceTimes) -> str:
    """Return how far the measuring is."""
    done, n = times.n_done, times.n_cells
    if times.under_way is not None:
        starting = ", once its process has loaded Keras" if times.under_way.alone else ""
        return f"{done} of {n}: {times.under_way.words}{starting}\u2026"
    if not (done or times.problems):
        return "Not measured yet: Measure times a convolution on each device."
    return f"{done} of {n} measured{', then stopped' if times.was_stopped else ''}."


def found_lines(times: DeviceTimes, shown: DeviceShown) -> list[str]:
    """Return what was found for the batch and size that are chosen, and what went wrong."""
    lines = []
    for way in times.ways:
        time = times.at(way, shown.batch, shown.pixels)
        if time is not None and way.dtype == "float32" and not way.alone:
            compared = _compared(times, way, shown)
            per_second = f"{way.words}: {rate_words(time.rate)} images a second, {rate_words(time.gflops)} GFLOP/s"
            lines.append("; ".join([per_second, *compared]) + ".")
    return [*lines, *(f"{way.words}: {problem}" for way, problem in times.problems.items())]


def _compared(times: DeviceTimes, way: Way, shown: DeviceShown) -> list[str]:
    words = []
    for other in times.ways:
        ratio = against(times, way, other, shown.batch, shown.pixels)
        if ratio is None or other == way:
            continue
        if other.device == way.device and not other.alone:
            words.append(f"{other.dtype} takes {rate_words(ratio)} x as long")
        elif other.alone:
            words.append(f"{rate_words(ratio)} x one core")
    return words


def device_sentence(times: DeviceTimes, shown: DeviceShown) -> str:
    """Return what is seen, in a sentence."""
    found = found_lines(times, shown)
    at = f"At a batch of {shown.batch} and {shown.pixels} pixels: " if found else ""
    return " ".join([progress_words(times), *machine_lines(times)[1:], at + " ".join(found)]).strip()


def point_sentence(way: Way, time: Time) -> str:
    """Return what is heard of a point."""
    return (
        f"{way.words}, batch {time.batch}, {time.side} pixels: {rate_words(time.rate)} images a second, "
        f"{rate_words(time.gflops)} GFLOP/s, {duration_words(time.seconds)} a batch."
    )


def point_card(times: DeviceTimes, way: Way, time: Time, colour: str) -> tuple[CardRow, ...]:
    """Return the rows of a point's card."""
    rows = [
        CardRow(way.words, f"{rate_words(time.rate)} images/s", colour, strong=True),
        CardRow("GFLOP/s", rate_words(time.gflops)),
        CardRow("a batch", duration_words(time.seconds)),
        CardRow("batch", f"{time.batch}"),
        CardRow("size", f"{time.side} x {time.side} pixels"),
    ]
    first = times.ways[0]
    if (ratio := against(times, way, first, time.batch, time.side)) is not None and way != first:
        rows.append(CardRow(f"as fast as {first.words}", f"{rate_words(ratio)} x"))
    return tuple(rows)
