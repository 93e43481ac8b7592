import zipfile
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from hcnn_widgets.mapping.recordings.image_archive import read_images


def encoded(colour: int = 0, size: tuple[int, int] = (8, 6), mode: str = "L", kind: str = "png") -> bytes:
    file = BytesIO()
    Image.new(mode, size, colour if mode == "L" else (colour, 0, 255)).save(file, kind)
    return file.getvalue()


def archive(path: Path, **files: bytes) -> Path:
    with zipfile.ZipFile(path / "images.zip", "w") as zipped:
        for name, data in files.items():
            zipped.writestr(name, data)
    return path / "images.zip"


def test_images_come_in_sorted_order_as_rgb_without_folder_and_suffix(tmp_path) -> None:
    files = {"set/b.png": encoded(20), "set/a.PNG": encoded(10), "notes.txt": b"", "c.png": encoded(30, mode="RGB")}
    names, images = read_images(archive(tmp_path, **files), ".png")
    assert names == ["c", "a", "b"]
    assert images.shape == (3, 6, 8, 3)
    assert images.dtype == np.uint8
    assert images[:, 0, 0].tolist() == [[30, 0, 255], [10, 10, 10], [20, 20, 20]]
    assert [file.name for file in tmp_path.iterdir()] == ["images.zip"]


@pytest.mark.parametrize("name", ["../a.png", "/etc/a.png", "x/../../a.png", "..\\a.png", "\\a.png"])
def test_a_name_that_leads_out_of_the_archive_is_refused(tmp_path, name) -> None:
    with pytest.raises(ValueError, match=r"a file whose name leads out of the archive. Accepted are names below it"):
        read_images(archive(tmp_path, **{name: encoded()}), ".png")


def test_an_archive_without_images_is_refused(tmp_path) -> None:
    with pytest.raises(ValueError, match=r"`path` holds no image. Accepted is a zip file with .jpg files; received"):
        read_images(archive(tmp_path, **{"notes.txt": b"hello"}))


def test_images_of_several_sizes_are_refused(tmp_path) -> None:
    files = {"a.png": encoded(), "b.png": encoded(size=(4, 4))}
    with pytest.raises(ValueError, match=r"several sizes. Accepted is one size; received \[\(4, 4, 3\), \(6, 8, 3\)\]"):
        read_images(archive(tmp_path, **files), ".png")


def test_an_archive_that_unpacks_to_more_than_the_budget_is_refused_before_it_is_unpacked(tmp_path) -> None:
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("a.png", bytes(10_000_000))
    assert path.stat().st_size < 20_000
    with pytest.raises(ValueError, match=r"Accepted are 1,000,000 bytes; received an archive of 10,000,000"):
        read_images(path, ".png", budget=1_000_000)


def test_an_image_of_too_many_pixels_is_refused_before_it_is_decoded(tmp_path) -> None:
    path = archive(tmp_path, **{"a.png": encoded(size=(1000, 1000))})
    assert path.stat().st_size < 20_000
    with pytest.raises(ValueError, match=r"too large. Accepted are 2,999,999 bytes as pixels; received 1000 x 1000"):
        read_images(path, ".png", budget=2_999_999)
    assert read_images(path, ".png", budget=3_000_000)[1].shape == (1, 1000, 1000, 3)


def test_the_budget_is_shared_among_the_images(tmp_path) -> None:
    path = archive(tmp_path, **{f"{k}.png": encoded() for k in range(4)})
    with pytest.raises(ValueError, match=r"too large. Accepted are 143 bytes as pixels; received 8 x 6"):
        read_images(path, ".png", budget=4 * 144 - 1)


def test_a_size_that_lies_is_found_out(tmp_path) -> None:
    path = archive(tmp_path, **{"a.png": encoded(7)})
    true = len(encoded(7)).to_bytes(4, "little")
    path.write_bytes(path.read_bytes().replace(true, (len(encoded(7)) - 4).to_bytes(4, "little")))
    with pytest.raises((zipfile.BadZipFile, OSError)):
        read_images(path, ".png")
