import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.ndimage import correlate
from scipy.signal import convolve2d, correlate2d

from hcnn_widgets.classroom import cross_correlation, matrix_product, true_convolution, window_sum, windows_seeing
from hcnn_widgets.keras_door import keras

NINE, KERNEL = np.arange(9).reshape(3, 3), np.array([[0, 1], [2, 3]])
PADDED = [[0, 3, 8, 4], [9, 19, 25, 10], [21, 37, 43, 16], [6, 7, 8, 0]]


def by_keras(image, kernel, padding="valid", stride=1, dilation=1, bias=0.0) -> np.ndarray:
    """Oracle: keras.ops.conv. Keras has no stride beside a dilation, so there the kernel is spread with zeros."""
    if padding == "full":
        sides = [(cells - 1) * dilation for cells in kernel.shape[:2]]
        image, padding = np.pad(image, (*((side, side) for side in sides), (0, 0))), "valid"
    if not isinstance(padding, str):
        image, padding = np.pad(image, ((padding, padding), (padding, padding), (0, 0))), "valid"
    if stride > 1 and dilation > 1:
        height, width = kernel.shape[:2]
        spread = np.zeros(((height - 1) * dilation + 1, (width - 1) * dilation + 1, *kernel.shape[2:]))
        spread[::dilation, ::dilation] = kernel
        kernel, dilation = spread, 1
    maps = [np.asarray(array, dtype="float32") for array in (image[None], kernel)]
    output = keras.ops.conv(*maps, strides=stride, padding=padding, dilation_rate=dilation)
    return keras.ops.convert_to_numpy(output)[0] + bias


@pytest.mark.parametrize(
    ("padding", "expected"),
    [("valid", [[19, 25], [37, 43]]), ("same", [[19, 25, 10], [37, 43, 16], [7, 8, 0]]), (1, PADDED)],
)
def test_the_lectures_example_is_the_same_in_keras_and_on_the_slide(padding, expected) -> None:
    by_layer = by_keras(NINE[..., None], KERNEL[..., None, None], padding)[..., 0]
    assert cross_correlation(NINE, KERNEL, padding).tolist() == by_layer.tolist() == expected


