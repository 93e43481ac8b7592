"""Panel of neural predictivity, from scores to single responses: twin of predictivity_explorer.ts."""

from typing import Any

import numpy as np

from hcnn_widgets.widgets.panel.frame import Frame
from hcnn_widgets.widgets.panel.image_sheet import HasImageSheet
from hcnn_widgets.widgets.panel.known_options import check_options
from hcnn_widgets.widgets.panel.page_message import hears
from hcnn_widgets.widgets.scores.source_box import SourceBox
from hcnn_widgets.widgets.scores.source_panel import SourcePanel

from .predictivity_explorer_frame import Choice, Sheet, explorer_frame, limits_of, open_sentence


class PredictivityExplorerPanel(HasImageSheet, SourcePanel, page="PredictivityExplorer"):
    """Drawing of PredictivityExplorer."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        self._forget()
        super().__init__(*arguments, **options)

    def _forget(self) -> None:
        self.choice: Choice | None = None
        self._brains: tuple[Any, ...] = ()
        self._limits: dict[int, dict[str, float]] = {}
        self._sheet: tuple[Any, Sheet] | None = None

    def follow(self, run: Any | None, recordings: Any | None, stimulus_ids: Any | None = None) -> None:
        """Show the scores of another source, with no bar open."""
        self._forget()
        super().follow(run, recordings, stimulus_ids)

    # --- what is chosen -----------------------------------------------------------------------------------------
    def choose(self, brain_area: str | None, model_area: str | None = None, site: str | None = None) -> None:
        """Open the sites of a bar, or the responses of a site in it; None shows the bars alone.

        Raises
        ------
        ValueError
            If the areas have no score, or the brain area no such site.
        """
        self.choice = None if brain_area is None else self._checked(brain_area, model_area, site)
        self.renew()

    def _checked(self, brain_area: str, model_area: str | None, site: str | None) -> Choice:
        table = self._table
        if table is None:
            raise ValueError(
                f"`brain_area={brain_area!r}` cannot be opened. Accepted are brain areas with scores; there are "
                "none yet. Try again when the bars are there."
            )
        for argument, name, areas in (
            ("brain_area", brain_area, table.brain_areas),
            ("model_area", model_area, table.model_areas),
        ):
            if name not in areas:
                raise ValueError(f"`{argument}={name!r}` has no score. Accepted are {', '.join(areas)}.")
        choice = Choice(table.brain_areas.index(brain_area), table.model_areas.index(model_area), site)
        sites = self.detail(choice).site_ids.tolist()
        if site is not None and site not in sites:
            raise ValueError(
                f"`site={site!r}` is not among those of {brain_area}. Accepted are {', '.join(sites[:5])}"
                f"{', ...' if len(sites) > 5 else '.'}"
            )
        return choice

    def detail(self, choice: Choice) -> Any:
        """Return the SiteDetail of a bar: r of each site, with the recorded and predicted responses.

        Raises
        ------
        ValueError
            If the scores came without details.
        """
        details = None if self._table is None else self._table.details
        if details is None:
            raise ValueError(
                "The bar cannot be opened. Accepted are scores with the responses that they are made from, `details`; "
                "these came without."
            )
        return details[choice.brain][choice.model]

    @hears("choose", brain=int, model=int, site=int)
    def open_chosen(self, brain: int, model: int, site: int) -> None:
        """Open the bar or site clicked in the page; an index of -1 closes that level."""
        if self._table is None:
            return
        if not (0 <= brain < len(self._table.brain_areas) and 0 <= model < len(self._table.model_areas)):
            self.choose(None)
            return
        choice = Choice(brain, model)
        sites = self.detail(choice).site_ids
        self.choice = choice._replace(site=str(sites[site])) if 0 <= site < len(sites) else choice
        self.renew()

    # --- frames -------------------------------------------------------------------------------------------------
    def frame_of(self, table: Any | None, message: str, final: bool) -> Frame:
        """Return a frame of the scores, with the sites and responses of the bar that is open."""
        if self._score is not None:
            self._brains = self._score.recordings
        if table is None:
            return explorer_frame(None, None, np.zeros(0), None, message, final)
        choice = self.choice
        limits, sheet = np.zeros(0), None
        if choice is not None and table.details is not None:
            limits = self._limits_of(choice, table.details[choice.brain][choice.model].site_ids.tolist())
            sheet = self._sheet_of(choice)
        trains = not self.at_rest
        return explorer_frame(
            self.measured(table), choice, limits, sheet, message, final, trains=trains, measure=self.measure
        )

    def _limits_of(self, choice: Choice, sites: list[str]) -> Any:
        if choice.brain not in self._limits:
            self._limits[choice.brain] = limits_of(self._brains[choice.brain])
        return np.array([self._limits[choice.brain].get(site, np.nan) for site in sites])

    def _sheet_of(self, choice: Choice) -> Sheet:
        """Return the images of the chosen brain area; send them to the page unless it has these images already."""
        recordings = self._brains[choice.brain]
        key = (id(recordings.stimuli), recordings.stimulus_ids.tobytes())
        if self._sheet is None or self._sheet[0] != key:
            sheet = Sheet.of(recordings)
            self.show_images(sheet.stimulus_ids, recordings.stimuli, sheet.labels)
            self._sheet = key, sheet
        return self._sheet[1]

    def picture(self) -> bytes:
        """Draw the bars, and the sites and responses that are open, as a PNG."""
        from .predictivity_explorer_picture import explorer_picture

        labels = self.sheet_header.get("labels") or []
        return explorer_picture(self.header, self.values, labels) if self.header else b""

    def sentence(self) -> str:
        """Return sentences on the best model area for each brain area and on the bar and site that are open."""
        opened = open_sentence(self.header, self.values) if self.header else ""
        return f"{super().sentence()}{opened}"


class PredictivityExplorer(SourceBox):
    """Scores of each model area against each brain area, the sites behind a score, and the responses of a site.

    Bars as in PredictivityBars: whisker error, tick untrained network, dotted line pixels, dashed line noise ceiling.
    A click or Enter on a bar opens its sites: a dot per site at its Pearson r on held-out images, beside the site's
    noise ceiling, the r expected of a perfect model; lines are medians. A site opens its responses by category: a grey
    dot for the recorded response to an image, an orange dot for the response predicted by a map that was fitted without
    that image; lines are means of the categories. A click or Enter keeps an image in view. Escape goes back a level.

    Parameters
    ----------
    source : Run, GoalDrivenModel, keras.Model, ActivationSet or mapping of model area to array, optional
        A run is scored live, by the score that all panels of the run share. Anything else is scored once, in a thread,
        and again for another map or other splits. Arrays may be from any framework.
    recordings : RecordingSet, or sequence or mapping of them, optional
        Images are shown for recordings that hold them (``stimuli=``).
    stimulus_ids : (n_stimuli,) str, optional
        Ids of the rows of a mapping's arrays.
    method, splits : str
        Names in `hw.mapping.MAPS` and `hw.mapping.SPLITS`, for a source that does not train.
    correction : str
        "none: Pearson r", or a name in `hw.mapping.CORRECTIONS`.
    **options
        ``score``, ``clock`` and ``ticker`` of the panel within.
    """

    def __init__(self, source: Any | None = None, recordings: Any | None = None, **options: Any) -> None:
        check_options(options, type(self), PredictivityExplorerPanel)
        super().__init__(PredictivityExplorerPanel(source, recordings, **options))

    def choose(self, brain_area: str | None, model_area: str | None = None, site: str | None = None) -> None:
        """Open a bar, or a site in it, as a click does; None goes back to the bars.

        Raises
        ------
        ValueError
            If the areas have no score, or the brain area no such site.
        """
        self.panel.choose(brain_area, model_area, site)

    @property
    def code(self) -> str:
        """Code that computes the score of the bar that is open, or else of the last model area."""
        from .predictivity_code import predictivity_code

        header = self.panel.header
        area = header["model_areas"][header.get("chosen_model", -1)] if header else "V4"
        if not self.panel.at_rest:
            return predictivity_code(self.panel.tap_of(area), self.panel.pixels)
        return self.panel.code_of(area, header.get("chosen_brain", 0))
