"""Sets of sequences: what they show, and what nobody can tell from a single frame."""

from typing import Any

import numpy as np
import pytest

import hcnn_widgets as hw
from hcnn_widgets.stimuli import delayed_match, moving_digits


def row_of(images: Any, among: Any) -> int:
    """Return which of some images a frame shows."""
    return int(np.abs(among - images).sum(axis=(1, 2, 3)).argmin())


def test_matches_are_half_of_all_and_never_the_same_image_twice() -> None:
    digits = hw.stimuli.digits(300)
    small = digits.adapted_to((16, 16, 1)).images
    pairs = delayed_match(digits, n=60, delay=3, seed=4)
    assert (pairs.labels == "same").sum() == 30
    for number in range(60):
        sample, test = (row_of(pairs.frames[number, frame], small) for frame in (0, -1))
        assert digits.labels[sample] == pairs.latents["sample"][number]
        assert digits.labels[test] == pairs.latents["test"][number]
        assert (digits.labels[sample] == digits.labels[test]) == (pairs.labels[number] == "same")
        assert sample != test


def test_neither_image_alone_tells_anything() -> None:
    pairs = delayed_match(n=20_000, delay=0, size=8)
    for which in ("sample", "test"):
        shares = [np.mean(pairs.labels[pairs.latents[which] == digit] == "same") for digit in "0123456789"]
        np.testing.assert_allclose(shares, 0.5, atol=0.06)  # four deviations of 2,000 tosses


def test_the_delay_is_noise_around_grey_and_new_in_each_frame() -> None:
    between = delayed_match(n=200, delay=2, noise=0.1).frames[:, 1:-1]
    assert between.shape[1] == 2
    assert between.mean() == pytest.approx(0.5, abs=0.01)
    assert between.std() == pytest.approx(0.1, abs=0.01)
    assert abs(np.corrcoef(between[:, 0].ravel(), between[:, 1].ravel())[0, 1]) < 0.02


@pytest.mark.parametrize("make", [lambda seed: delayed_match(n=9, seed=seed), lambda seed: moving_digits(9, seed=seed)])
def test_a_seed_says_all(make: Any) -> None:
    np.testing.assert_array_equal(make(3).frames, make(3).frames)
    assert not np.array_equal(make(3).frames, make(4).frames)


def test_a_digit_moves_at_its_speed_until_it_meets_an_edge() -> None:
    moving = moving_digits(n=300, n_frames=3, size=40, speed=2.0)
    shown = np.concatenate([moving.frames[..., 0], moving.following[:, None, ..., 0]], axis=1).astype(float)
    rows = np.arange(40)
    weight = shown.sum(axis=(2, 3))
    middles = np.stack([(shown.sum(axis=3) @ rows) / weight, (shown.sum(axis=2) @ rows) / weight], axis=-1)
    steps = np.linalg.norm(np.diff(middles, axis=1), axis=-1)
    assert np.median(steps) == pytest.approx(2.0, abs=1e-3)
    assert steps.max() < 2.0 + 1e-3
    straight = np.abs(np.diff(middles, n=2, axis=1)).max(axis=(1, 2)) < 1e-3
    assert 0.5 < straight.mean() < 1  # the others have met an edge


def test_the_position_that_is_said_is_that_of_the_last_frame() -> None:
    moving = moving_digits(n=400, size=32)
    columns = np.arange(32) - 15.5
    middle = (moving.frames[:, -1, ..., 0].sum(axis=1) @ columns) / moving.frames[:, -1].sum(axis=(1, 2, 3))
    assert np.corrcoef(middle, moving.latents["x"])[0, 1] > 0.98
    up = -(moving.frames[:, -1, ..., 0].sum(axis=2) @ columns) / moving.frames[:, -1].sum(axis=(1, 2, 3))
    assert np.corrcoef(up, moving.latents["y"])[0, 1] > 0.98


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: delayed_match(n=0), "`n` is no count"),
        (lambda: delayed_match(delay=31), "`delay` is no number of frames. Accepted is .*; received 31"),
        (lambda: delayed_match(noise=2), "`noise` is no deviation of pixels. Accepted is .*; received 2"),
        (lambda: delayed_match(hw.stimuli.digits()[:3]), "`images` make no pairs. Accepted are .*; received"),
        (lambda: moving_digits(n_frames=40), "`n_frames` is too large. Accepted is .*; received 40"),
        (lambda: moving_digits(size=8), "`size` leaves no room. Accepted is .*; received 8"),
        (lambda: moving_digits(speed=0), "`speed` is no step. Accepted is .*; received 0"),
    ],
)
def test_what_cannot_be_shown_is_refused(make: Any, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        make()
