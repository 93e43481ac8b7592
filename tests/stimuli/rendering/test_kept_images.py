"""Images on disk: the same bit for bit, bounded, and no harm where they are damaged or cannot be kept."""

import os
import threading
import time
from pathlib import Path

import numpy as np
import pytest

import hcnn_widgets as hw
from hcnn_widgets.stimuli.rendering import kept_images
from hcnn_widgets.stimuli.rendering.kept_images import FOLDER_VARIABLE, IMAGES_A_FILE, KeptImages, cache_folder
from hcnn_widgets.stimuli.rendering.object_blocks import BLOCK, ObjectScenes

N, SIZE = IMAGES_A_FILE + BLOCK + 3, 8
SCENES = ObjectScenes("medium", SIZE, 0, 8.0)


def flat(value: float, n: int = IMAGES_A_FILE) -> np.ndarray:
    return np.full((n, SIZE, SIZE, 1), value, np.float32)


@pytest.fixture(scope="module")
def drawn() -> np.ndarray:
    """Return the images as they are drawn, block by block, with nothing kept."""
    return np.concatenate([SCENES.drawn(block, BLOCK) for block in range(-(-N // BLOCK))])


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    return tmp_path / "objects"


@pytest.fixture
def quick(drawn: np.ndarray, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Draw without drawing; list the blocks that were asked for."""
    blocks: list[int] = []

    def take(scenes: ObjectScenes, block: int, count: int) -> np.ndarray:
        blocks.append(block)
        return drawn[block * BLOCK :][:count]

    monkeypatch.setattr(ObjectScenes, "drawn", take)
    return blocks


def objects(n: int = N, **more) -> np.ndarray:
    return hw.stimuli.objects(n, size=SIZE, **more).images


def test_what_was_drawn_once_is_read_from_disk_bit_for_bit(folder, drawn, quick) -> None:
    np.testing.assert_array_equal(objects(), drawn[:N])
    assert sorted(quick) == list(range(10))
    quick.clear()
    np.testing.assert_array_equal(objects(), drawn[:N])
    assert quick == []
    assert len(list(folder.iterdir())) == 2


def test_a_larger_set_uses_what_is_there_of_a_smaller_and_a_smaller_one_that_of_a_larger(folder, drawn, quick) -> None:
    objects(IMAGES_A_FILE + BLOCK)
    quick.clear()
    np.testing.assert_array_equal(objects(), drawn[:N])
    assert quick == [9]
    quick.clear()
    np.testing.assert_array_equal(objects(IMAGES_A_FILE + 5), drawn[: IMAGES_A_FILE + 5])
    assert quick == []


@pytest.mark.parametrize(
    "other",
    [{"seed": 1}, {"variation": "low"}, {"degrees": 4.0}, {"size": 9}],
    ids=["seed", "variation", "degrees", "size"],
)
def test_every_argument_has_files_of_its_own(folder, other) -> None:
    arguments = {"variation": "medium", "size": SIZE, "seed": 0, "degrees": 8.0}
    KeptImages(SCENES, folder).write(0, flat(0.5))
    assert KeptImages(SCENES, folder).read(0, 7).shape == (7, SIZE, SIZE, 1)
    assert KeptImages(ObjectScenes(**(arguments | other)), folder).read(0, 7) is None


def test_another_version_of_the_drawing_has_files_of_its_own(folder, monkeypatch) -> None:
    KeptImages(SCENES, folder).write(0, flat(0.5))
    monkeypatch.setattr(kept_images, "RENDERER", kept_images.RENDERER + 1)
    assert KeptImages(SCENES, folder).read(0, 7) is None


def flipped(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


DAMAGES = {
    "a bit flipped": flipped,
    "cut short": lambda path: path.write_bytes(path.read_bytes()[:-100]),
    "empty": lambda path: path.write_bytes(b""),
    "no archive": lambda path: path.write_bytes(b"images" * 100),
    "too long": lambda path: path.write_bytes(path.read_bytes() + bytes(8192)),
    "another name": lambda path: np.savez(path, pictures=flat(0.5)),
    "another shape": lambda path: np.savez(path, images=flat(0.5)[:, 1:]),
    "no images": lambda path: np.savez(path, images=flat(0.5, 0)),
    "bytes": lambda path: np.savez(path, images=flat(0).astype(np.uint8)),
    "out of range": lambda path: np.savez(path, images=flat(1.5)),
    "no numbers": lambda path: np.savez(path, images=flat(np.nan)),
    "an object": lambda path: np.savez(path, images=np.array([{}], dtype=object)),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_is_drawn_again_and_replaced(folder, drawn, quick, damage) -> None:
    objects(IMAGES_A_FILE)
    (path,) = folder.iterdir()
    sound = path.read_bytes()
    DAMAGES[damage](path)
    quick.clear()
    np.testing.assert_array_equal(objects(IMAGES_A_FILE), drawn[:IMAGES_A_FILE])
    assert sorted(quick) == list(range(8))
    with np.load(path, allow_pickle=False) as again:
        np.testing.assert_array_equal(again["images"], drawn[:IMAGES_A_FILE])
    assert len(path.read_bytes()) == len(sound)


def test_where_nothing_can_be_written_the_images_are_drawn_all_the_same(tmp_path, monkeypatch, drawn, quick) -> None:
    (tmp_path / "file").write_text("no folder can be made in a file")
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "file"))
    np.testing.assert_array_equal(objects(), drawn[:N])
    assert hw.stimuli.empty_cache() == 0


def test_a_file_is_written_whole_or_not_at_all(folder, monkeypatch) -> None:
    def half(file, images) -> None:
        file.write(images.tobytes()[:100])
        raise OSError("The disk is full.")

    monkeypatch.setattr(kept_images.np, "savez", half)
    KeptImages(SCENES, folder).write(0, flat(0.5))
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("word", ["off", "OFF"])
def test_keeping_can_be_switched_off_everywhere_or_for_a_set(tmp_path, monkeypatch, quick, word) -> None:
    monkeypatch.setenv(FOLDER_VARIABLE, word)
    assert cache_folder() is None
    objects()
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    objects(cache=False)
    assert list(tmp_path.iterdir()) == []


def test_without_a_word_the_folder_is_in_the_users_cache(monkeypatch) -> None:
    import pooch

    monkeypatch.delenv(FOLDER_VARIABLE)
    assert cache_folder() == Path(pooch.os_cache("hcnn-widgets")) / "objects"


def test_few_images_are_not_kept_nor_more_than_the_folder_should_hold(folder, quick, monkeypatch) -> None:
    objects(IMAGES_A_FILE - 1)
    monkeypatch.setattr(kept_images, "MOST_BYTES", 2 * 4 * SIZE**2 * IMAGES_A_FILE)
    objects(IMAGES_A_FILE + 1)
    assert not folder.exists()
    objects(IMAGES_A_FILE)
    assert len(list(folder.iterdir())) == 1


def test_what_was_used_longest_ago_makes_room(folder, monkeypatch) -> None:
    kept = KeptImages(SCENES, folder)
    for number in range(4):
        kept.write(number, flat(0.1 * number))
        (path,) = folder.glob(f"*-{number:05d}.npz")
        os.utime(path, (number + 1, number + 1))
    assert kept.read(0, 1) is not None  # now it was used last
    monkeypatch.setattr(kept_images, "MOST_BYTES", int(2.5 * path.stat().st_size))
    kept.make_room()
    assert [kept.read(number, 1) is not None for number in range(4)] == [True, False, False, True]


def test_what_a_writer_left_behind_is_taken_away_when_it_is_old(folder) -> None:
    folder.mkdir()
    old, young = folder / "old.part", folder / "young.part"
    for path, age in ((old, 7200), (young, 0)):
        path.write_bytes(b"half")
        os.utime(path, (time.time() - age,) * 2)
    KeptImages(SCENES, folder).make_room()
    assert list(folder.iterdir()) == [young]


def test_the_folder_can_be_emptied_and_what_is_not_ours_stays(folder, quick) -> None:
    objects()
    (folder / "notes.txt").write_text("mine")
    size = sum(path.stat().st_size for path in folder.glob("*.npz"))
    assert size > 4 * SIZE**2 * N
    assert hw.stimuli.empty_cache() == size
    assert [path.name for path in folder.iterdir()] == ["notes.txt"]
    assert hw.stimuli.empty_cache() == 0


def test_writers_at_the_same_time_leave_a_whole_file(folder) -> None:
    kept, seen = KeptImages(SCENES, folder), []

    def work(value: float) -> None:
        for _ in range(20):
            kept.write(0, flat(value))
            images = kept.read(0, IMAGES_A_FILE)
            seen.append(None if images is None else (len(images), float(np.ptp(images))))

    writers = [threading.Thread(target=work, args=(value,)) for value in (0.25, 0.75)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert set(seen) == {(IMAGES_A_FILE, 0.0)}
    assert len(list(folder.iterdir())) == 1
