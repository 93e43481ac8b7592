"""Responses read from a file, by presentation and site, with columns about both."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.records.given_arrays import as_text

Column = NDArray[Any]

LABEL_COLUMNS = ("object_name", "label", "category")
"""Columns searched for labels, unless a column is named."""
TRIAL_COLUMNS = ("repetition",)
"""Columns searched for the number of the trial, unless a column is named."""


@dataclass(frozen=True, eq=False, repr=False)
class Presentations:
    """Responses as stored in a file: one row per presentation of a stimulus.

    Parameters
    ----------
    values : (n_presentations, n_sites), or with bins (n_presentations, n_sites, n_bins) float
        NaN where a site was not recorded in a presentation.
    columns : mapping of str to (n_presentations,) array
        Properties of each presentation: stimulus id, repetition, object, ...
    stimulus_columns : sequence of str
        Columns that may hold the stimulus ids, the best first.
    site_columns : mapping of str to (n_sites,) array
        Properties of each site.
    site_ids : (n_sites,) str or None
    regions : (n_sites,) str or None
        The brain area of each site, where the file names it.
    bins : (n_bins, 2) float or None
        Start and end of each time bin, in ms after stimulus onset.
    """

    values: NDArray[np.floating]
    columns: Mapping[str, Column]
    stimulus_columns: Sequence[str]
    site_columns: Mapping[str, Column] = field(default_factory=dict)
    site_ids: NDArray[np.str_] | None = None
    regions: NDArray[np.str_] | None = None
    bins: NDArray[np.float64] | None = None

    def of_presentations(self, keep: NDArray[Any]) -> "Presentations":
        """Return a subset of the presentations, chosen by mask or indices."""
        columns = {name: column[keep] for name, column in self.columns.items()}
        return replace(self, values=self.values[keep], columns=columns)

    def of_sites(self, keep: NDArray[Any]) -> "Presentations":
        """Return a subset of the sites, chosen by mask or indices."""
        return replace(
            self,
            values=self.values[:, keep],
            site_columns={name: column[keep] for name, column in self.site_columns.items()},
            site_ids=None if self.site_ids is None else self.site_ids[keep],
            regions=None if self.regions is None else self.regions[keep],
        )

    def where(self, conditions: Mapping[str, Any]) -> "Presentations":
        """Return the presentations and sites whose columns hold the accepted values.

        Parameters
        ----------
        conditions : mapping of str to a value or several
            Name of a column -> accepted value or values, compared as text, so that 6 and "6" are the same.

        Raises
        ------
        ValueError
            If a column does not exist, or no presentation or site is left.
        """
        kept = self
        for name, wanted in conditions.items():
            accepted = as_text(np.atleast_1d(np.asarray(wanted)))
            if name in kept.columns:
                kept = kept.of_presentations(_matches(name, kept.columns[name], accepted))
            elif name in kept.site_columns:
                kept = kept.of_sites(_matches(name, kept.site_columns[name], accepted))
            else:
                raise ValueError(
                    f"`where` names a column that is not in the file: {name!r}. Accepted are "
                    f"{', '.join([*self.columns, *self.site_columns]) or 'none here'}."
                )
        return kept


def told_ids(argument: str, ids: Sequence[Any]) -> NDArray[np.str_]:
    """Return ids that are passed as an argument as an array of text.

    Parameters
    ----------
    argument : str
        Name of the argument, for the error.
    ids : sequence of str

    Returns
    -------
    (n_ids,) array of str

    Raises
    ------
    TypeError
        If `ids` is a single text, whose letters would be taken for ids.
    """
    if isinstance(ids, str | bytes):
        raise TypeError(
            f"`{argument}` is one text. Accepted is a sequence of ids; received {ids!r}. A variable of a .npz or .mat "
            "file that holds the ids is named by read_recordings(..., stimulus=...)."
        )
    return as_text(np.asarray(ids))


def _matches(name: str, column: Column, accepted: NDArray[np.str_]) -> NDArray[np.bool_]:
    """Mark where a column holds an accepted value; refuse a column that holds none."""
    texts = as_text(column)
    keep = np.isin(texts, accepted)
    if not keep.any():
        present = np.unique(texts)
        raise ValueError(
            f"`where` leaves nothing: no {name} is {' or '.join(map(repr, accepted.tolist()[:5]))}. Accepted are "
            f"values that are in the file, such as {', '.join(map(repr, present.tolist()[:8]))}."
        )
    return keep
