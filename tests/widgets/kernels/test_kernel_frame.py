import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hcnn_widgets.widgets.kernels.kernel_frame import (
    KernelLook,
    adapted_scale,
    as_pixels,
    kernel_frame,
    largest_channels,
    robust_maximum,
)


def kernels(n_kernels=6, height=5, width=4, n_channels=1, seed=0):
    return np.random.default_rng(seed).standard_normal((n_kernels, height, width, n_channels)).astype(np.float32)


def pixels(frame):
    shape = [frame.header[name] for name in ("n_kernels", "height", "width", "n_channels")]
    return np.frombuffer(frame.values, np.uint8).reshape(shape)


@given(st.lists(st.floats(-10, 10, width=32), min_size=1, max_size=30), st.floats(0.1, 10))
def test_pixels_equal_a_slow_loop(weights, scale):
    slow = [round(128 + 127 * max(-1.0, min(1.0, float(np.float32(w) / np.float32(scale))))) for w in weights]
    fast = as_pixels(np.array(weights, np.float32), float(np.float32(scale)))
    assert np.abs(fast.astype(int) - slow).max() <= 1  # a tie may round either way in float32


def test_zero_is_mid_grey_and_the_scale_is_symmetric():
    assert as_pixels(np.array([-2, -1, 0, 1, 2], np.float32), 1.0).tolist() == [1, 1, 128, 255, 255]


def test_weights_that_are_all_zero_are_all_mid_grey():
    frame, look = kernel_frame(np.zeros((2, 3, 3, 1), np.float32), "V1", 0, KernelLook())
    assert (pixels(frame) == 128).all()
    assert look.scale == 0.0


def test_one_odd_weight_does_not_make_all_others_pale():
    weights = kernels(64)
    weights[0, 0, 0, 0] = 1e3
    assert robust_maximum(weights) < 5


def test_the_scale_follows_the_weights_slowly_so_that_colours_do_not_flicker():
    scale = 1.0
    for target in (1.04, 0.97, 1.02, 0.95):
        former, scale = scale, adapted_scale(scale, target)
        assert abs(scale / former - 1) < 0.025
    for _ in range(20):
        scale = adapted_scale(scale, 3.0)
    assert scale == pytest.approx(3.0, rel=1e-3)


def test_weights_that_are_no_numbers_are_said_in_words():
    weights = kernels()
    weights[:] = np.nan
    with pytest.raises(ValueError, match="The weights are no longer finite numbers"):
        kernel_frame(weights, "V1", 3, KernelLook())


def test_one_input_channel_is_drawn_in_the_chosen_colours():
    frame, _ = kernel_frame(kernels(), "V1", 7, KernelLook(), colormap="grey")
    assert frame.header["colormap"] == "grey"
    assert frame.header["n_channels"] == 1
    assert frame.header["step"] == 7
    assert frame.header["title"] == "V1: 6 kernels of 5 x 4"


def test_three_input_channels_are_red_green_and_blue():
    weights = kernels(n_channels=3)
    frame, look = kernel_frame(weights, "V1", 0, KernelLook())
    assert frame.header["colormap"] == "rgb"
    assert np.array_equal(pixels(frame), as_pixels(weights, look.scale))


def test_of_a_deeper_area_each_kernel_shows_its_largest_input_channel_and_the_title_says_so():
    weights = kernels(n_channels=8)
    frame, look = kernel_frame(weights, "V2", 0, KernelLook())
    slow = [max(range(8), key=lambda c: float((weights[k, :, :, c] ** 2).sum())) for k in range(6)]
    assert look.channels.tolist() == slow
    picked = np.stack([weights[k, :, :, c] for k, c in enumerate(slow)])[..., np.newaxis]
    assert np.array_equal(pixels(frame), as_pixels(picked, look.scale))
    assert frame.header["title"].endswith("of each the input channel with the largest weights")


