"""Questions that are counted: the size of an output, the weights of a layer, the receptive field of a stack."""

from typing import Any

import numpy as np

from hcnn_widgets.classroom.questions.question import Hint, Mistake, QuestionKind


def _length(length: int, cells: int, padding: int, stride: int, dilation: int) -> float:
    """Return the windows along a side before they are rounded down."""
    return (length + 2 * padding - (cells - 1) * dilation - 1) / stride + 1


def _layer(rng: np.random.Generator) -> dict[str, Any]:
    """Draw a layer whose last window leaves some pixels over, so that it matters that they are rounded down."""
    return {
        "height": int(rng.integers(20, 65)),
        "width": int(rng.integers(20, 65)),
        "kernel": int(rng.integers(2, 6)),
        "padding": int(rng.integers(1, 4)),
        "stride": int(rng.integers(2, 4)),
        "dilation": int(rng.integers(1, 3)),
    }


def _size(height: int, width: int, kernel: int, padding: int, stride: int, dilation: int) -> Any:
    return np.floor([_length(side, kernel, padding, stride, dilation) for side in (height, width)])


def _size_hint(cell: tuple[int, int], height: int, width: int, **layer: int) -> Hint:
    side = (height, width)[cell[1]]
    covered = f"{side} + 2\u00d7{layer['padding']} - ({layer['kernel']} - 1)\u00d7{layer['dilation']} - 1"
    return Hint(f"floor(({covered}) / {layer['stride']}) + 1 = ?")


def _size_words(**layer: int) -> str:
    return (
        f"An image of {layer['height']} x {layer['width']} goes through a convolution of {layer['kernel']} x "
        f"{layer['kernel']}, padding {layer['padding']} on every side, stride {layer['stride']}, dilation "
        f"{layer['dilation']}. How many rows and columns has the output?"
    )


def _changed(**changes: int) -> Any:
    """Return the mistake of computing with other numbers of the layer."""
    return lambda **layer: None if layer.items() >= changes.items() else _size(**(layer | changes))


def _rounded_up(height: int, width: int, **layer: int) -> Any:
    names = ("kernel", "padding", "stride", "dilation")
    exact = np.array([_length(side, *(layer[name] for name in names)) for side in (height, width)])
    return np.ceil(exact) if (exact % 1).any() else None


def _padding_once(padding: int, height: int, width: int, **layer: int) -> Any:
    return _size(height=height - padding, width=width - padding, padding=padding, **layer)


def _one_short(**layer: int) -> Any:
    return _size(**layer) - 1


def _convolution(rng: np.random.Generator) -> dict[str, Any]:
    names = {"kernel": (2, 8), "channels_in": (2, 33), "channels_out": (2, 65), "map_side": (7, 33)}
    return {name: int(rng.integers(*ends)) for name, ends in names.items()}


def _weights(kernel: int, channels_in: int, channels_out: int, map_side: int) -> int:
    return (kernel * kernel * channels_in + 1) * channels_out


def _weights_hint(cell: tuple[int, int], kernel: int, channels_in: int, channels_out: int, map_side: int) -> Hint:
    return Hint(f"({kernel}\u00d7{kernel}\u00d7{channels_in} weights + 1 bias) \u00d7 {channels_out} kernels = ?")


def _dense(rng: np.random.Generator) -> dict[str, Any]:
    return {name: int(rng.integers(3, 129)) for name in ("inputs", "hidden", "outputs")}


def _dense_weights(inputs: int, hidden: int, outputs: int) -> int:
    return (inputs + 1) * hidden + (hidden + 1) * outputs


def _stack(rng: np.random.Generator) -> dict[str, Any]:
    """Draw three layers, one of them at least with a stride that later ones feel."""
    strides = [int(rng.integers(1, 3)), 2, int(rng.integers(1, 3))]
    return {"layers": [[int(rng.integers(2, 6)), stride] for stride in strides]}


def _field(layers: Any) -> int:
    reach, jump = 1, 1
    for kernel, stride in layers:
        reach, jump = reach + (kernel - 1) * jump, jump * stride
    return reach


def _field_hint(cell: tuple[int, int], layers: Any) -> Hint:
    jumps = np.cumprod([1, *(stride for _, stride in layers)])
    terms = [f"({kernel} - 1)\u00d7{jump}" for (kernel, _), jump in zip(layers, jumps, strict=False)]
    return Hint(f"1 + {' + '.join(terms)} = ?, every step being multiplied by the strides before it.")