def test_a_true_convolution_turns_the_kernel() -> None:
    expected = convolve2d(NINE, KERNEL, "valid")
    assert true_convolution(NINE, KERNEL).tolist() == expected.tolist() == [[5, 11], [23, 29]]


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_it_is_keras_convolution_for_every_size_padding_stride_and_dilation(data) -> None:
    draw, random = data.draw, np.random.default_rng(data.draw(st.integers(0, 99)))
    cells = draw(st.tuples(st.integers(1, 3), st.integers(1, 3)))
    stride, dilation = draw(st.integers(1, 3)), draw(st.integers(1, 2))
    sides = draw(st.tuples(st.integers(5, 8), st.integers(5, 8)))
    n_channels, n_kernels = draw(st.integers(1, 3)), draw(st.integers(1, 3))
    padding = draw(st.sampled_from(["valid", "same", "full", 0, 1, 2]))
    image = random.integers(-9, 10, (*sides, n_channels))
    kernel = random.integers(-9, 10, (*cells, n_channels, n_kernels))
    bias = random.integers(-9, 10, n_kernels)
    ours = cross_correlation(image, kernel, padding, stride, dilation, bias)
    np.testing.assert_array_equal(ours, by_keras(image, kernel, padding, stride, dilation, bias))
    # A sum is written out for any cell of it, and every cell is a row of the product.
    row, column, n = (draw(st.integers(0, length - 1)) for length in ours.shape)
    assert window_sum(image, kernel, (row, column, n), padding, stride, dilation, bias).value == ours[row, column, n]


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 99), st.integers(1, 4), st.integers(1, 4))
def test_both_kinds_are_scipys(seed, height, width) -> None:
    random = np.random.default_rng(seed)
    image, kernel = random.normal(size=(6, 5)), random.normal(size=(height, width))
    np.testing.assert_allclose(cross_correlation(image, kernel), correlate2d(image, kernel, "valid"), atol=1e-12)
    np.testing.assert_allclose(true_convolution(image, kernel), convolve2d(image, kernel, "valid"), atol=1e-12)
    np.testing.assert_allclose(cross_correlation(image, kernel, "full"), correlate2d(image, kernel, "full"), atol=1e-12)


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_padding_of_repeated_pixels_is_what_numpy_pads_however_small_the_image(data) -> None:
    draw, random = data.draw, np.random.default_rng(data.draw(st.integers(0, 99)))
    mode, stride, dilation = (
        draw(st.sampled_from(["reflect", "wrap"])),
        draw(st.integers(1, 3)),
        draw(st.integers(1, 2)),
    )
    image = random.integers(-9, 10, draw(st.tuples(st.integers(1, 6), st.integers(1, 6), st.integers(1, 2))))
    kernel = random.integers(-9, 10, (*draw(st.tuples(st.integers(1, 4), st.integers(1, 4))), image.shape[2], 2))
    sides = []
    for length, cells in zip(image.shape[:2], kernel.shape[:2], strict=True):
        zeros = max(0, (-(-length // stride) - 1) * stride + (cells - 1) * dilation + 1 - length)
        sides.append((zeros // 2, zeros - zeros // 2))
    padded = np.pad(image, (*sides, (0, 0)), mode=mode)
    expected = by_keras(padded, kernel, "valid", stride, dilation)
    np.testing.assert_array_equal(cross_correlation(image, kernel, mode, stride, dilation), expected)


@pytest.mark.parametrize(("padding", "mode"), [("reflect", "mirror"), ("wrap", "wrap")])
def test_padding_of_repeated_pixels_is_scipys_where_kernels_have_a_middle(padding, mode) -> None:
    random = np.random.default_rng(0)
    image, kernel = random.normal(size=(5, 7)), random.normal(size=(3, 5))
    np.testing.assert_allclose(cross_correlation(image, kernel, padding), correlate(image, kernel, mode=mode))


def test_the_sum_of_a_window_is_written_out_as_on_the_slide() -> None:
    summed = window_sum(NINE, KERNEL, (0, 0))
    assert summed.text == "0x0 + 1x1 + 3x2 + 4x3 = 19"
    assert (summed.rows.tolist(), summed.columns.tolist()) == ([0, 1], [0, 1])
    assert window_sum(NINE, -KERNEL, (1, 1), bias=0.5).text == "4x0 + 5x(-1) + 7x(-2) + 8x(-3) + 0.5 = -42.5"


def test_a_window_over_the_edge_sees_zeros_there() -> None:
    corner = window_sum(NINE, KERNEL, (2, 2), "same")
    assert corner.text == "8x0 + 0x1 + 0x2 + 0x3 = 0"
    assert corner.rows.tolist() == [2, 3]


def test_the_product_of_matrices_has_a_row_a_window_and_a_column_a_kernel() -> None:
    product = matrix_product(NINE, KERNEL)
    assert product.patches.tolist() == [[0, 1, 3, 4], [1, 2, 4, 5], [3, 4, 6, 7], [4, 5, 7, 8]]
    assert product.weights.tolist() == [[0], [1], [2], [3]]
    assert (product.patches @ product.weights).ravel().tolist() == [19, 25, 37, 43]
    with pytest.raises(ValueError, match="read-only"):
        product.patches[0] = 1


@pytest.mark.parametrize("padding", ["reflect", "wrap"])
def test_a_pixel_that_is_repeated_is_seen_where_it_is_repeated_too(padding) -> None:
    counted = np.zeros((4, 5), dtype=int)
    for row, column in np.ndindex(counted.shape):
        image = np.zeros((4, 5))
        image[row, column] = 1
        padded = np.pad(image, 1, mode=padding)
        counted[row, column] = correlate2d(padded, np.ones((3, 3)), "valid").sum()
    assert windows_seeing((4, 5), (3, 3), padding).tolist() == counted.tolist()


@pytest.mark.parametrize("padding", ["valid", "same", 1])
@pytest.mark.parametrize(("stride", "dilation"), [(1, 1), (2, 1), (1, 2)])
def test_as_many_windows_see_a_pixel_as_take_in_a_1_that_is_put_there(padding, stride, dilation) -> None:
    counted = np.zeros((4, 5), dtype=int)
    for row, column in np.ndindex(counted.shape):
        image = np.zeros((4, 5, 1))
        image[row, column] = 1
        counted[row, column] = by_keras(image, np.ones((2, 3, 1, 1)), padding, stride, dilation).sum()
    assert windows_seeing((4, 5), (2, 3), padding, stride, dilation).tolist() == counted.tolist()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"image": [1, 2]}, r"`image` is no image. Accepted is \(height, width\).*; received \(2,\)"),
        ({"image": [["a"]]}, "`image` must be numbers. Accepted is a float array; received dtype <U1"),
        ({"kernel": [1, 2]}, r"`kernel` is no kernel. Accepted is .*; received \(2,\)"),
        ({"kernel": np.ones((2, 2, 2, 1))}, r"`kernel` must have the channels of the image. Accepted .* 1, n_kernels"),
        ({"kernel": np.ones((4, 1))}, "`padding` leaves no place for a window. Accepted .*; received 4 x 1 cells"),
        (
            {"padding": "ful"},
            "`padding` is no padding. Accepted are 'valid', 'same', 'full', .* and .*; received 'ful'",
        ),
        ({"padding": -1}, "`padding` is no padding. Accepted .*; received -1"),
        ({"stride": 0}, "`stride` is no count. Accepted .*; received 0"),
        ({"dilation": 1.5}, "`dilation` is no count. Accepted .*; received 1.5"),
        ({"bias": [1, 2]}, r"`bias` must be one number a kernel. Accepted is a number or \(1,\); received \(2,\)"),
        ({"strides": 2}, "`strides` is no argument of cross_correlation. .* the nearest is 'stride'"),
    ],
)
def test_what_is_no_convolution_is_refused(changes, words) -> None:
    with pytest.raises((TypeError, ValueError), match=words):
        cross_correlation(**{"image": NINE, "kernel": KERNEL, **changes})


@pytest.mark.parametrize("cell", [(2, 0), (0, -1), (0,), (0, 0, 1), (0.5, 0), "ab"])
def test_a_cell_that_is_not_in_the_output_is_refused(cell) -> None:
    with pytest.raises(ValueError, match=r"`cell` is not in the output. Accepted is .* below \(2, 2, 1\); received"):
        window_sum(NINE, KERNEL, cell)