def test_a_chosen_input_channel_is_shown_and_named():
    weights = kernels(n_channels=8)
    frame, look = kernel_frame(weights, "V2", 0, KernelLook(), channel=5)
    assert np.array_equal(pixels(frame), as_pixels(weights[..., 5:6], look.scale))
    assert frame.header["title"].endswith("; input channel 5")


def test_an_input_channel_that_is_not_there_is_refused():
    with pytest.raises(ValueError, match="`channel` must be from 0 to 7 in this area; received 8"):
        kernel_frame(kernels(n_channels=8), "V2", 0, KernelLook(), channel=8)


def test_a_near_tie_does_not_change_the_input_channel_but_a_clear_lead_does():
    energy = np.ones((1, 1, 1, 3), np.float32)
    energy[..., 1] = 1.05
    former = np.array([2])
    assert largest_channels(energy, former).tolist() == [2]
    energy[..., 1] = 2.0
    assert largest_channels(energy, former).tolist() == [1]
    assert largest_channels(energy).tolist() == [1]


def test_the_choice_of_another_area_is_not_carried_over():
    assert largest_channels(kernels(4, n_channels=2), np.array([5, 5, 5, 5])).max() < 2


def both_sides(frame):
    shape = [frame.header[name] for name in ("n_kernels", "height", "width", "n_channels")]
    return np.frombuffer(frame.values, np.uint8).reshape(len(frame.header["sides"]), *shape)


def test_kernels_before_training_stand_left_of_those_of_now_on_one_scale():
    now, before = kernels(), 0.1 * kernels(seed=1)
    frame, look = kernel_frame(now, "V1", 7, KernelLook(), before=before, shown="both")
    assert frame.header["sides"] == ["before training", "now"]
    assert look.scale == pytest.approx(np.quantile(np.abs(now), 0.995))
    assert np.array_equal(both_sides(frame), np.stack([as_pixels(before, look.scale), as_pixels(now, look.scale)]))


@pytest.mark.parametrize("size", [0.1, 10])
def test_a_side_alone_has_the_scale_of_both_so_that_a_change_of_side_compares(size):
    now, before = kernels(), size * kernels(seed=1)
    shown = {side: kernel_frame(now, "V1", 7, KernelLook(), before=before, shown=side)[0] for side in ("now", "before")}
    assert [frame.header["sides"] for frame in shown.values()] == [["now"], ["before training"]]
    assert shown["now"].header["scale"] == shown["before"].header["scale"]
    assert np.array_equal(both_sides(shown["before"])[0], as_pixels(before, shown["now"].header["scale"]))


def test_kernels_before_training_are_drawn_by_the_input_channels_of_those_of_now():
    now, before = kernels(n_channels=5), kernels(n_channels=5, seed=1)
    frame, look = kernel_frame(now, "V2", 7, KernelLook(), before=before, shown="before")
    by_hand = np.stack([kernel[..., channel] for kernel, channel in zip(before, look.channels, strict=True)])
    assert np.array_equal(both_sides(frame)[0, ..., 0], as_pixels(by_hand, look.scale))


def test_where_those_before_training_are_not_known_those_of_now_are_shown():
    frame, _ = kernel_frame(kernels(), "V1", 7, KernelLook(), shown="before")
    assert frame.header["sides"] == ["now"]


def test_the_title_names_the_layer_unless_it_is_called_like_the_area():
    titles = [
        kernel_frame(kernels(), "V1", 0, KernelLook(), layer=layer)[0].header["title"] for layer in ("V1.filter", "V1")
    ]
    assert titles == ["V1: 6 kernels of 5 x 4, layer V1.filter", "V1: 6 kernels of 5 x 4"]


def test_a_narrow_panel_has_the_title_in_fewer_words():
    frame, _ = kernel_frame(kernels(), "V1", 0, KernelLook(), layer="V1.filter")
    assert frame.header["brief"] == "V1: 6 kernels of 5 x 4"