def _own_stride(layers: Any) -> int:
    reach, jump = 1, 1
    for kernel, stride in layers:
        jump *= stride
        reach += (kernel - 1) * jump
    return reach


COUNT_QUESTIONS: dict[str, QuestionKind] = {
    "output size": QuestionKind(
        _size,
        _layer,
        _size_words,
        _size_hint,
        (
            Mistake("the last window is counted although it does not fit: rounded up rather than down", _rounded_up),
            Mistake("the stride is forgotten", _changed(stride=1)),
            Mistake("the padding is forgotten", _changed(padding=0)),
            Mistake("the padding is counted on one side only", _padding_once),
            Mistake("the dilation is forgotten", _changed(dilation=1)),
            Mistake("the first window is not counted: + 1 is missing", _one_short),
        ),
        "sides = np.array([{height}, {width}])\n"
        "answer = ((sides + 2 * {padding} - ({kernel} - 1) * {dilation} - 1) // {stride} + 1)[None]\n",
        columns=("rows", "columns"),
    ),
    "weights of a convolution": QuestionKind(
        _weights,
        _convolution,
        lambda kernel, channels_in, channels_out, map_side: (
            f"A convolution has {channels_out} kernels of {kernel} x {kernel} on {channels_in} channels, each with a "
            f"bias; its output is {map_side} x {map_side}. How many weights does it learn, biases included?"
        ),
        _weights_hint,
        (
            Mistake(
                "the biases are forgotten",
                lambda kernel, channels_in, channels_out, map_side: kernel**2 * channels_in * channels_out,
            ),
            Mistake(
                "the channels are forgotten: a kernel goes through all of them",
                lambda kernel, channels_in, channels_out, map_side: (kernel**2 + 1) * channels_out,
            ),
            Mistake(
                "there is a bias for every channel that comes in",
                lambda kernel, channels_in, channels_out, map_side: (kernel**2 + 1) * channels_in * channels_out,
            ),
            Mistake(
                "there is one bias for all kernels together",
                lambda kernel, channels_in, channels_out, map_side: kernel**2 * channels_in * channels_out + 1,
            ),
            Mistake(
                "every position has weights of its own: they are shared",
                lambda map_side, **layer: _weights(map_side=map_side, **layer) * map_side**2,
            ),
        ),
        "answer = np.array([[({kernel} * {kernel} * {channels_in} + 1) * {channels_out}]])\n",
    ),
    "weights of a network": QuestionKind(
        _dense_weights,
        _dense,
        lambda inputs, hidden, outputs: (
            f"{inputs} inputs, a dense layer of {hidden} units, one of {outputs} outputs; every unit has a bias. "
            "How many weights are there, biases included?"
        ),
        lambda cell, inputs, hidden, outputs: Hint(f"({inputs} + 1)\u00d7{hidden} + ({hidden} + 1)\u00d7{outputs} = ?"),
        (
            Mistake("the biases are forgotten", lambda inputs, hidden, outputs: inputs * hidden + hidden * outputs),
            Mistake(
                "the layers are multiplied with each other", lambda inputs, hidden, outputs: inputs * hidden * outputs
            ),
            Mistake(
                "the inputs have biases, too",
                lambda inputs, hidden, outputs: _dense_weights(inputs, hidden, outputs) + inputs,
            ),
            Mistake(
                "there is one bias a layer", lambda inputs, hidden, outputs: inputs * hidden + hidden * outputs + 2
            ),
        ),
        "answer = np.array([[({inputs} + 1) * {hidden} + ({hidden} + 1) * {outputs}]])\n",
    ),
    "receptive field": QuestionKind(
        _field,
        _stack,
        lambda layers: (
            "Three layers follow one another: "
            + ", then ".join(f"{kernel} x {kernel} with stride {stride}" for kernel, stride in layers)
            + ". How many pixels wide is what a unit of the last one sees?"
        ),
        _field_hint,
        (
            Mistake("the strides are forgotten", lambda layers: 1 + sum(kernel - 1 for kernel, _ in layers)),
            Mistake("the kernels are added up", lambda layers: sum(kernel for kernel, _ in layers)),
            Mistake("a layer's own stride is counted, which only later layers feel", _own_stride),
            Mistake("the first pixel is not counted: 1 + is missing", lambda layers: _field(layers) - 1),
        ),
        "kernels, strides = np.array({layers}).T\n"
        "jumps = np.cumprod([1, *strides[:-1]])  # every step is multiplied by the strides before it\n"
        "answer = np.array([[1 + ((kernels - 1) * jumps).sum()]])\n",
    ),
}
"""Kinds of questions that are counted, by name."""
