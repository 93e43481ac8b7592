"""The record of a representational dissimilarity matrix: one dissimilarity per pair of stimuli, joined by id."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.similarity.rdms.rdm_checks import (
    checked_square,
    checked_vector,
    n_stimuli_of,
    row_names,
    upper_triangle,
)
from hcnn_widgets.records.checks import checked_names
from hcnn_widgets.records.data_out import data_frame
from hcnn_widgets.records.frozen_record import FrozenRecord
from hcnn_widgets.records.given_arrays import text
from hcnn_widgets.records.joining import rows_of
from hcnn_widgets.records.keywords import checks_keywords
from hcnn_widgets.records.named_tables import check_square_names, names_of_rows

Array = NDArray[np.float64]


@checks_keywords
@dataclass(frozen=True, eq=False, repr=False)
class Rdm(FrozenRecord):
    """Dissimilarities of all pairs of stimuli; frozen, checked once.

    Parameters
    ----------
    vector : (k,) float
        The strict upper triangle, row by row; k = n_stimuli (n_stimuli - 1) / 2. Finite; kept as float64, read-only.
    stimulus_ids : (n_stimuli,) str or None
        Different from one another, 3 or more; what pairs two RDMs joins by them, never by row. Without them the
        stimuli are called row0000, row0001, ...
    distance : str
        Name of the dissimilarity, such as "correlation".
    name : str
        Whose RDM this is: a model area, a brain area, a subject.
    convention : str
        How the dissimilarities came about, in words.
    source : str
        Whose data these are, to be cited.
    simulated : bool
        Whether a formula made the responses, no animal.

    Raises
    ------
    TypeError, ValueError
        If the dissimilarities have another shape or are not finite, or ids are too few, too many or not unique.

    Examples
    --------
    >>> rdm = Rdm([1, 2, 3], stimulus_ids=["cat", "dog", "car"], distance="correlation", name="IT")
    >>> rdm
    Rdm(IT: 3 stimuli, correlation)
    >>> rdm.matrix
    array([[0., 1., 2.],
           [1., 0., 3.],
           [2., 3., 0.]])
    >>> rdm.select(["car", "cat", "dog"]).vector
    array([2., 3., 1.])
    """

    vector: Array
    stimulus_ids: NDArray[np.str_] = None  # type: ignore[assignment]  # row numbers where none are given
    distance: str = ""
    name: str = ""
    convention: str = ""
    source: str = ""
    simulated: bool = False

    def __post_init__(self) -> None:
        vector = checked_vector("vector", self.vector)
        n_stimuli = n_stimuli_of(vector.size) or 0
        ids = row_names(n_stimuli) if self.stimulus_ids is None else self.stimulus_ids
        object.__setattr__(self, "vector", vector)
        object.__setattr__(self, "stimulus_ids", checked_names("stimulus_ids", ids, n_stimuli))

    @classmethod
    def from_matrix(cls, matrix: Any, stimulus_ids: Any = None, **fields: Any) -> "Rdm":
        """Make the record from a square matrix.

        Parameters
        ----------
        matrix : (n_stimuli, n_stimuli) float
            Symmetric, with zeros on the diagonal; kept is the upper triangle.
        stimulus_ids : (n_stimuli,) str, optional
            By default the names of the rows, where it is a table that has some.
        **fields
            distance, name, convention, source, simulated.

        Raises
        ------
        TypeError, ValueError
            If it is not such a matrix.
        """
        vector = checked_square("matrix", matrix)
        ids = names_of_rows(matrix) if stimulus_ids is None else text("stimulus_ids", stimulus_ids)
        if ids is not None:
            check_square_names("matrix", matrix, ids)
        return cls(vector, ids, **fields)  # type: ignore[arg-type]  # None numbers the rows

    @cached_property
    def matrix(self) -> Array:
        """The square form, (n_stimuli, n_stimuli) float64, symmetric with zeros on the diagonal, read-only."""
        n = len(self)
        square = np.zeros((n, n))
        start = 0
        for row in range(n - 1):
            stop = start + n - 1 - row
            square[row, row + 1 :] = square[row + 1 :, row] = self.vector[start:stop]
            start = stop
        square.setflags(write=False)
        return square

    def select(self, stimulus_ids: Iterable[str]) -> "Rdm":
        """Return the RDM of a choice of stimuli, in the order given.

        Parameters
        ----------
        stimulus_ids : iterable of str
            Ids that are in this RDM, each once, 3 or more.

        Raises
        ------
        ValueError
            If an id is not in this RDM, or comes twice; the first missing ones are listed.
        """
        wanted = np.asarray(list(stimulus_ids), dtype=np.str_)
        rows = rows_of(wanted, self.stimulus_ids, "rdm")
        return replace(self, vector=upper_triangle(self.matrix[np.ix_(rows, rows)]), stimulus_ids=wanted)

    def to_dataframe(self) -> Any:
        """Return the square form as a pandas DataFrame, rows and columns named by the stimuli.

        `Rdm.from_matrix` reads it back. Its ``attrs`` have name, distance, convention, source and whether the responses
        are simulated.

        Raises
        ------
        ImportError
            If pandas is not installed.
        """
        ids = self.stimulus_ids.tolist()
        names = ("name", "distance", "convention", "source", "simulated")
        columns = dict(zip(ids, self.matrix, strict=True))
        return data_frame(columns, {name: getattr(self, name) for name in names}, index=ids)

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> NDArray[Any]:
        """Return the square form, as NumPy asks for it: read-only and without a copy unless one is wanted or needed."""
        return np.array(self.matrix, dtype=dtype, copy=copy)

    def __len__(self) -> int:
        return len(self.stimulus_ids)

    def __repr__(self) -> str:
        words = [f"{len(self)} stimuli", self.distance or "distance not named"]
        if self.simulated:
            words.append("simulated")
        return f"Rdm({self.name + ': ' if self.name else ''}{', '.join(words)})"


def any_simulated(rdms: Iterable[Any]) -> bool:
    """Return whether any of several RDMs is of simulated responses; arrays, which do not say, count as recorded."""
    return any(isinstance(rdm, Rdm) and rdm.simulated for rdm in rdms)
