import re
import tempfile
from itertools import permutations
from pathlib import Path

import h5py
import numpy as np
import pytest
import xarray
from hypothesis import given, settings
from hypothesis import strategies as st

from hcnn_widgets.mapping import read_rdms, read_recordings

N = 6


def assembly(values=None, dims=("presentation", "neuroid"), **coordinates) -> xarray.DataArray:
    """Make what Brain-Score's own packaging makes: flat coordinates along each dimension."""
    shape = {"presentation": N, "neuroid": 3, "time_bin": 2}
    values = np.arange(float(np.prod([shape[dim] for dim in dims]))) if values is None else values
    columns = {
        "stimulus_id": ("presentation", ["köter", "cat", "car"] * 2),
        "repetition": ("presentation", [0, 0, 0, 1, 1, 1]),
        "object_name": ("presentation", ["dog", "cat", "car"] * 2),
        "variation": ("presentation", [6, 6, 3] * 2),
        "neuroid_id": ("neuroid", ["n1", "n2", "n3"]),
        "region": ("neuroid", ["V4", "IT", "IT"]),
        "animal": ("neuroid", ["Chabo", "Tito", "Chabo"]),
        "time_bin_start": ("time_bin", [70, 170]),
        "time_bin_end": ("time_bin", [170, 270]),
    }
    used = {name: column for name, column in (columns | coordinates).items() if column and column[0] in dims}
    return xarray.DataArray(np.reshape(values, [shape[dim] for dim in dims]), used, dims)


def written(tmp_path, data: xarray.DataArray, name="data", **options):
    data_set = data.to_dataset(name=name, promote_attrs=True)
    data_set.to_netcdf(
        tmp_path / "assy.nc", engine="h5netcdf", encoding={name: {"zlib": True, "complevel": 9}}, **options
    )
    return tmp_path / "assy.nc"


@pytest.mark.parametrize("dims", list(permutations(("presentation", "neuroid", "time_bin"))))
def test_an_assembly_in_any_order_of_dimensions_is_read(tmp_path, dims) -> None:
    data = assembly(dims=dims)
    resolved = read_recordings(written(tmp_path, data), area="IT")
    assert repr(resolved) == "TimeResolvedRecordings(IT: 2 bins from 70 to 270 ms, 2 trials x 3 stimuli x 2 sites)"
    assert resolved.stimulus_ids.tolist() == ["köter", "cat", "car"]
    assert resolved.site_ids.tolist() == ["n2", "n3"]
    assert resolved.labels.tolist() == ["dog", "cat", "car"]
    expected = data.transpose("time_bin", "presentation", "neuroid").values.reshape(2, 2, 3, 3)
    np.testing.assert_array_equal(resolved.responses, expected[..., 1:])


def test_an_assembly_of_one_time_bin_or_none_is_read(tmp_path) -> None:
    one = read_recordings(written(tmp_path, assembly(dims=("neuroid", "presentation", "time_bin"))[..., :1]), area="V4")
    assert repr(one) == "RecordingSet(V4: 2 trials x 3 stimuli x 1 sites)"
    assert one.time_ms == (70, 170)
    plain = read_recordings(written(tmp_path, assembly(), name="__xarray_dataarray_variable__"), region="V4")
    assert (plain.area, plain.time_ms) == ("V4", None)


def test_older_files_call_the_stimulus_image(tmp_path) -> None:
    data = assembly(stimulus_id=None, image_id=("presentation", ["a", "b", "c"] * 2), region=None, neuroid_id=None)
    recordings = read_recordings(written(tmp_path, data), area="IT", where={"variation": 6, "animal": "Chabo"})
    assert recordings.stimulus_ids.tolist() == ["a", "b"]
    assert recordings.site_ids.tolist() == ["IT-0000", "IT-0001"]


@pytest.mark.no_cover
@settings(max_examples=15, deadline=None)
@given(
    values=st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=N * 3, max_size=N * 3),
    ids=st.lists(
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1).filter(
            lambda text: text.strip().casefold() not in ("", "n/a", "na", "nan", "none", "null", "nat", "#n/a", "<na>")
        ),
        min_size=3,
        max_size=3,
        unique=True,
    ),
)
def test_any_responses_and_ids_come_back(values, ids) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = written(Path(folder), assembly(values, stimulus_id=("presentation", ids * 2), region=None))
        recordings = read_recordings(path, area="IT")
    np.testing.assert_array_equal(recordings.responses.ravel(), values)
    assert recordings.stimulus_ids.tolist() == ids


def test_a_region_must_be_chosen(tmp_path) -> None:
    with pytest.raises(ValueError, match=r"`area` must choose one of the file's regions\. Accepted are 'IT', 'V4'"):
        read_recordings(written(tmp_path, assembly()))


