import inspect
import subprocess
import sys
import urllib.error
import warnings

import numpy as np
import pytest
from sklearn.datasets import load_digits

import hcnn_widgets as hw
from hcnn_widgets.keras_door import keras
from hcnn_widgets.stimuli.keras_sets import CLOTHES, DIGITS, THINGS
from hcnn_widgets.stimuli.sets import SETS

SHAPES = {"mnist": (28, 28, 1), "fashion_mnist": (28, 28, 1), "cifar10": (32, 32, 3)}
WORDS = {"mnist": DIGITS, "fashion_mnist": CLOTHES, "cifar10": THINGS}
N_TRAIN, N_TEST = 30, 20


def made_up(name: str):
    """Give what Keras's loader of a set would, smaller: bytes, and numbers of categories in its own shape."""
    rng = np.random.default_rng(0)
    shape = SHAPES[name] if SHAPES[name][2] == 3 else SHAPES[name][:2]
    column = (1,) if name == "cifar10" else ()

    def part(n: int):
        images = rng.integers(0, 256, (n, *shape), dtype=np.uint8)
        return images, (np.arange(n) % 10).astype(np.uint8).reshape(n, *column)

    return part(N_TRAIN), part(N_TEST)


@pytest.fixture
def downloaded(monkeypatch):
    """Let Keras find made-up sets."""
    published = {name: made_up(name) for name in SHAPES}
    for name, parts in published.items():
        monkeypatch.setattr(getattr(keras.datasets, name), "load_data", lambda parts=parts: parts)
    return published


@pytest.mark.parametrize("name", SETS)
def test_every_set_is_behind_the_public_door_by_its_name(name) -> None:
    assert getattr(hw.stimuli, name) is SETS[name]
    assert hw.stimuli.SETS is SETS


@pytest.mark.parametrize("name", SETS)
def test_every_set_gives_a_stimulus_set_of_at_most_n(downloaded, name) -> None:
    few, many = SETS[name](7), SETS[name](12)
    assert (len(few), len(many)) == (7, 12)
    np.testing.assert_array_equal(few.images, many.images[:7])
    np.testing.assert_array_equal(few.stimulus_ids, many.stimulus_ids[:7])
    assert len(SETS[name](10**6)) == len(SETS[name]())
    assert SETS[name](3, degrees=2.5).degrees == 2.5


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("n", [0, -1, 1.5, "all"])
def test_what_is_no_number_of_images_is_refused(name, n) -> None:
    with pytest.raises(
        ValueError, match=r"`n` is no number of images. Accepted are whole numbers from 1, or None; rec"
    ):
        SETS[name](n)


@pytest.mark.parametrize("name", SHAPES)
@pytest.mark.parametrize(("part", "place"), [("train", 0), ("test", 1)])
def test_a_set_of_keras_holds_its_images_with_words_for_labels(downloaded, name, part, place) -> None:
    images, numbers = downloaded[name][place]
    stimuli = SETS[name](part=part)
    assert stimuli.images.shape == (len(images), *SHAPES[name])
    np.testing.assert_allclose(stimuli.images.reshape(images.shape), images / 255, atol=1e-6)
    assert stimuli.labels is not None
    assert stimuli.labels.tolist() == [WORDS[name][number] for number in numbers.ravel()]
    assert stimuli.stimulus_ids[3] == f"{name}-{part}-00003"
    assert stimuli.name == f"{name}-{part}"


@pytest.mark.parametrize("name", SHAPES)
def test_the_parts_of_a_set_share_no_id(downloaded, name) -> None:
    assert not set(SETS[name]().stimulus_ids) & set(SETS[name](part="test").stimulus_ids)


@pytest.mark.parametrize("name", SHAPES)
def test_an_unknown_part_is_refused(name) -> None:
    with pytest.raises(ValueError, match=r"`part` is unknown. Accepted are train, test; received 'validation'"):
        SETS[name](part="validation")


@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
def test_ten_categories_have_ten_names(words) -> None:
    assert len(set(words)) == 10


@pytest.mark.parametrize("name", SHAPES)
def test_without_a_network_it_says_what_to_do_instead(tmp_path, monkeypatch, name, capfd) -> None:
    def no_network(*_: object) -> None:
        raise urllib.error.URLError("Name or service not known")

    monkeypatch.setattr(inspect.getmodule(keras.utils.get_file), "urlretrieve", no_network)
    monkeypatch.setattr(f"keras.src.datasets.{name}.get_file", cached_in(tmp_path))
    words = rf"`{name}` could not be loaded. Accepted is a network .*; received: URL fetch failure on .*known. Without "
    with pytest.raises(ConnectionError, match=words + r"either, take hw.stimuli.digits\(\) or hw.stimuli.objects\(\)"):
        SETS[name]()
    assert capfd.readouterr() == ("", "")
    assert keras.config.is_interactive_logging_enabled()


def cached_in(folder):
    """Give Keras's own get_file with an empty folder for its cache, so that no copy of before is found."""
    own = keras.utils.get_file
    return lambda *arguments, **options: own(*arguments, **options | {"cache_dir": str(folder)})


@pytest.mark.parametrize("spoke", [True, False])
def test_keras_is_as_talkative_afterwards_as_before_and_its_warnings_do_not_show(monkeypatch, spoke) -> None:
    def warned():
        warnings.warn("old file", DeprecationWarning, stacklevel=2)
        assert not keras.config.is_interactive_logging_enabled()
        return made_up("mnist")

    monkeypatch.setattr(keras.datasets.mnist, "load_data", warned)
    try:
        if not spoke:
            keras.config.disable_interactive_logging()
        assert len(hw.stimuli.mnist()) == N_TRAIN
        assert keras.config.is_interactive_logging_enabled() is spoke
    finally:
        keras.config.enable_interactive_logging()


def test_digits_are_scikit_learns_in_order() -> None:
    published, stimuli = load_digits(), hw.stimuli.digits()
    assert stimuli.images.shape == (1797, 8, 8, 1)
    np.testing.assert_allclose(stimuli.images[..., 0] * 16, published.images)
    assert stimuli.labels is not None
    np.testing.assert_array_equal(stimuli.labels.astype(int), published.target)
    assert stimuli.categories == tuple("0123456789")
    assert stimuli.stimulus_ids[-1] == "digits-01796"


def test_digits_do_not_wait_for_scikit_learn_to_be_imported() -> None:
    code = (
        "import sys; import hcnn_widgets as hw; hw.stimuli.digits(2); print([n for n in sys.modules if 'sklearn' in n])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_digits_come_by_scikit_learn_itself_where_its_file_lies_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    read = hw.stimuli.digits(50)
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    asked = hw.stimuli.digits(50)
    np.testing.assert_array_equal(asked.images, read.images)
    np.testing.assert_array_equal(asked.labels, read.labels)
