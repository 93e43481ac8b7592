import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from hcnn_widgets.stimuli.images.image_folder import SUFFIXES, read_folder
from hcnn_widgets.stimuli.images.natural_order import natural_key
from hcnn_widgets.stimuli.stimulus_set import StimulusSet


def save(root: Path, *names: str, value: int = 0, size: tuple[int, int] = (6, 6)) -> None:
    for number, name in enumerate(names):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        Image.new("L", size, value + number).save(root / name)


def test_a_flat_folder_gives_images_in_natural_order_without_labels(tmp_path) -> None:
    save(tmp_path / "faces", "img10.png", "img2.png", "IMG1.PNG")
    stimuli = StimulusSet.from_folder(tmp_path / "faces", size=4, degrees=5)
    assert stimuli.stimulus_ids.tolist() == ["IMG1.PNG", "img2.png", "img10.png"]
    np.testing.assert_allclose(stimuli.images[:, 0, 0, 0], np.array([2, 1, 0]) / 255, atol=1e-6)
    assert stimuli.images.shape == (3, 4, 4, 1)
    assert stimuli.labels is None
    assert (stimuli.degrees, stimuli.name) == (5, "faces")


def test_sub_folders_are_labels_however_deep_the_files_lie(tmp_path) -> None:
    save(tmp_path, "dog/b.png", "cat/a.png", "cat/more/still/c.png")
    stimuli = StimulusSet.from_folder(str(tmp_path), n_channels=3)
    assert stimuli.stimulus_ids.tolist() == ["cat/a.png", "cat/more/still/c.png", "dog/b.png"]
    assert stimuli.labels is not None
    assert stimuli.labels.tolist() == ["cat", "cat", "dog"]
    assert stimuli.images.shape == (3, 64, 64, 3)


def test_pictures_written_and_read_are_the_same_set(tmp_path) -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (5, 16, 16, 3), dtype=np.uint8)
    for number, picture in enumerate(pixels):
        folder = tmp_path / "ab"[number % 2]
        folder.mkdir(exist_ok=True)
        Image.fromarray(picture).save(folder / f"{number}.png")
    stimuli = StimulusSet.from_folder(tmp_path, size=16, n_channels=3)
    order = [0, 2, 4, 1, 3]
    np.testing.assert_allclose(stimuli.images, pixels[order] / 255, atol=1e-6)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_every_ending_is_read(tmp_path, suffix) -> None:
    save(tmp_path, f"a{suffix}", value=100)
    assert StimulusSet.from_folder(tmp_path, size=2).images.mean() == pytest.approx(100 / 255, abs=0.01)


def test_hidden_files_and_other_files_are_passed_over(tmp_path) -> None:
    save(tmp_path, "a.png", ".hidden.png", ".thumbnails/b.png")
    (tmp_path / "notes.txt").write_text("no image")
    (tmp_path / "._a.png").write_bytes(b"no image either")
    assert StimulusSet.from_folder(tmp_path).stimulus_ids.tolist() == ["a.png"]


def test_files_that_cannot_be_read_are_named_with_what_is_wrong_with_them(tmp_path) -> None:
    save(tmp_path, "good.png", "short.bmp")
    (tmp_path / "short.bmp").write_bytes((tmp_path / "short.bmp").read_bytes()[:-8])
    (tmp_path / "text.jpg").write_text("this is no image")
    words = r"`path` holds files that cannot be read. Accepted are whole images; received short.bmp \(.*truncated.*\), "
    with pytest.raises(ValueError, match=words + r"text.jpg \(cannot identify image file .*\)\."):
        StimulusSet.from_folder(tmp_path)


def test_of_many_bad_files_five_are_named_and_the_others_counted(tmp_path) -> None:
    for number in range(8):
        (tmp_path / f"{number}.png").write_bytes(b"")
    with pytest.raises(ValueError, match=r"received 0.png .*4.png \([^,]*\) and 3 more\."):
        StimulusSet.from_folder(tmp_path)


def test_an_error_without_words_is_named_by_its_kind(tmp_path, monkeypatch) -> None:
    save(tmp_path, "a.png")

    def fail(*_: object) -> None:
        raise EOFError

    monkeypatch.setattr("hcnn_widgets.stimuli.images.image_folder.read_image", fail)
    with pytest.raises(ValueError, match=r"received a.png \(EOFError\)\."):
        StimulusSet.from_folder(tmp_path)


@pytest.mark.parametrize("name", ["missing", "file.png"])
def test_what_is_no_folder_is_refused(tmp_path, name) -> None:
    save(tmp_path, "file.png")
    with pytest.raises(NotADirectoryError, match=rf"`path` is no folder. Accepted is a folder .*; received .*{name}\."):
        StimulusSet.from_folder(tmp_path / name)