def test_a_site_without_some_repetitions_is_refused_and_can_be_left_out(tmp_path) -> None:
    values = np.arange(18.0).reshape(6, 3)
    values[3, 1] = np.nan
    path = written(tmp_path, assembly(values))
    with pytest.raises(ValueError, match=r"NaN or infinity at 1 of 2 sites: n2"):
        read_recordings(path, area="IT")
    assert read_recordings(path, area="IT", where={"neuroid_id": "n3"}).n_sites == 1


@pytest.mark.parametrize("missing", ["time_bin_start", "time_bin_end"])
def test_time_bins_without_times_are_refused(tmp_path, missing) -> None:
    path = written(tmp_path, assembly(dims=("presentation", "neuroid", "time_bin"), **{missing: None}))
    with pytest.raises(
        ValueError, match=r"does not say when its time bins start and end\. Accepted are the coordinates"
    ):
        read_recordings(path, area="IT")


@pytest.mark.parametrize("dims", [("presentation",), ("presentation", "neuroid", "depth")])
def test_another_layout_is_refused_with_what_there_is(tmp_path, dims) -> None:
    sizes = {"presentation": N, "neuroid": 3, "depth": 2}
    data = xarray.DataArray(np.zeros([sizes[dim] for dim in dims]), dims=dims)
    path = written(tmp_path, data)
    with h5py.File(path, "a") as file:
        for name in ("presentation", "neuroid"):
            if name not in file:
                file.create_dataset(name, data=np.arange(3.0)).make_scale(name)
    with pytest.raises(
        ValueError, match=r"`path` is no data assembly\. Accepted is one variable.*received data \('pres"
    ):
        read_recordings(path, area="IT")


def test_two_variables_with_data_are_refused(tmp_path) -> None:
    xarray.Dataset({"a": assembly(), "b": assembly()}).to_netcdf(tmp_path / "x.nc", engine="h5netcdf")
    with pytest.raises(ValueError, match=r"received a \('presentation', 'neuroid'\); b"):
        read_recordings(tmp_path / "x.nc", area="IT")


def test_what_another_group_holds_is_not_read(tmp_path) -> None:
    path = written(tmp_path, assembly())
    xarray.Dataset({"big": ("n", np.zeros(10**6))}).to_netcdf(path, mode="a", group="extras", engine="h5netcdf")
    assert read_recordings(path, area="V4", max_bytes=10**6).n_sites == 1


def test_a_small_file_that_unpacks_to_gigabytes_is_refused(tmp_path) -> None:
    path = written(tmp_path, assembly())
    with h5py.File(path, "a") as file:
        file.create_dataset("more", (30_000, 30_000), "f8", chunks=(1000, 1000), compression="gzip")
    with pytest.raises(ValueError, match=r"7,200,\d\d\d,\d\d\d bytes with /more\. Accepted are `max_bytes=4294967296`"):
        read_recordings(path, area="V4")


def test_rows_that_all_are_one_long_row_are_refused_before_they_are_read(tmp_path) -> None:
    path, long = written(tmp_path, assembly()), 10**6
    with h5py.File(path, "a") as file:
        rows = file.create_dataset("rows", (N,), h5py.vlen_dtype(np.uint8))
        rows[0], rows[1:] = np.zeros(long, "u1"), np.zeros((N - 1, 1), "u1")
        rows.dims[0].attach_scale(file["presentation"])
        file["data"].attrs["coordinates"] += " rows"
    one = (bytes_ := path.read_bytes()).index(long.to_bytes(4, "little"))
    path.write_bytes(bytes_[:one] + bytes_[one : one + 16] * N + bytes_[one + 16 * N :])
    with pytest.raises(ValueError, match=r"too much memory: 6,\d{3},\d{3} bytes with /rows\."):
        read_recordings(path, area="V4", max_bytes=5 * 10**6)
    with h5py.File(path) as file:
        assert [len(row) for row in file["rows"][:]] == [long] * N


def test_a_file_that_xarray_cannot_read_is_refused(tmp_path) -> None:
    path = written(tmp_path, assembly())
    with h5py.File(path, "a") as file:
        file["data"].attrs["scale_factor"] = "not a number"
    with pytest.raises(ValueError, match=r"`path` cannot be read as BrainIO netCDF\. Accepted is a whole file"):
        read_recordings(path, area="V4")


@pytest.mark.parametrize("hidden", ["xarray", "h5netcdf"])
def test_without_its_library_the_line_that_installs_it_is_given(tmp_path, without, hidden) -> None:
    path = written(tmp_path, assembly())
    without(hidden)
    words = rf"Reading BrainIO netCDF needs `{hidden}`.*{re.escape('pip install xarray h5netcdf')}$"
    with pytest.raises(ImportError, match=words):
        read_recordings(path, area="V4")


def test_an_assembly_holds_no_rdms(tmp_path) -> None:
    with pytest.raises(
        ValueError, match=r"`path` holds brainio, no RDMs\. Accepted are rsatoolbox RDMs.*read_recordings"
    ):
        read_rdms(written(tmp_path, assembly()))
