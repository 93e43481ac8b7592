"""Numbers handed on to pandas, xarray and NumPy: the same numbers, joined by the same names, with their words."""

import importlib
from typing import Any

import numpy as np
import pandas as pd
import pytest
import xarray as xr

import hcnn_widgets as hw
from hcnn_widgets.learning.history import History
from hcnn_widgets.sweeps.running_sweep import Sweep
from hcnn_widgets.sweeps.sweep_row import SweepRow

RNG = np.random.default_rng(0)
IDS = [f"image{number:02d}" for number in range(30)]
X = RNG.normal(size=(30, 6)).astype(np.float32)
MODEL = hw.ActivationSet({"V1": RNG.normal(size=(30, 4)), "IT": X}, IDS, notes=("pixels assumed",))
RESPONSES = X @ RNG.normal(size=(6, 5)) + RNG.normal(size=(3, 30, 5))
LABELS = ["cat", "car"] * 15
BRAIN = hw.RecordingSet(RESPONSES, IDS, "V4", LABELS, simulated=True, source="made up", time_ms=(70, 170))
SCORE = hw.mapping.predictivity(MODEL, BRAIN, "ridge", "kfold", n_folds=3)["IT"]
RDM = hw.mapping.rdm(MODEL, area="IT")


def live_table(step: int) -> hw.mapping.ScoreTable:
    return hw.mapping.ScoreTable(
        step, ("V1", "IT"), ("V4",), [[0.1, 0.4]], [[0.01, 0.02]], [[0.1, np.nan]], [0.8], [0.64], [30], [0.05],
        30, "median r", (True,), "made up", ("few sites",),
    )  # fmt: skip


def sweep() -> Sweep:
    rows = [
        SweepRow(1, error="too large"),
        SweepRow(0, {"activation": "relu", "areas": ("V1",)}, 0.5, areas={"V1": 0.25}),
    ]
    return Sweep.of_rows(rows, {"seed": 3, "area": "V4"}, None)


TABLES = {
    "sites of a score": SCORE,
    "areas": hw.mapping.area_scores(MODEL, BRAIN, method="ridge", n_folds=3),
    "match": hw.mapping.layer_area_match(MODEL, BRAIN, method="ridge", n_folds=3),
    "RDMs": hw.mapping.rdm_inference(
        {"IT": RDM}, [hw.mapping.rdm(RNG.normal(size=(30, 4)), stimulus_ids=IDS) for _ in range(3)]
    ),
}


@pytest.mark.parametrize("name", TABLES)
def test_a_data_frame_holds_what_the_csv_holds_as_pandas_reads_it(name: str, tmp_path) -> None:
    TABLES[name].to_csv(tmp_path / "table.csv")
    expected = pd.read_csv(tmp_path / "table.csv", keep_default_na=False, na_values=[""])
    frame = TABLES[name].to_dataframe()
    assert frame.columns.tolist() == expected.columns.tolist()
    for column in frame:
        if pd.api.types.is_numeric_dtype(expected[column]):
            np.testing.assert_array_equal(frame[column].to_numpy(float), expected[column].to_numpy(float))
        else:
            assert frame[column].fillna("").tolist() == expected[column].fillna("").tolist()


def test_what_stands_beside_the_numbers_comes_along() -> None:
    said = SCORE.to_dataframe().attrs
    assert SCORE.convention in said["conventions"][0]
    assert "the recordings are simulated" in said["conventions"] + said["notes"]
    assert said["notes"] == list(SCORE.notes)


def test_scores_while_a_network_learns_are_a_row_for_each_step_and_pair_of_areas() -> None:
    from hcnn_widgets.mapping.live.saved_score import SavedScore

    frame = SavedScore(["key"], [live_table(0), live_table(20)]).to_dataframe()
    assert frame[["step", "model_area", "r"]].values.tolist() == [
        [0, "V1", 0.1], [0, "IT", 0.4], [20, "V1", 0.1], [20, "IT", 0.4],
    ]  # fmt: skip
    assert frame.attrs == {"convention": "median r", "notes": ["few sites"], "source": "made up"}
    pd.testing.assert_frame_equal(live_table(20).to_dataframe(), frame[frame.step == 20].reset_index(drop=True))


def test_curves_are_a_row_for_each_bin_whose_weighted_mean_is_that_of_all_values() -> None:
    values = RNG.normal(size=1700)
    history = History()
    history.append("loss", np.arange(1700), values)
    frame = history.to_dataframe()
    assert frame.n_values.sum() == len(values)
    assert np.average(frame["mean"], weights=frame.n_values) == pytest.approx(values.mean())
    assert frame.low.min() == values.min()