def test_a_folder_without_images_is_refused(tmp_path) -> None:
    (tmp_path / "notes.txt").write_text("")
    with pytest.raises(ValueError, match=r"`path` holds no image. Accepted are files ending in .bmp, .*; received .*"):
        StimulusSet.from_folder(tmp_path)


def test_images_beside_sub_folders_with_images_are_refused(tmp_path) -> None:
    save(tmp_path, "cat/a.png", "stray.png")
    with pytest.raises(ValueError, match=r"both in sub-folders, .*, and beside them.* received stray.png beside"):
        StimulusSet.from_folder(tmp_path)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"size": 0}, r"`size` holds no pixel. Accepted are whole numbers above 0; received 0\."),
        ({"size": 2.5}, r"`size` holds no pixel. .* received 2.5\."),
        ({"n_channels": 4}, r"`n_channels` is unknown. Accepted is 1 \(luminance\) or 3 \(RGB\); received 4\."),
        ({"degrees": -1}, r"`degrees` is no visual angle"),
    ],
)
def test_arguments_out_of_range_are_refused(tmp_path, arguments, message) -> None:
    save(tmp_path, "a.png")
    with pytest.raises(ValueError, match=message):
        StimulusSet.from_folder(tmp_path, **arguments)


def test_more_than_fits_is_refused_before_anything_is_read(tmp_path) -> None:
    for name in ("a.png", "b.png"):
        (tmp_path / name).write_bytes(b"would be refused if it were read")
    with pytest.raises(
        ValueError, match=r"more than fits. Accepted .* 2,000 bytes .* received 2 of 16 x 16 x 1, 2,048 b"
    ):
        read_folder(tmp_path, 16, 1, budget=2000)


def test_links_between_the_folders_own_files_are_read(tmp_path) -> None:
    save(tmp_path / "set", "a.png", value=9)
    (tmp_path / "set" / "b.png").symlink_to(tmp_path / "set" / "a.png")
    (tmp_path / "alias").symlink_to(tmp_path / "set")
    stimuli = StimulusSet.from_folder(tmp_path / "alias", size=2)
    assert stimuli.stimulus_ids.tolist() == ["a.png", "b.png"]
    np.testing.assert_array_equal(*stimuli.images)


def test_links_that_lead_elsewhere_in_circles_or_nowhere_are_refused(tmp_path) -> None:
    save(tmp_path, "set/a.png", "elsewhere/secret.png")
    root = tmp_path / "set"
    (root / "circle").symlink_to(root)
    (root / "nowhere.png").symlink_to(root / "gone.png")
    (root / "out.png").symlink_to(tmp_path / "elsewhere" / "secret.png")
    words = r"what is no image file of its own. Accepted are .*; received circle, nowhere.png, out.png. Copy there what"
    with pytest.raises(ValueError, match=words):
        StimulusSet.from_folder(root)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path) -> None:
    save(tmp_path, "a.png")
    os.mkfifo(tmp_path / "pipe.png")
    with pytest.raises(ValueError, match=r"no image file of its own.* received pipe.png\."):
        StimulusSet.from_folder(tmp_path)


def test_a_folder_that_may_not_be_read_is_an_error_and_not_left_out(tmp_path, monkeypatch) -> None:
    save(tmp_path, "cat/a.png", "dog/b.png")
    own = os.scandir

    def scandir(path):
        if Path(path).name == "dog":
            raise PermissionError(13, "Permission denied", str(path))
        return own(path)

    monkeypatch.setattr(os, "scandir", scandir)
    with pytest.raises(PermissionError, match="dog"):
        StimulusSet.from_folder(tmp_path)


@given(st.lists(st.integers(0, 10**6), unique=True, min_size=2), st.sampled_from(["", "img", "set/7/"]))
def test_numbers_in_names_sort_as_numbers(numbers, before) -> None:
    names = [f"{before}{number}.png" for number in numbers]
    assert sorted(names, key=natural_key) == [f"{before}{number}.png" for number in sorted(numbers)]


@given(st.lists(st.text("a0١/B.", min_size=1), unique=True))
def test_any_names_have_one_order(names) -> None:
    backwards = names[::-1]
    backwards.sort(key=natural_key)
    assert backwards == sorted(names, key=natural_key)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_give_an_image_or_the_files_name(tmp_path, data) -> None:
    (tmp_path / "fuzz.png").write_bytes(data)
    with pytest.raises(ValueError, match=r"received fuzz.png \("):
        StimulusSet.from_folder(tmp_path)
