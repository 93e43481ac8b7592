"""Coordinates and attributes of recordings as xarray keeps them."""

from typing import Any

import numpy as np

SAID = ("area", "source", "simulated", "labels_inferred", "true_ceiling", "time_ms")


def coordinates(recordings: Any) -> dict[str, Any]:
    """Return the ids of stimuli and sites, the area along the sites, and the labels along the stimuli.

    Parameters
    ----------
    recordings : RecordingSet or TimeResolvedRecordings
    """
    sites = recordings.site_ids
    named = {"stimulus": recordings.stimulus_ids, "site": sites}
    named["area"] = ("site", np.full(len(sites), recordings.area))
    return named if recordings.labels is None else named | {"label": ("stimulus", recordings.labels)}


def said_of(recordings: Any) -> dict[str, Any]:
    """Return what stands beside the responses: the area, the source, whether they are simulated, ..."""
    said = {name: getattr(recordings, name, None) for name in SAID}
    return said if said["time_ms"] is None or np.ndim(said["time_ms"]) == 1 else said | {"time_ms": None}