def test_a_sweep_has_a_row_for_each_network_with_its_options_and_areas() -> None:
    frame = sweep().to_dataframe()
    assert frame.number.tolist() == [0, 1]
    assert frame["option areas"][0] == ("V1",)
    assert frame["r V1"].isna().tolist() == [False, True]
    assert frame.error.tolist() == ["", "too large"]
    assert frame.attrs == {"area": "V4", "seed": 3}


def test_an_rdm_is_a_square_table_by_stimulus_and_comes_back() -> None:
    frame = RDM.to_dataframe()
    assert frame.loc["image03", "image07"] == RDM.matrix[3, 7]
    shuffled = frame.sample(frac=1, random_state=0)
    again = hw.mapping.Rdm.from_matrix(shuffled[shuffled.index])
    np.testing.assert_array_equal(again.select(IDS).vector, RDM.vector)


def test_numpy_takes_an_rdm_for_its_square_form_with_the_copies_that_it_asks_for() -> None:
    assert np.asarray(RDM) is RDM.matrix
    assert np.asarray(RDM, copy=False) is RDM.matrix
    own = np.array(RDM)
    own[0, 1] = 9
    assert RDM.matrix[0, 1] != 9
    assert np.asarray(RDM, np.float32).dtype == np.float32
    with pytest.raises(ValueError, match="copy"):
        np.asarray(RDM, np.float32, copy=False)


@pytest.mark.parametrize(
    ("argument", "take"),
    [
        ("patterns", hw.mapping.rdm),
        ("matrix", hw.mapping.Rdm.from_matrix),
        ("responses", lambda record: hw.RecordingSet(record, IDS, "IT")),
        ("images", lambda record: hw.StimulusSet.from_arrays([record, record])),
    ],
)
def test_an_rdm_is_no_array_where_stimuli_are_joined_by_id(argument, take) -> None:
    with pytest.raises(TypeError, match=rf"`{argument}` is a record with stimulus ids, .*Accepted is .*received Rdm\."):
        take(RDM)


def test_activations_are_a_variable_for_each_area_and_come_back() -> None:
    data = MODEL.to_xarray()
    assert data.attrs == {"notes": ["pixels assumed"]}
    assert data["IT"].sel(stimulus="image04").values.tolist() == MODEL["IT"][4].tolist()
    again = hw.ActivationSet(dict(data.data_vars), data.stimulus)
    assert again.areas == MODEL.areas
    np.testing.assert_array_equal(again["IT"], MODEL["IT"])


def test_an_area_that_is_named_as_a_dimension_is_refused() -> None:
    with pytest.raises(ValueError, match="other names than IT unit, stimulus, stimulus unit; received 'stimulus'"):
        hw.ActivationSet({"IT": X, "stimulus": X}, IDS).to_xarray()


def test_recordings_keep_ids_labels_and_what_they_say_through_a_file(tmp_path) -> None:
    BRAIN.to_xarray().to_netcdf(tmp_path / "v4.nc", engine="h5netcdf")
    with xr.open_dataarray(tmp_path / "v4.nc", engine="h5netcdf") as data:
        assert data.dims == ("trial", "stimulus", "site")
        assert data.label.values.tolist() == LABELS
        assert data.area.values.tolist() == ["V4"] * 5
        assert (data.attrs["simulated"], data.attrs["source"], list(data.attrs["time_ms"])) == (1, "made up", [70, 170])
        shuffled = data.transpose("site", "stimulus", "trial")[:, ::-1]
        again = hw.RecordingSet(shuffled, shuffled.stimulus, "V4", site_ids=data.site)
    np.testing.assert_array_equal(again.select(IDS).responses, BRAIN.responses)


def test_a_time_course_has_the_ends_of_its_bins() -> None:
    bins = [(0, 50), (50, 100)]
    data = hw.mapping.TimeResolvedRecordings(np.stack([RESPONSES, RESPONSES]), bins, IDS, "IT").to_xarray()
    assert data.dims == ("time", "trial", "stimulus", "site")
    assert data.sel(time=75).time_end == 100
    np.testing.assert_array_equal(data.sel(time=25), RESPONSES)


@pytest.mark.parametrize(("package", "call"), [("pandas", SCORE.to_dataframe), ("xarray", MODEL.to_xarray)])
def test_a_package_that_is_not_installed_is_named_with_the_line_that_installs_it(package, call, monkeypatch) -> None:
    real = importlib.import_module

    def absent(name: str, within: str | None = None) -> Any:
        if name == package:
            raise ImportError(name)
        return real(name, within)

    monkeypatch.setattr("hcnn_widgets.records.optional_package.import_module", absent)
    with pytest.raises(ImportError, match=f"needs `{package}`.*Accepted is any recent.*pip install {package}"):
        call()
