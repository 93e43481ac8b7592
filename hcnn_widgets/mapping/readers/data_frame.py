"""Take a pandas DataFrame for the table that pandas would write of it, so that both are read by the same rules."""

from pathlib import Path
from typing import Any, Protocol, TypeGuard

from hcnn_widgets.mapping.readers.safety.size_budget import Budget
from hcnn_widgets.mapping.readers.text_table import EACH_CELL


class DataFrame(Protocol):
    """What is asked of a pandas DataFrame; pandas itself need not be installed."""

    index: Any
    columns: Any

    @property
    def shape(self) -> tuple[int, int]:
        """Numbers of rows and columns."""
        ...

    def to_csv(self) -> str:
        """Return the table as text, its index as first column."""
        ...


def is_data_frame(given: Any) -> TypeGuard[DataFrame]:
    """Return whether something is a pandas DataFrame, told by what it has."""
    return all(hasattr(given, name) for name in ("index", "columns", "shape", "to_csv"))


def frame_budget(frame: DataFrame, max_bytes: int) -> Budget:
    """Return the budget of a DataFrame, which holds its text and names it by its size.

    Parameters
    ----------
    frame : pandas.DataFrame
    max_bytes : int
        Bytes that its cells may take as text.

    Returns
    -------
    Budget

    Raises
    ------
    ValueError
        If its columns have names of several levels, or it is too large.
    """
    n_rows, n_columns = frame.shape
    name = Path(f"a DataFrame of {n_rows:,} rows and {n_columns:,} columns")
    if (n_levels := getattr(frame.columns, "nlevels", 1)) > 1:
        raise ValueError(
            "`path` names its columns on several levels. Accepted is a DataFrame with one name for each column; "
            f"received {n_levels} levels in {name}."
        )
    Budget(name, max_bytes).take(EACH_CELL * n_rows * n_columns, "its cells")
    return Budget(name, max_bytes, held=frame.to_csv())
