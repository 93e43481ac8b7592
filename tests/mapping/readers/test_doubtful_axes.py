import numpy as np
import pytest
from scipy.io import savemat

from hcnn_widgets.mapping import read_recordings

RNG = np.random.default_rng(0)
IDS = [f"image{number:03d}" for number in range(120)]


@pytest.fixture(params=["npy", "mat", "npz"])
def written(request, tmp_path):
    """Return a function that writes an array in one of the formats that do not name axes."""

    def write(array):
        path = tmp_path / f"x.{request.param}"
        if request.param == "npy":
            np.save(path, array)
        elif request.param == "npz":
            np.savez(path, responses=array)
        else:
            savemat(path, {"responses": array})
        return path

    return write


def test_more_trials_than_sites_are_doubted_and_the_axes_named(written):
    path = written(RNG.normal(size=(50, 120, 6)))  # neurons x images x repeats
    words = r"`axes` must say which dimension is which: 50 x 120 x 6 may be sites x stimuli x trials as well as"
    with pytest.raises(ValueError, match=words):
        read_recordings(path, area="V4", stimulus_ids=IDS)
    recordings = read_recordings(path, area="V4", stimulus_ids=IDS, axes=("site", "stimulus", "trial"))
    assert recordings.responses.shape == (6, 120, 50)
    assert read_recordings(path, area="V4", stimulus_ids=IDS, axes=("trial", "stimulus", "site")).n_sites == 6


def test_ids_along_another_dimension_than_the_second_are_doubted(written):
    path = written(RNG.normal(size=(120, 6, 200)))
    with pytest.raises(ValueError, match=r"`axes` must say which dimension is which: 120 x 6 x 200"):
        read_recordings(path, area="V4", stimulus_ids=IDS)


def test_neurons_by_images_are_turned_where_the_ids_say_so(written):
    array = RNG.normal(size=(50, 120))
    recordings = read_recordings(written(array), area="V4", stimulus_ids=IDS)
    np.testing.assert_array_equal(recordings.responses[0], array.T)


def test_trials_stimuli_sites_are_read_as_before(written):
    array = RNG.normal(size=(6, 120, 50))
    np.testing.assert_array_equal(read_recordings(written(array), area="V4", stimulus_ids=IDS).responses, array)


@pytest.mark.parametrize("shape", [(20, 120, 30), (30, 120, 40), (6, 120, 6)])
def test_about_as_many_trials_as_sites_are_doubted(written, shape):
    with pytest.raises(ValueError, match=r"`axes` must say which dimension is which: .* sites x stimuli x trials as"):
        read_recordings(written(RNG.normal(size=shape)), area="V4", stimulus_ids=IDS)


def test_as_many_sites_as_stimuli_are_doubted_until_the_axes_are_told(written):
    array = RNG.normal(size=(120, 120))
    path = written(array)
    words = r"120 x 120 may be sites x stimuli as well as stimuli x sites\. .* axes=\('site', 'stimulus'\)"
    with pytest.raises(ValueError, match=words):
        read_recordings(path, area="V4", stimulus_ids=IDS)
    turned = read_recordings(path, area="V4", stimulus_ids=IDS, axes=("site", "stimulus"))
    np.testing.assert_array_equal(turned.responses[0], array.T)


@pytest.mark.parametrize("write", [np.savez, savemat], ids=["npz", "mat"])
def test_ids_in_the_file_turn_neurons_by_images_too(tmp_path, write):
    array, path = RNG.normal(size=(50, 120)), tmp_path / "x"
    variables = {"responses": array, "image_ids": np.arange(120.0)}
    write(path, **variables) if write is np.savez else write(path, variables)
    recordings = read_recordings(next(tmp_path.iterdir()), area="V4")
    np.testing.assert_array_equal(recordings.responses[0], array.T)
    assert recordings.stimulus_ids[-1] == "119"
