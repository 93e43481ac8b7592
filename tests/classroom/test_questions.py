"""Kinds of questions: right answers against SciPy, Keras and counting by hand, and mistakes made by other means."""

import contextlib
import io
import re

import numpy as np
import pytest
from scipy.signal import convolve2d, correlate2d

from hcnn_widgets.classroom import QUESTIONS, Hint, Mistake, Question, QuestionKind, quiz
from hcnn_widgets.classroom.questions.question import drawn_question
from hcnn_widgets.keras_door import keras

SEEDS = range(12)
PICTURE = np.arange(9.0).reshape(3, 3)


def pictured(values):
    return np.asarray(values, np.float32)[None, ..., None]


def conv2d(image, kernel, **options):
    layer = keras.layers.Conv2D(1, np.shape(kernel), use_bias=False, **options)
    layer.build((None, *np.shape(image), 1))
    layer.set_weights([np.array(kernel, np.float32)[..., None, None]])
    return keras.ops.convert_to_numpy(layer(pictured(image)))[0, ..., 0]


def pool2d(image, kind, size, stride):
    layer = {"max": keras.layers.MaxPooling2D, "mean": keras.layers.AveragePooling2D}[kind](size, stride)
    return keras.ops.convert_to_numpy(layer(pictured(image)))[0, ..., 0]


def counted(*layers):
    """Oracle: the weights that Keras makes, as it counts them itself."""
    return [[keras.Sequential(layers).count_params()]]


def seen_pixels(layers):
    """Oracle: the pixels that a unit of the last layer sees, followed back pixel by pixel."""
    seen = {0}
    for kernel, stride in reversed(layers):
        seen = {place * stride + step for place in seen for step in range(kernel)}
    return [[len(range(min(seen), max(seen) + 1))]]


def learnt(inputs, weights, bias, target):
    z = sum(x * w for x, w in zip(inputs, weights, strict=True)) + bias
    step = target - (1 if z > 0 else 0)
    return [[*(w + step * x for x, w in zip(inputs, weights, strict=True)), bias + step]]


ORACLES = {
    "cross-correlation": lambda image, kernel: correlate2d(image, kernel, "valid"),
    "bias": lambda image, kernel, bias: correlate2d(image, kernel, "valid") + bias,
    "padding": lambda image, kernel, padding: conv2d(image, kernel, padding=padding),
    "stride": lambda image, kernel, stride: conv2d(image, kernel, strides=stride),
    "dilation": lambda image, kernel, dilation: conv2d(image, kernel, dilation_rate=dilation),
    "true convolution": lambda image, kernel: convolve2d(image, kernel, "valid"),
    "pooling": pool2d,
    "perceptron": lambda inputs, weights, bias: [
        [z := sum(x * w for x, w in zip(inputs, weights, strict=True)) + bias, 1 if z > 0 else 0]
    ],
    "learning step": learnt,
    "gate": lambda gate, inputs: [
        [
            int(
                {
                    "AND": x1 and x2,
                    "OR": x1 or x2,
                    "XOR": x1 != x2,
                    "NAND": not (x1 and x2),
                    "NOR": not (x1 or x2),
                    "XNOR": x1 == x2,
                }[gate]
            )
        ]
        for x1, x2 in inputs
    ],
    "activation": lambda z, activation: [
        keras.ops.convert_to_numpy(getattr(keras.ops, activation)(np.array(z, np.float32)))
    ],
    "output size": lambda height, width, kernel, padding, stride, dilation: [
        [len(range(0, side + 2 * padding - (kernel - 1) * dilation, stride)) for side in (height, width)]
    ],
    "weights of a convolution": lambda kernel, channels_in, channels_out, map_side: counted(
        keras.layers.Input((40, 40, channels_in)), keras.layers.Conv2D(channels_out, kernel)
    ),
    "weights of a network": lambda inputs, hidden, outputs: counted(
        keras.layers.Input((inputs,)), keras.layers.Dense(hidden), keras.layers.Dense(outputs)
    ),
    "receptive field": lambda layers: seen_pixels(layers),
}


def drawn(kind, seed=0):
    return drawn_question(kind, QUESTIONS[kind], np.random.default_rng(seed))


def test_every_kind_has_an_oracle():
    assert set(ORACLES) == set(QUESTIONS)


@pytest.mark.parametrize("kind", QUESTIONS)
def test_the_answer_is_that_of_the_oracle(kind):
    for seed in SEEDS:
        question = drawn(kind, seed)
        np.testing.assert_allclose(question.answer, ORACLES[kind](**question.given), rtol=1e-6)


@pytest.mark.parametrize("kind", QUESTIONS)
def test_every_mistake_is_told_from_the_right_answer_and_from_the_others(kind):
    told = set()
    for seed in SEEDS:
        question = drawn(kind, seed)
        assert question.tells_apart
        assert question.diagnosis(question.answer).is_right
        for words, result in question.wrong_answers.items():
            found = question.diagnosis(result)
            assert (found.is_right, found.mistakes) == (False, (words,))
            told.add(words)
    assert told >= {mistake.words for mistake in QUESTIONS[kind].mistakes}


@pytest.mark.parametrize("kind", QUESTIONS)
def test_the_lines_of_code_print_the_answer(kind):
    for seed in SEEDS:
        question, out = drawn(kind, seed), io.StringIO()
        with contextlib.redirect_stdout(out):
            exec(question.code, {})
        numbers = [float(number) for number in re.findall(r"-?\d+\.?\d*(?:e[+-]?\d+)?", out.getvalue())]
        np.testing.assert_allclose(np.reshape(numbers, question.answer.shape), question.answer, rtol=1e-6)


