"""Drawing of AreaSampler: what is asked for, and what is known of it by now."""

from typing import Any

import numpy as np
import traitlets

from hcnn_widgets.activations.gradient_ascent import PreferredImage
from hcnn_widgets.mapping.sampled.generative_table import GenerativeTest
from hcnn_widgets.widgets.panel.frame import Frame
from hcnn_widgets.widgets.panel.image_sheet import SIDE
from hcnn_widgets.widgets.panel.latest_job import LatestJob
from hcnn_widgets.widgets.panel.words import duration, in_words
from hcnn_widgets.widgets.scene.captions import CaptionRoom
from hcnn_widgets.widgets.scene.scene import Scene
from hcnn_widgets.widgets.scene.scene_panel import ScenePanel

from .area_source import AreaSource, Drawn
from .sampler_layout import N_IMAGES
from .sampler_scene import DRAW, TEST, sampler_scene
from .sampler_shown import NOT_TESTED, ShownSites, shown_sentence


class AreaSamplerDrawing(ScenePanel):
    """Drawing of AreaSampler."""

    knows_height = True
    title = traitlets.Unicode("Units of a model area").tag(sync=True)

    area = traitlets.Unicode()
    """The model area that is drawn from: "V4" """

    n_sites = traitlets.Int(50)
    """How many units are drawn: 50"""

    draw = traitlets.Int(0)
    """Number of the draw, its seed: 0"""

    def __init__(self, source: AreaSource, area: str, n_sites: int, seed: int, **traits: Any) -> None:
        self.source, self.chosen = source, 0
        self._drawing, self._testing, self._ascending = LatestJob(), LatestJob(), LatestJob()
        self._kept: Drawn | None = None
        self._claim: tuple[str, GenerativeTest | None] | None = None
        self._asked_claim: tuple[str, int] | None = None
        self._stopped = False
        self._told: Any = None
        self._captions = CaptionRoom()
        super().__init__(area=area, n_sites=n_sites, draw=seed, **traits)
        self.observe(self._other_sites, ("area", "n_sites", "draw"))

    def source_over(self) -> bool:
        """Return whether nothing is being worked out, and no training goes on, at whose end units are drawn again."""
        busy = self._drawing.busy or self._testing.busy or self._ascending.busy
        return not (busy or self.source.training)

    def training_goes_on(self) -> bool:
        """Return whether the model trains."""
        return self.source.training

    def make_frame(self) -> Frame:
        """Return the drawn sites as they are known by now; what is missing is asked for."""
        over = self.source_over()
        self._look()
        if self._kept is None:
            error = self._error
            return Frame(message=error or "Drawing units…", wrong=bool(error), final=over and bool(error))
        shown = self._what_is_shown()
        return self.frame_of_scene(self.scene, self._progress(), over and self.source_over(), of=shown)

    def scene(self, width: int, height: int | None = None) -> Scene:
        """Describe what is shown for a width in pixels, and for the most height."""
        shown = self._sites
        claim = [] if shown.claim is None else [f"r: {shown.claim.convention}; intervals over sites"]
        has = "the mean rate of a recorded site, and noise that follows the mean as it does there"
        has = has if self.source.of_rates else "mean, spread and noise of a recorded site"
        notes = [
            "Dots: sites, drawn above the line, recorded below it. Bars: medians, 95 % intervals over sites. A drawn "
            f"unit has {has}",
            *(f"{note[0].upper()}{note[1:]}" for note in shown.drawn.comparison.notes),
            *claim,
            shown.drawn.comparison.source,
        ]
        return sampler_scene(shown, width, notes, self._captions, height)

    def pressed(self, place: int, key: str) -> None:
        """Choose a site, draw anew, or test the claim."""
        if key == DRAW:
            self.draw += 1
        elif key == TEST:
            self.test()
        else:
            self.chosen = place

    def test(self) -> None:
        """Begin to test the claim on the area."""
        area, seed = self.area, (0 if self._asked_claim is None else self._asked_claim[1] + 1)
        self._asked_claim, self._stopped, self._claim = (area, seed), False, None
        self._testing.ask((area, seed), lambda tell: self.source.test(area, 0, self._telling(tell)))
        self.renew()

    def stop(self) -> None:
        """Give up the test under way."""
        self._stopped = True
        self.renew()

    def sentence(self) -> str:
        """Return what is seen."""
        return shown_sentence(self._sites) if self._told is not None else self.message or "Units of a model area."

    def close(self) -> None:
        """Take the panel off the page, end what is under way, and hold the model no more."""
        self._stopped = True
        if hasattr(self, "source"):
            self.source.close()
        super().close()

    @property
    def _sites(self) -> ShownSites:
        shown: ShownSites = self._told[1]
        return shown

    def _other_sites(self, change: Any) -> None:
        if change["name"] == "area":
            self._claim, self._asked_claim, self._stopped = None, None, True
        self.chosen = 0
        self.renew()

    def _telling(self, tell: Any) -> Any:
        def told(done: int, total: int) -> bool:
            tell(done, total)
            return not self._stopped

        return told

    def _look(self) -> None:
        """Ask for what is to be shown, and take what has come."""
        self._error = ""
        # Not by the step: units are drawn when that is asked for, and once more when the training is over.
        asked = self.area, self.n_sites, self.draw, self.source.training
        self._drawing.ask(asked, lambda _tell: self.source.draw(*asked[:3]))
        try:
            self._kept = self._drawing.answer(asked) or self._kept
            if self._asked_claim is not None and self._claim is None:
                found = self._testing.answer(self._asked_claim)
                self._claim = None if found is None else (self.area, found)
        except Exception as error:  # whatever went wrong is read in the panel
            self._error = in_words(error)
            self.note(self._error)

    def _what_is_shown(self) -> ShownSites:
        assert self._kept is not None
        drawn, recordings = self._kept, self.source.recordings
        chosen = min(self.chosen, drawn.sites.n_sites + recordings.n_sites - 1)
        preferred, ascent = self._ascent(drawn, chosen)
        claim = self._claim[1] if self._claim is not None else None
        known = drawn, chosen, preferred, ascent, claim, self._untested()
        if self._told is None or self._told[0] != known:
            areas = self.source.areas
            depth = areas.index(drawn.sites.area), len(areas)
            pictures = self._pictures(drawn, chosen)
            self._told = known, ShownSites(drawn, depth, chosen, pictures, preferred, ascent, claim, known[-1])
        return self._sites

    def _ascent(self, drawn: Drawn, chosen: int) -> tuple[PreferredImage | None, str]:
        """Return the chosen unit's preferred image, as soon as it has been made; or what is to be said instead."""
        if chosen >= drawn.sites.n_sites:
            return None, "recorded: no gradient to climb"
        if not self.source.has_network:
            return None, "activations: no gradient to climb"
        area, unit = drawn.sites.area, drawn.units[chosen]
        best = self.source.best_images(self._means(drawn, chosen), 1)[0]
        key = area, unit, drawn.step
        self._ascending.ask(key, lambda _tell: self.source.ascend(area, unit, best))
        try:
            found = self._ascending.answer(key)
        except Exception as error:  # a network without gradients says so beside its images
            return None, in_words(error)
        return found, "" if found is not None else "gradient ascent…"

    def _means(self, drawn: Drawn, site: int) -> Any:
        recordings = self.source.recordings
        of_drawn = site < drawn.sites.n_sites
        sites, column = (drawn.sites, site) if of_drawn else (recordings, site - drawn.sites.n_sites)
        return sites.mean_over_trials()[:, column]

    def _pictures(self, drawn: Drawn, chosen: int) -> tuple[Any, ...]:
        stimuli = self.source.recordings.stimuli
        if stimuli is None:
            return ()
        best = stimuli.select(self.source.best_images(self._means(drawn, chosen), N_IMAGES))
        height, width, n_channels = best.image_shape
        share = min(1.0, SIDE / max(height, width))
        small = best.adapted_to((max(1, int(height * share)), max(1, int(width * share)), n_channels)).images
        pictures = np.rint(255 * small).astype(np.uint8)
        return tuple(picture[..., 0] if n_channels == 1 else picture for picture in pictures)

    def _untested(self) -> str:
        if self._testing.busy:
            return "Testing…"
        return "Stopped before its end." if self._stopped and self._asked_claim is not None else NOT_TESTED

    def _progress(self) -> str:
        if not self._testing.busy:
            return "Drawing units…" if self._drawing.busy else ""
        done, total = self._testing.progress
        left = f", {duration(self._testing.seconds / done * (total - done))} left" if done else ""
        return f"testing the claim: split {min(done + 1, total)} of {total}{left}…" if total else "testing the claim…"
