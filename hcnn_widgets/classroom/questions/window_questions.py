"""Questions on windows: cross-correlation with padding, stride, dilation and a bias, true convolution, and pooling."""

from typing import Any

import numpy as np

from hcnn_widgets.classroom.convolution import cross_correlation, true_convolution, window_sum
from hcnn_widgets.classroom.pooling import pooled
from hcnn_widgets.classroom.questions.question import Hint, Mistake, QuestionKind
from hcnn_widgets.classroom.windows import Array, windows

LECTURE = {"image": [[0, 1, 2], [3, 4, 5], [6, 7, 8]], "kernel": [[0, 1], [2, 3]]}
"""The pop quiz of the lecture, whose answer is 19 25 / 37 43."""


def _numbers(rng: np.random.Generator, rows: int, columns: int, most: int) -> list[list[int]]:
    return rng.integers(0, most + 1, (rows, columns)).tolist()


def _board(rng: np.random.Generator, side: int) -> dict[str, Any]:
    return {"image": _numbers(rng, side, side, 9), "kernel": _numbers(rng, 2, 2, 3)}


def _turned(kernel: Any) -> Array:
    return np.array(kernel)[::-1, ::-1]


def _window_words(options: dict[str, Any]) -> str:
    """Return padding, stride and so on as they stand in a question."""
    words = {"padding": "padding {}", "stride": "stride {}", "dilation": "dilation {}", "bias": "bias {}"}
    said = [words[name].format(repr(value) if isinstance(value, str) else value) for name, value in options.items()]
    return f" with {', '.join(said)}" if said else ""


def _question(image: Any, kernel: Any, **options: Any) -> str:
    return f"What is the cross-correlation of image and kernel{_window_words(options)}?"


def _window_hint(cell: tuple[int, int], image: Any, kernel: Any, **options: Any) -> Hint:
    """Return the sum of an output cell without its result, and the window on the image."""
    summed = window_sum(image, kernel, cell, **options)
    step = options.get("dilation", 1)
    height, width = ((len(side) - 1) * step + 1 for side in (summed.rows, summed.columns))
    window = int(summed.rows[0]), int(summed.columns[0]), height, width
    whole = (0, 0, *np.shape(kernel))
    words = summed.text.split(" = ")[0].replace("x", "\u00d7")
    return Hint(f"{words} = ?", {"image": window, "kernel": whole})  # type: ignore[dict-item]


def _convolution_hint(cell: tuple[int, int], image: Any, kernel: Any) -> Hint:
    return Hint(
        "Turn the kernel by 180 degrees first, then lay it on the window.", _window_hint(cell, image, kernel).frames
    )


def _at_corner(result: Array, answer: Array) -> Array | None:
    """Return the part of a larger result that was asked for, as somebody fills it in from the upper left."""
    rows, columns = answer.shape
    return result[:rows, :columns] if len(result) >= rows and result.shape[1] >= columns else None


def _without(name: str) -> Any:
    """Return the mistake of forgetting an option: what then stands in the cells that are asked for."""

    def mistake(image: Any, kernel: Any, **options: Any) -> Array | None:
        rest = {key: value for key, value in options.items() if key != name}
        return _at_corner(cross_correlation(image, kernel, **rest), cross_correlation(image, kernel, **options))

    return mistake


def _flipped(image: Any, kernel: Any, **options: Any) -> Array:
    return cross_correlation(image, _turned(kernel), **options)


def _kernel_transposed(image: Any, kernel: Any, **options: Any) -> Array:
    return cross_correlation(image, np.transpose(kernel), **options)


def _bias_per_product(image: Any, kernel: Any, bias: float) -> Array:
    return cross_correlation(image, kernel) + bias * np.size(kernel)


def _first_windows(image: Any, kernel: Any, padding: str) -> Array:
    """Return "same" as if the odd row and column of zeros lay above and to the left."""
    return cross_correlation(np.pad(np.array(image), ((1, 0), (1, 0))), kernel)


def _pooling_hint(cell: tuple[int, int], image: Any, kind: str, size: int, stride: int) -> Hint:
    row, column = cell
    window = np.array(image)[row * stride : row * stride + size, column * stride : column * stride + size]
    numbers = ", ".join(map(str, window.ravel().tolist()))
    return Hint(f"The {kind} of {numbers} = ?", {"image": (row * stride, column * stride, size, size)})


def _pooled_as(change: Any) -> Any:
    """Return the mistake of pooling in another way."""

    def mistake(image: Any, kind: str, size: int, stride: int) -> Array | None:
        answer = pooled(image, kind, size, stride)
        result = change(image, kind, size, stride)
        return None if result is None else _at_corner(np.asarray(result, np.float64), answer)

    return mistake


def _smallest(image: Any, kind: str, size: int, stride: int) -> Array | None:
    return -pooled(-np.array(image), "max", size, stride) if kind == "max" else None


def _summed(image: Any, kind: str, size: int, stride: int) -> Array | None:
    grid = windows(np.shape(image), (size, size), "valid", stride)  # type: ignore[arg-type]
    return grid.values(np.array(image, np.float64)[..., None]).sum(axis=(2, 3, 4)) if kind == "mean" else None