@pytest.mark.parametrize("kind", QUESTIONS)
def test_hints_do_not_give_the_answer_and_frame_what_is_there(kind):
    question = drawn(kind)
    for cell, value in np.ndenumerate(question.answer):
        hint = question.hint(*cell)
        assert hint.words
        assert f"= {value:g}" not in hint.words
        for name, (row, column, rows, columns) in hint.frames.items():
            height, width = question.boards[name].shape
            assert -2 < row < height
            assert -2 < column < width
            assert rows >= 1
            assert columns >= 1


@pytest.mark.parametrize("kind", ["cross-correlation", "bias", "padding", "stride", "dilation", "pooling"])
def test_the_window_that_a_hint_frames_is_what_its_sum_is_made_of(kind):
    question = drawn(kind, 3)
    cell = tuple(side - 1 for side in question.answer.shape)
    row, column, rows, columns = question.hint(*cell).frames["image"]
    padded = np.pad(question.boards["image"], ((0, 1), (0, 1)))
    window = padded[row : row + rows, column : column + columns]
    if kind == "pooling":
        result = {"max": window.max(), "mean": window.mean()}[question.given["kind"]]
    else:
        step = question.given.get("dilation", 1)
        result = (window[::step, ::step] * question.boards["kernel"]).sum() + question.given.get("bias", 0)
    assert result == pytest.approx(question.answer[cell])


def test_usual_mistakes_are_named_as_they_are_made_by_hand():
    pop = quiz(1)[0]
    made = {
        "the kernel is turned by 180 degrees, as in a true convolution": convolve2d(PICTURE, [[0, 1], [2, 3]], "valid"),
        "rows and columns of the kernel are exchanged": correlate2d(PICTURE, [[0, 2], [1, 3]], "valid"),
        "rows and columns are exchanged": [[19, 37], [25, 43]],
    }
    assert {words: np.array(result).tolist() for words, result in made.items()} == {
        words: result.tolist() for words, result in pop.wrong_answers.items()
    }
    size = Question(
        "output size",
        {"height": 7, "width": 8, "kernel": 3, "padding": 0, "stride": 2, "dilation": 1},
        QUESTIONS["output size"],
    )
    assert size.answer.tolist() == [[3, 3]]
    assert size.diagnosis([3, 4]).mistakes == (
        "the last window is counted although it does not fit: rounded up rather than down",
    )
    assert size.diagnosis([[5, 6]]).mistakes == ("the stride is forgotten",)
    forgotten = drawn("bias", 1)
    image, kernel, bias = (forgotten.given[name] for name in ("image", "kernel", "bias"))
    assert forgotten.diagnosis(correlate2d(image, kernel, "valid")).mistakes == ("the bias is forgotten",)
    assert forgotten.diagnosis(correlate2d(image, kernel, "valid") + 4 * bias).mistakes == (
        "the bias is added to every product rather than once",
    )
    on_the_line = Question("perceptron", {"inputs": [1, 1], "weights": [2, -1], "bias": -1}, QUESTIONS["perceptron"])
    assert on_the_line.diagnosis([0, 1]).mistakes == ("z = 0 counts as above 0",)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ([[19, 25], [37, 43]], "All 4 cells are right."),
        ([[19, None], [None, None]], "1 of 4 cells is right. The others are empty."),
        ([[np.nan] * 2] * 2, "No cell has a number yet."),
        (
            [[19, 25], [23, np.nan]],
            "2 of 4 cells are right. This is what comes out when the kernel is turned by 180 deg",
        ),
        ([[1, 2], [3, 4]], "0 of 4 cells are right. No usual mistake gives this: look at the hint."),
        (np.array([19, 25, 37, 43], np.uint8), "All 4 cells are right."),
        ([[19.0004, 25], [37, 43]], "All 4 cells are right."),
        ([[19.01, 25], [37, 43]], "3 of 4 cells are right. No usual"),
    ],
)
def test_a_diagnosis_counts_cells_and_names_the_mistake(given, words):
    assert quiz(1)[0].diagnosis(given).text.startswith(words)


def test_a_single_number_is_right_or_not_yet():
    question = drawn("weights of a convolution")
    assert question.diagnosis(question.answer.item()).text == "Right."
    biases = question.given["channels_out"]
    assert question.diagnosis(question.answer.item() - biases).text == (
        "Not yet. This is what comes out when the biases are forgotten."
    )


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ([1, 2, 3], r"`given` has other cells. Accepted is \(2, 2\); received \(3,\)"),
        ([["a", "b"], ["c", "d"]], "`given` must be numbers"),
        ([[1, 2], [3]], "`given` has rows of different lengths"),
    ],
)
def test_what_is_no_answer_is_refused(given, words):
    with pytest.raises((TypeError, ValueError), match=words):
        quiz(1)[0].diagnosis(given)


def test_a_new_kind_is_asked_by_its_name(monkeypatch):
    double = QuestionKind(
        lambda number: 2 * number,
        lambda rng: {"number": int(rng.integers(3, 9))},
        lambda number: f"Twice {number}?",
        lambda cell, number: Hint(f"{number} + {number} = ?"),
        (Mistake("it is squared", lambda number: number**2),),
        "answer = np.array([[2 * {number}]])\n",
    )
    monkeypatch.setitem(QUESTIONS, "double", double)
    question = quiz(1, kinds="double")[0]
    assert question.words == f"Twice {question.given['number']}?"
    assert question.diagnosis(question.given["number"] ** 2).mistakes == ("it is squared",)
    assert quiz(16)[15].kind == "double"
