"""Recognise the layout of an HDF5 file."""

from hcnn_widgets.mapping.readers.safety.hdf5_opening import open_hdf5
from hcnn_widgets.mapping.readers.safety.optional_library import library
from hcnn_widgets.mapping.readers.safety.size_budget import Budget

NETCDF_DIMENSIONS = ("presentation", "neuroid")


def hdf5_kind(budget: Budget) -> str:
    """Return the layout of an HDF5 file.

    Parameters
    ----------
    budget : Budget
        Memory budget of the file.

    Returns
    -------
    str
        "nwb", "rsatoolbox RDMs", "rsatoolbox data set" or "brainio".

    Raises
    ------
    ImportError
        If h5py is not installed.
    ValueError
        If it is none of these, or leads elsewhere.
    """
    h5py = library("h5py", "HDF5")
    with open_hdf5(budget) as file:
        data_sets = [name for name in file if isinstance(file.get(name), h5py.Dataset)]
        if "nwb_version" in file.attrs:
            return "nwb"
        if "dissimilarities" in data_sets:
            return "rsatoolbox RDMs"
        if "measurements" in data_sets:
            return "rsatoolbox data set"
        if set(NETCDF_DIMENSIONS) <= set(data_sets):
            return "brainio"
        names = ", ".join(list(file)[:12]) or "nothing"
    raise ValueError(
        "`path` is HDF5 of a layout that is not known here. Accepted are NWB 2, BrainIO netCDF-4 (presentation, "
        f"neuroid), and rsatoolbox (dissimilarities, or measurements); received {names} in {budget.path}."
    )
