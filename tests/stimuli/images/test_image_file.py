import struct
import zlib

import numpy as np
import pytest
from PIL import Image

from hcnn_widgets.stimuli.images.image_file import read_image


def saved(path, pixels: np.ndarray, **options):
    Image.fromarray(pixels).save(path, **options)
    return path


def header_only(path, width: int, height: int):
    """Write a PNG that says how large it is, and ends where its pixels should begin."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = [struct.pack(">I", 13) + b"IHDR" + header + struct.pack(">I", zlib.crc32(b"IHDR" + header))]
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(chunks) + struct.pack(">I", 100) + b"IDAT")
    return path


@pytest.fixture
def noise() -> np.ndarray:
    return np.random.default_rng(0).integers(0, 256, (12, 12), dtype=np.uint8)


@pytest.mark.parametrize("suffix", ["png", "bmp", "pgm", "tif", "gif"])
def test_grey_pixels_come_back_as_they_were(tmp_path, noise, suffix) -> None:
    image = read_image(saved(tmp_path / f"a.{suffix}", noise), 12, 1)
    assert image.dtype == np.float32
    np.testing.assert_allclose(image[..., 0], noise / 255, atol=1e-6)


def test_colour_comes_back_as_it_was_and_grey_is_its_luminance(tmp_path) -> None:
    colours = np.random.default_rng(1).integers(0, 256, (6, 6, 3), dtype=np.uint8)
    path = saved(tmp_path / "a.png", colours)
    np.testing.assert_allclose(read_image(path, 6, 3), colours / 255, atol=1e-6)
    luminance = colours @ [0.299, 0.587, 0.114] / 255
    np.testing.assert_allclose(read_image(path, 6, 1)[..., 0], luminance, atol=1.1 / 255)


def test_a_grey_file_becomes_three_equal_channels(tmp_path, noise) -> None:
    image = read_image(saved(tmp_path / "a.png", noise), 12, 3)
    assert image.shape == (12, 12, 3)
    np.testing.assert_allclose(image, np.repeat(noise[..., np.newaxis], 3, axis=2) / 255, atol=1e-6)


def test_a_palette_is_looked_up(tmp_path, noise) -> None:
    palette = Image.fromarray(noise).convert("P", palette=Image.Palette.ADAPTIVE, colors=256)
    palette.save(tmp_path / "a.gif")
    np.testing.assert_allclose(read_image(tmp_path / "a.gif", 12, 1)[..., 0], noise / 255, atol=1e-6)


@pytest.mark.parametrize("n_channels", [1, 3])
def test_sixteen_bits_are_scaled_and_not_cut(tmp_path, n_channels) -> None:
    deep = (np.arange(36, dtype=np.uint16) * 1872).reshape(6, 6)
    image = read_image(saved(tmp_path / "a.png", deep), 6, n_channels)
    assert image.shape == (6, 6, n_channels)
    np.testing.assert_allclose(image[..., 0], deep / 65535, atol=1e-5)


def test_mid_grey_shows_through_what_is_transparent(tmp_path) -> None:
    pixels = np.full((4, 4, 4), 255, np.uint8)
    pixels[:, :2, 3] = 0
    image = read_image(saved(tmp_path / "a.png", pixels), 4, 1)[..., 0]
    np.testing.assert_allclose(image, np.tile([128, 128, 255, 255], (4, 1)) / 255, atol=1e-6)


def test_the_square_in_the_middle_is_taken(tmp_path) -> None:
    wide = np.zeros((4, 10), np.uint8)
    wide[:, 3:7] = 200
    for pixels in (wide, wide.T.copy()):
        np.testing.assert_allclose(read_image(saved(tmp_path / "a.png", pixels), 4, 1), 200 / 255, atol=1e-6)


def test_a_shrinking_image_is_filtered_by_triangles_as_wide_as_its_new_pixels(tmp_path) -> None:
    pixels = np.random.default_rng(2).integers(0, 256, (24, 24), dtype=np.uint8)
    places, middles = np.arange(24) + 0.5, (np.arange(8) + 0.5) * 3
    weights = np.maximum(0, 1 - np.abs(places - middles[:, np.newaxis]) / 3)
    weights /= weights.sum(axis=1, keepdims=True)
    image = read_image(saved(tmp_path / "a.png", pixels), 8, 1)[..., 0]
    np.testing.assert_allclose(image, weights @ pixels @ weights.T / 255, atol=1.5 / 255)


def test_a_fine_grating_becomes_grey_and_no_coarse_one(tmp_path) -> None:
    grating = np.zeros((60, 60), np.uint8)
    grating[:, ::2] = 255
    image = read_image(saved(tmp_path / "a.png", grating), 20, 1)
    assert np.ptp(image[2:-2, 2:-2]) < 0.3
    assert image.mean() == pytest.approx(0.5, abs=0.02)


def test_a_photograph_taken_with_the_camera_turned_stands_upright(tmp_path, noise) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was turned: show it turned by 90 deg clockwise
    path = saved(tmp_path / "a.png", noise, exif=exif)
    np.testing.assert_allclose(read_image(path, 12, 1)[..., 0], np.rot90(noise, -1) / 255, atol=1e-6)


def test_32_bits_without_a_known_range_are_refused(tmp_path) -> None:
    path = saved(tmp_path / "a.tif", np.linspace(0, 1, 16, dtype=np.float32).reshape(4, 4))
    with pytest.raises(ValueError, match=r"pixels of 32 bits, whose range is unknown; save it with 8 or 16 bits"):
        read_image(path, 4, 1)


def test_too_many_pixels_are_refused_before_they_are_decoded(tmp_path, noise) -> None:
    # More than Pillow warns at: its warning must not come through. Nothing follows the header, so decoding would fail.
    with pytest.raises(ValueError, match=r"^10000 x 10000 pixels, more than 80,000,000$"):
        read_image(header_only(tmp_path / "large.png", 10_000, 10_000), 4, 1)
    with pytest.raises(Image.DecompressionBombError):
        read_image(header_only(tmp_path / "bomb.png", 100_000, 100_000), 4, 1)
    with pytest.raises(ValueError, match=r"^12 x 12 pixels, more than 100$"):
        read_image(saved(tmp_path / "a.png", noise), 4, 1, largest=100)


def test_a_part_of_an_image_is_no_image(tmp_path, noise) -> None:
    path = saved(tmp_path / "a.bmp", noise)
    path.write_bytes(path.read_bytes()[:-30])
    with pytest.raises(OSError, match="truncated"):
        read_image(path, 4, 1)
