"""Controls against slow loops, and what makes each of them one."""

import numpy as np
import pytest
from scipy.signal import correlate2d

import hcnn_widgets as hw
from hcnn_widgets.classroom.gratings import grating
from hcnn_widgets.mapping import CONTROLS, Control
from hcnn_widgets.mapping.controls.filtering import filtered
from hcnn_widgets.mapping.controls.hmax_like import _least_distances

RNG = np.random.default_rng(0)
IMAGES = hw.StimulusSet.from_arrays(RNG.random((6, 64, 64), np.float32), labels=["cat", "car"] * 3)


def gratings(phases: list[float], wavelength: float = 8.0) -> hw.StimulusSet:
    shown = [
        grating(64, orientation, wavelength=wavelength, phase=phase) for orientation in (0, 90) for phase in phases
    ]
    return hw.StimulusSet.from_arrays(np.array(shown, np.float32))


def test_filtering_is_scipys_correlation_with_edges_repeated() -> None:
    images, kernels = RNG.random((2, 12, 15), np.float32), RNG.random((3, 5, 5), np.float32)
    for kernel, found in zip(kernels, filtered(images, kernels), strict=True):
        for image, of_image in zip(images, found, strict=True):
            edged = np.pad(image, 2, mode="edge")
            np.testing.assert_allclose(of_image, correlate2d(edged, kernel, mode="valid"), atol=1e-4)


@pytest.mark.parametrize("name", [name for name, control in CONTROLS.items() if not control.of_model])
def test_a_control_gives_an_area_of_finite_units_that_differ_from_image_to_image(name: str) -> None:
    made = CONTROLS[name].of_stimuli(IMAGES)
    (area,) = made.areas
    assert made[area].std(axis=0).max() > 0
    assert made[area].min() >= 0
    np.testing.assert_array_equal(made.stimulus_ids, IMAGES.stimulus_ids)
    assert name.lower() == area.lower()


def test_energy_minds_no_phase_and_simple_cells_do() -> None:
    simple, energy = (CONTROLS[name].of_stimuli(gratings([0.0, 90.0])) for name in ("gabor", "V1-like"))

    def moved(units: np.ndarray) -> float:
        by_phase = np.abs(units[0] - units[1]).mean()
        by_orientation = np.abs(units[0] - units[2]).mean()
        return float(by_phase / by_orientation)

    assert moved(energy["V1-like"]) < 0.2
    assert moved(simple["Gabor"]) > 0.5


def test_v1_like_cells_hardly_mind_contrast() -> None:
    strong, weak = (np.array([0.5 + share * (grating(64, 30) - 0.5)], np.float32) for share in (1.0, 0.5))
    both = CONTROLS["V1-like"].of_stimuli(hw.StimulusSet.from_arrays(np.concatenate([strong, weak])))["V1-like"]
    assert np.corrcoef(both)[0, 1] > 0.95
    simple = CONTROLS["gabor"].of_stimuli(hw.StimulusSet.from_arrays(np.concatenate([strong, weak])))["Gabor"]
    np.testing.assert_allclose(simple[1], 0.5 * simple[0], atol=1e-3)


def test_the_nearest_patch_is_found_as_a_slow_loop_finds_it() -> None:
    band, patches = RNG.random((2, 7, 7, 4), np.float32), RNG.random((3, 4, 4, 4), np.float32)
    found = _least_distances(band, patches)
    for image in range(2):
        for patch in range(3):
            windows = [
                ((band[image, row : row + 4, column : column + 4] - patches[patch]) ** 2).sum()
                for row in range(4)
                for column in range(4)
            ]
            assert found[image, patch] == pytest.approx(min(windows), abs=1e-4)


def test_hmax_minds_a_shift_less_than_v1_does() -> None:
    stimuli = hw.stimuli.objects(n=24, variation="low", seed=0)
    shifted = np.roll(stimuli.images, 4, axis=2)
    both = hw.StimulusSet.from_arrays(np.concatenate([stimuli.images, shifted])[..., 0])

    def tolerance(name: str, area: str) -> float:
        units = CONTROLS[name].of_stimuli(both)[area]
        units = units - units.mean(axis=0)
        before, after = units[:24], units[24:]
        return float(np.median([np.corrcoef(a, b)[0, 1] for a, b in zip(before, after, strict=True)]))

    assert tolerance("HMAX-like", "HMAX-like") > tolerance("V1-like", "V1-like")


