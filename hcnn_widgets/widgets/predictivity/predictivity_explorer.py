"""Neural predictivity from the scores down to single responses: twin of predictivity_explorer.ts."""

from typing import Any

import numpy as np

from hcnn_widgets.widgets.panel.frame import Frame
from hcnn_widgets.widgets.panel.image_sheet import HasImageSheet
from hcnn_widgets.widgets.panel.page_message import hears
from hcnn_widgets.widgets.scores.source_box import SourceBox
from hcnn_widgets.widgets.scores.source_panel import SourcePanel

from .predictivity_explorer_frame import Choice, Sheet, explorer_frame, limits_of, open_sentence


class PredictivityExplorerPanel(HasImageSheet, SourcePanel, page="PredictivityExplorer"):
    """The drawing within PredictivityExplorer."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        self._forget()
        super().__init__(*arguments, **options)

    def _forget(self) -> None:
        self.choice: Choice | None = None
        self._brains: tuple[Any, ...] = ()
        self._limits: dict[int, dict[str, float]] = {}
        self._sheet: tuple[Any, Sheet] | None = None

    def follow(self, run: Any | None, recordings: Any | None, stimulus_ids: Any | None = None) -> None:
        """Show the scores of this source from now on; nothing is chosen at first."""
        self._forget()
        super().follow(run, recordings, stimulus_ids)

    # --- what is chosen -----------------------------------------------------------------------------------------
    def choose(self, brain_area: str | None, model_area: str | None = None, site: str | None = None) -> None:
        """Open the sites of a bar, or the responses of one of its sites; None shows the bars alone."""
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
        """Return the data behind a bar, a SiteDetail.

        Raises
        ------
        ValueError
            If the scores came without.
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
        """Open what was chosen in the page: a bar, a site, or by -1 what lies above."""
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
        """Return the scores, and the data behind the chosen one."""
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
        """Have the images of the chosen brain area in the page, sent once as long as brain areas share them."""
        recordings = self._brains[choice.brain]
        key = (id(recordings.stimuli), recordings.stimulus_ids.tobytes())
        if self._sheet is None or self._sheet[0] != key:
            sheet = Sheet.of(recordings)
            self.show_images(sheet.stimulus_ids, recordings.stimuli, sheet.labels)
            self._sheet = key, sheet
        return self._sheet[1]

    def picture(self) -> bytes:
        """Draw what is open as a PNG."""
        from .predictivity_explorer_picture import explorer_picture

        labels = self.sheet_header.get("labels") or []
        return explorer_picture(self.header, self.values, labels) if self.header else b""

    def sentence(self) -> str:
        """Describe which model area predicts each brain area best, and what is open beneath."""
        opened = open_sentence(self.header, self.values) if self.header else ""
        return f"{super().sentence()}{opened}"


class PredictivityExplorer(SourceBox):
    """How well each model area predicts each brain area, which sites that is made of, and what each of them did.

    Bars as in PredictivityBars: whisker error, tick untrained network, dotted line pixels, dashed line noise ceiling.
    A bar, clicked or entered, opens its sites: one dot each, at its Pearson r on held-out images, beside its own noise
    ceiling, the r expected of a perfect model; lines are medians. A site opens its responses: a grey dot for what was
    recorded, an orange one for what was predicted by maps that were fitted without that image; by category, whose means
    are lines. A click or Enter keeps an image in view. Escape leads back.

    Parameters
    ----------
    source : Run, GoalDrivenModel, ActivationSet or mapping of model area to array, optional
        A run is scored live, by the score that all panels of the run share. Anything else is scored once, in a thread,
        and again for another map or other splits. Arrays may be from any framework.
    recordings : RecordingSet, or sequence or mapping of them, optional
        Their images are shown where they hold them (``stimuli=``).
    stimulus_ids : (n_stimuli,) str, optional
        The rows of a mapping's arrays.
    method, splits : str
        Names in `hw.mapping.MAPS` and `hw.mapping.SPLITS`, for what does not train.
    correction : str
        "none: Pearson r", or a name in `hw.mapping.CORRECTIONS`.
    **options
        ``score``, ``clock`` and ``ticker`` of the panel within.
    """

    def __init__(self, source: Any | None = None, recordings: Any | None = None, **options: Any) -> None:
        super().__init__(PredictivityExplorerPanel(source, recordings, **options))

    def choose(self, brain_area: str | None, model_area: str | None = None, site: str | None = None) -> None:
        """Open a bar, or one of its sites, as a click does; None leads back to the bars.

        Raises
        ------
        ValueError
            If there is no such score or site.
        """
        self.panel.choose(brain_area, model_area, site)

    @property
    def code(self) -> str:
        """Lines that give the bar that is open, or one of the bars."""
        from .predictivity_code import predictivity_code

        header = self.panel.header
        area = header["model_areas"][header.get("chosen_model", -1)] if header else "V4"
        if not self.panel.at_rest:
            return predictivity_code(self.panel.tap_of(area))
        return self.panel.code_of(area, header.get("chosen_brain", 0))