KERNEL_MISTAKES = (
    Mistake("the kernel is turned by 180 degrees, as in a true convolution", _flipped),
    Mistake("rows and columns of the kernel are exchanged", _kernel_transposed),
)
CORRELATION = """\
image = np.array({image})
kernel = np.array({kernel})
windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
answer = (windows * kernel).sum(axis=(2, 3))
"""
WINDOW_QUESTIONS: dict[str, QuestionKind] = {
    "cross-correlation": QuestionKind(
        cross_correlation,
        lambda rng: _board(rng, 3),
        _question,
        _window_hint,
        KERNEL_MISTAKES,
        CORRELATION,
        ("image", "kernel"),
    ),
    "bias": QuestionKind(
        cross_correlation,
        lambda rng: _board(rng, 3) | {"bias": int(rng.integers(1, 6) * rng.choice([-1, 1]))},
        _question,
        _window_hint,
        (
            Mistake("the bias is forgotten", _without("bias")),
            Mistake("the bias is added to every product rather than once", _bias_per_product),
            *KERNEL_MISTAKES,
        ),
        CORRELATION.rstrip() + " + {bias}\n",
        ("image", "kernel"),
    ),
    "padding": QuestionKind(
        cross_correlation,
        lambda rng: _board(rng, 3) | {"padding": "same"},
        _question,
        _window_hint,
        (
            Mistake(
                "the row and column of zeros lie above and to the left; Keras has them below and right", _first_windows
            ),
            *KERNEL_MISTAKES,
        ),
        "image = np.pad(np.array({image}), ((0, 1), (0, 1)))  # zeros below and right\n"
        + CORRELATION.split("\n", 1)[1],
        ("image", "kernel"),
    ),
    "stride": QuestionKind(
        cross_correlation,
        lambda rng: _board(rng, 5) | {"stride": int(rng.integers(2, 4))},
        _question,
        _window_hint,
        (Mistake("the stride is forgotten: these are neighbouring windows", _without("stride")), *KERNEL_MISTAKES),
        CORRELATION.replace("kernel.shape)", "kernel.shape)[::{stride}, ::{stride}]"),
        ("image", "kernel"),
    ),
    "dilation": QuestionKind(
        cross_correlation,
        lambda rng: _board(rng, 4) | {"dilation": 2},
        _question,
        _window_hint,
        (Mistake("the dilation is forgotten: the cells of a window lie apart", _without("dilation")), *KERNEL_MISTAKES),
        "image = np.array({image})\nkernel = np.array({kernel})\n"
        "windows = np.lib.stride_tricks.sliding_window_view(image, (3, 3))[..., ::{dilation}, ::{dilation}]\n"
        "answer = (windows * kernel).sum(axis=(2, 3))\n",
        ("image", "kernel"),
    ),
    "true convolution": QuestionKind(
        true_convolution,
        lambda rng: _board(rng, 3),
        lambda image, kernel: "What is the true convolution of image and kernel, as mathematics has it?",
        _convolution_hint,
        (
            Mistake("the kernel is not turned: that is the cross-correlation of a network", cross_correlation),
            Mistake(
                "the kernel is turned left to right only",
                lambda image, kernel: cross_correlation(image, np.array(kernel)[:, ::-1]),
            ),
            Mistake(
                "the kernel is turned upside down only",
                lambda image, kernel: cross_correlation(image, np.array(kernel)[::-1]),
            ),
        ),
        CORRELATION.replace("({kernel})", "({kernel})[::-1, ::-1]"),
        ("image", "kernel"),
    ),
    "pooling": QuestionKind(
        pooled,
        lambda rng: {
            "image": _numbers(rng, 4, 4, 9),
            "kind": str(rng.choice(["max", "mean"])),
            "size": 2,
            "stride": 2,
        },
        lambda image, kind, size, stride: (
            f"What does {kind} pooling make of the image, {size} x {size}, stride {stride}?"
        ),
        _pooling_hint,
        (
            Mistake(
                "the mean is taken",
                _pooled_as(lambda image, kind, *at: pooled(image, "mean", *at) if kind == "max" else None),
            ),
            Mistake(
                "the largest is taken",
                _pooled_as(lambda image, kind, *at: pooled(image, "max", *at) if kind == "mean" else None),
            ),
            Mistake("the smallest is taken", _pooled_as(_smallest)),
            Mistake("the sum is not divided by the number of cells", _pooled_as(_summed)),
            Mistake(
                "the stride is forgotten: these are neighbouring windows",
                _pooled_as(lambda image, kind, size, stride: pooled(image, kind, size, 1)),
            ),
        ),
        "image = np.array({image})\n"
        "windows = np.lib.stride_tricks.sliding_window_view(image, ({size}, {size}))[::{stride}, ::{stride}]\n"
        "answer = windows.{kind}(axis=(2, 3))\n",
        ("image",),
    ),
}
"""Kinds of questions on windows, by name."""
