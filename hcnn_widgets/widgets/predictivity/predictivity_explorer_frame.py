"""Turn scores, with sites and responses of an open bar, into a frame: twin of explorer_frame.ts."""

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from hcnn_widgets.mapping.live.site_detail import SiteDetail
from hcnn_widgets.mapping.noise.known_ceiling import known_ceiling
from hcnn_widgets.mapping.noise.perfect_model import perfect_r
from hcnn_widgets.mapping.recordings.recording_set import RecordingSet
from hcnn_widgets.widgets.panel.frame import Frame, as_float32
from hcnn_widgets.widgets.scores.score_frame import score_frame
from hcnn_widgets.widgets.scores.score_measure import PEARSON, Measure

Array = NDArray[np.float64]


class Choice(NamedTuple):
    """Bar, and site in it, that are open.

    Attributes
    ----------
    brain, model : int
        Row (brain area) and column (model area) of the bar.
    site : str or None
        Id of the open site.
    """

    brain: int
    model: int
    site: str | None = None


@dataclass(frozen=True, eq=False)
class Sheet:
    """Images of a brain area in the order in which responses are shown: by category, then by id.

    Parameters
    ----------
    stimulus_ids : (n_stimuli,) str
    labels : (n_stimuli,) str or None
    """

    stimulus_ids: NDArray[np.str_]
    labels: NDArray[np.str_] | None

    @classmethod
    def of(cls, recordings: RecordingSet) -> "Sheet":
        """Return the images of recordings in the order shown."""
        labels = recordings.labels
        if labels is None and recordings.stimuli is not None:
            labels = recordings.stimuli.labels
        order = np.lexsort((recordings.stimulus_ids, *(() if labels is None else (labels,))))
        return cls(recordings.stimulus_ids[order], None if labels is None else labels[order])

    def places(self, stimulus_ids: NDArray[np.str_]) -> NDArray[np.intp]:
        """Return the place of each stimulus id in the sheet."""
        place_of = {stimulus_id: place for place, stimulus_id in enumerate(self.stimulus_ids.tolist())}
        return np.array([place_of[stimulus_id] for stimulus_id in stimulus_ids.tolist()], dtype=np.intp)


def explorer_frame(
    table: Any,
    choice: Choice | None,
    limits: Array,
    sheet: Sheet | None,
    message: str = "",
    final: bool = False,
    *,
    trains: bool = True,
    measure: Measure = PEARSON,
) -> Frame:
    """Turn a table of scores, with the bar and site that are open, into a frame.

    Parameters
    ----------
    table : ScoreTable or None
        None before the first score.
    choice : Choice or None
        Bar, and site in it, that are open.
    limits : (n_sites,) float64
        Expected r of a perfect model for each site of the chosen bar; NaN where not known.
    sheet : Sheet or None
        Images of the chosen brain area.
    message, final, trains, measure
        As in `score_frame`.

    Returns
    -------
    Frame
        Values, float32: the values of `score_frame`; for an open bar r and ceiling, n_sites each; for an open site the
        place of each image in the sheet, ascending, the recorded responses and the predicted responses, n_images each.
    """
    frame = score_frame(table, message, final, trains=trains, measure=measure)
    if table is None or choice is None or table.details is None:
        return frame
    detail: SiteDetail = table.details[choice.brain][choice.model]
    header: dict[str, Any] = {
        **frame.header,
        "chosen_brain": choice.brain,
        "chosen_model": choice.model,
        "site_ids": detail.site_ids.tolist(),
    }
    parts = [as_float32(detail.r), as_float32(limits)]
    sites = detail.site_ids.tolist()
    if sheet is not None and choice.site in sites:
        site = sites.index(choice.site)
        places = sheet.places(detail.stimulus_ids)
        order = np.argsort(places)
        header |= {"chosen_site": site, "n_images": len(places)}
        responses = (detail.recorded[order, site], detail.predicted[order, site])
        parts += [as_float32(numbers) for numbers in (places[order], *responses)]
    values = frame.values + np.concatenate(parts).tobytes()
    return Frame(header, values, message, final)


def limits_of(recordings: RecordingSet) -> dict[str, float]:
    """Return the expected r of a perfect model for each site: the square root of the site's reliability.

    Returns
    -------
    dict of site id to float
        NaN where the reliability is not above 0; empty where there is no ceiling, as with one trial per stimulus.
    """
    reliability = known_ceiling(recordings, ~recordings.constant_sites()).per_site
    if np.isnan(reliability).all():
        return {}
    assert recordings.site_ids is not None
    limits = perfect_r(reliability)
    return dict(zip(recordings.site_ids.tolist(), limits.tolist(), strict=True))


@dataclass(frozen=True, eq=False)
class Opened:
    """Sites and responses that are open in a frame.

    Attributes
    ----------
    r, limits : (n_sites,) float32
    site : int or None
        Index of the site whose responses are open.
    places, recorded, predicted : (n_images,) float32
        Empty where no site is open.
    """

    r: NDArray[np.float32]
    limits: NDArray[np.float32]
    site: int | None
    places: NDArray[np.float32]
    recorded: NDArray[np.float32]
    predicted: NDArray[np.float32]


def read_opened(header: dict[str, Any], values: bytes) -> Opened | None:
    """Return the sites and responses that are open in a frame; None for bars alone."""
    if "site_ids" not in header:
        return None
    n_brain, n_model, n_sites = (len(header[name]) for name in ("brain_areas", "model_areas", "site_ids"))
    numbers = np.frombuffer(values, "<f4")[n_brain * (3 * n_model + 2) :]
    site, n_images = header.get("chosen_site"), header.get("n_images", 0)
    responses = numbers[2 * n_sites :].reshape(3, n_images)
    r, limits = numbers[: 2 * n_sites].reshape(2, n_sites)
    places, recorded, predicted = responses
    return Opened(r, limits, site, places, recorded, predicted)


def open_sentence(header: dict[str, Any], values: bytes) -> str:
    """Return a sentence on the sites and responses that are open in a frame.

    Returns
    -------
    str
        " Open: 50 sites of V4 by model area IT, median r 0.31; site 12: r 0.43." Empty for bars alone.
    """
    opened = read_opened(header, values)
    if opened is None:
        return ""
    brain, model = header["brain_areas"][header["chosen_brain"]], header["model_areas"][header["chosen_model"]]
    said = f" Open: {len(opened.r)} sites of {brain} by model area {model}, median r {np.nanmedian(opened.r):.2f}"
    if opened.site is not None:
        said += f"; site {header['site_ids'][opened.site]}: r {opened.r[opened.site]:.2f}"
    return f"{said}."