def test_the_ideal_observer_predicts_what_is_of_categories_and_nothing_else() -> None:
    made = CONTROLS["ideal observer"].of_stimuli(IMAGES)["ideal observer"]
    np.testing.assert_array_equal(made, np.eye(2)[[1, 0] * 3])


def test_untrained_is_the_model_before_training() -> None:
    class Model:
        def untrained(self) -> "Model":
            return Model()

        def record(self, stimuli: hw.StimulusSet) -> hw.ActivationSet:
            return hw.ActivationSet({"V1": np.ones((len(stimuli), 2))}, stimuli.stimulus_ids)

    assert CONTROLS["untrained"].of_stimuli(IMAGES, Model()).areas == ("V1",)


def test_what_is_missing_is_said() -> None:
    plain = hw.StimulusSet.from_arrays(IMAGES.images[..., 0])
    with pytest.raises(ValueError, match=r"`stimuli` have no labels.*the categories, known without error"):
        CONTROLS["ideal observer"].of_stimuli(plain)
    with pytest.raises(ValueError, match=r"`model` is needed.*received NoneType"):
        CONTROLS["untrained"].of_stimuli(plain)
    blind = hw.RecordingSet(np.ones((6, 2)), [str(n) for n in range(6)], "V4")
    with pytest.raises(ValueError, match="`recordings` of V4 have no images"):
        CONTROLS["pixels"].of_recordings(blind)
    with pytest.raises(TypeError, match="Accepted is a StimulusSet"):
        CONTROLS["gabor"].of_stimuli(IMAGES.images)  # type: ignore[arg-type]


def test_labels_of_the_recordings_go_before_those_of_the_images() -> None:
    recordings = hw.RecordingSet(np.ones((6, 1)), IMAGES.stimulus_ids, "IT", labels=list("aaabbb"), stimuli=IMAGES)
    made = CONTROLS["ideal observer"].of_recordings(recordings)["ideal observer"]
    np.testing.assert_array_equal(made.argmax(axis=1), [0, 0, 0, 1, 1, 1])


def test_controls_are_rows_of_a_table_of_scores_after_the_pixels(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(0)
    ids, labels = [f"{n:02d}" for n in range(60)], np.array(["cat", "car", "cup"] * 20)
    stimuli = hw.StimulusSet(rng.random((60, 4, 4, 1), np.float32), ids)
    by_category = (labels[:, None] == ["cat", "car"]) @ rng.normal(size=(2, 6))
    brain = hw.RecordingSet(by_category + 0.3 * rng.normal(size=(3, 60, 6)), ids, "IT", labels=labels, stimuli=stimuli)
    corner = Control(lambda given: hw.ActivationSet({"x": given.images[:, :1, 0, 0]}, given.stimulus_ids), "a pixel")
    monkeypatch.setitem(CONTROLS, "corner", corner)
    model = hw.ActivationSet({"IT": rng.normal(size=(60, 4))}, ids)
    plain = hw.mapping.area_scores(model, brain, n_folds=4)
    table = hw.mapping.area_scores(model, brain, n_folds=4, controls=("ideal observer", "corner"))
    assert [row.model_area for row in table.rows()] == ["IT", "pixels", "ideal observer", "corner"]
    assert [row.trained_r for row in table.rows()[:2]] == [row.trained_r for row in plain.rows()]
    assert table.control_r[0, 0] > 0.8
    assert abs(table.control_r[0, 1]) < 0.5
    alone = hw.mapping.predictivity(
        CONTROLS["ideal observer"].of_recordings(brain), brain, "ridgecv", "kfold", n_folds=4
    )
    assert table.control_r[0, 0] == pytest.approx(alone["ideal observer"].value)
    assert "ideal observer: the categories, known without error (Yamins et al. 2014)" in repr(table)
    with pytest.raises(ValueError, match="`controls='pixel'` is no further control"):
        hw.mapping.area_scores(model, brain, controls=("pixel",))
