"""A .zip of images is read like the folder in it, and nothing in it can lead elsewhere."""

import stat
import zipfile
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from hcnn_widgets.stimuli.images.image_folder import SUFFIXES
from hcnn_widgets.stimuli.images.zipped_images import zipped_images
from hcnn_widgets.stimuli.stimulus_set import StimulusSet


def png(value: int = 0) -> bytes:
    data = BytesIO()
    Image.new("L", (6, 6), value).save(data, "png")
    return data.getvalue()


def archive(path, *names, data=None, **fields):
    with zipfile.ZipFile(path, "w") as written:
        for number, name in enumerate(names):
            entry = zipfile.ZipInfo(name)
            for field, value in ({"compress_type": zipfile.ZIP_DEFLATED} | fields).items():
                setattr(entry, field, value)
            written.writestr(entry, png(number) if data is None else data)
    return path


def test_a_zip_gives_the_set_of_the_folder_in_it(tmp_path) -> None:
    names = ["dog/img10.png", "dog/img2.png", "cat/a.png"]
    path = archive(tmp_path / "zoo.zip", *names)
    with zipfile.ZipFile(path) as zoo:
        zoo.extractall(tmp_path / "zoo")
    zipped, folder = StimulusSet.from_folder(path, size=4), StimulusSet.from_folder(tmp_path / "zoo", size=4)
    assert (
        zipped.stimulus_ids.tolist() == folder.stimulus_ids.tolist() == ["cat/a.png", "dog/img2.png", "dog/img10.png"]
    )
    assert zipped.labels.tolist() == folder.labels.tolist()
    np.testing.assert_array_equal(zipped.images, folder.images)
    assert zipped.name == folder.name == "zoo"


def test_a_folder_around_all_of_them_is_the_set_itself(tmp_path) -> None:
    path = archive(
        tmp_path / "a.zip", "zoo/cat/a.png", "zoo/dog/b.png", "__MACOSX/zoo/cat/._a.png", "zoo/.thumbs/c.png"
    )
    assert StimulusSet.from_folder(path).stimulus_ids.tolist() == ["cat/a.png", "dog/b.png"]
    flat = archive(tmp_path / "b.zip", "zoo/a.png", "zoo/b.png", "readme.txt")
    assert StimulusSet.from_folder(flat).stimulus_ids.tolist() == ["a.png", "b.png"]
    assert StimulusSet.from_folder(flat).labels is None


@pytest.mark.parametrize("name", ["../a.png", "x/../../a.png", "/etc/a.png", "C:/a.png", "x\\..\\a.png"])
def test_a_name_that_leads_out_of_the_archive_is_refused(tmp_path, name) -> None:
    with pytest.raises(
        ValueError, match=r"Accepted are image files below it.* received '.*a\.png', which leads out of"
    ):
        StimulusSet.from_folder(archive(tmp_path / "a.zip", name, "b.png"))
    assert [each.name for each in tmp_path.iterdir()] == ["a.zip"]


def test_a_link_is_refused(tmp_path) -> None:
    path = archive(tmp_path / "a.zip", "a.png", data=b"/etc/passwd", external_attr=(stat.S_IFLNK | 0o777) << 16)
    with pytest.raises(ValueError, match=r"received 'a\.png', which is a link, in"):
        StimulusSet.from_folder(path)


def test_what_declares_too_much_is_refused_before_it_is_unpacked(tmp_path) -> None:
    path = archive(tmp_path / "a.zip", "a.png", "b.png", data=bytes(10**6))
    assert path.stat().st_size < 10**4
    with pytest.raises(
        ValueError, match=r"of 999,999 bytes at most; received 'a\.png', which declares 1,000,000 bytes"
    ):
        zipped_images(path, SUFFIXES, largest=999_999)
    with pytest.raises(ValueError, match=r"unpacks to too much\. Accepted are 1,500,000 bytes; received 2,000,000"):
        zipped_images(path, SUFFIXES, budget=1_500_000)


def test_an_entry_that_declares_less_than_it_holds_is_named(tmp_path) -> None:
    path = archive(tmp_path / "a.zip", "a.png", data=bytes(10**6))
    written = path.read_bytes()
    path.write_bytes(written.replace((10**6).to_bytes(4, "little"), (10).to_bytes(4, "little")))
    with pytest.raises(ValueError, match=r"files that cannot be read\. .*received a\.png \("):
        StimulusSet.from_folder(path)


def test_an_encrypted_entry_is_refused(tmp_path) -> None:
    path = archive(tmp_path / "a.zip", "a.png")
    data = bytearray(path.read_bytes())
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    with pytest.raises(ValueError, match=r"received 'a\.png', which is encrypted"):
        StimulusSet.from_folder(path)


def test_two_files_of_one_name_are_refused(tmp_path) -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        path = archive(tmp_path / "a.zip", "a.png", "a.png")
    with pytest.raises(ValueError, match=r"`path` holds files of the same name"):
        StimulusSet.from_folder(path)


def test_a_zip_without_images_or_no_zip_at_all_is_refused(tmp_path) -> None:
    with pytest.raises(ValueError, match=r"`path` holds no image"):
        StimulusSet.from_folder(archive(tmp_path / "a.zip", "notes.txt"))
    (tmp_path / "b.zip").write_bytes(b"PK no zip")
    with pytest.raises(NotADirectoryError, match=r"folder with image files, or a \.zip of them; received .*b\.zip"):
        StimulusSet.from_folder(tmp_path / "b.zip")


def test_a_zip_whose_list_is_damaged_is_refused(tmp_path) -> None:
    path = archive(tmp_path / "a.zip", "a.png")
    path.write_bytes(path.read_bytes().replace(b"PK\x01\x02", b"PK\x09\x09"))
    with pytest.raises(ValueError, match=r"`path` is broken\. Accepted is a whole \.zip; received"):
        StimulusSet.from_folder(path)
